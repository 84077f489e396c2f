//! People: the players, and what they ask of the world.

pub mod player;
