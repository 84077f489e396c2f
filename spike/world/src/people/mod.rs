//! People: who leads which agent, and what they ask of the world.

pub mod player;
