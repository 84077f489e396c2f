//! The founding of a world from a map.

pub mod found_world;
pub mod map;
pub mod plan;
