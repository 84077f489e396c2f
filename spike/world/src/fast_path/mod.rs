//! The fast path: what the world does ten times a second, without a mind.

pub mod market;
pub mod routine;
pub mod tempo;
pub mod tick;
pub mod turn;
