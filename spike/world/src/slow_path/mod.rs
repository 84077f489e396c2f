//! The slow path: the life of a request for a thought, and what ends it in time.

pub mod budget;
pub mod context;
pub mod ending;
pub mod lease;
pub mod opening;
pub mod reaper;
pub mod request;
pub mod retry;
pub mod stats;
pub mod think;
