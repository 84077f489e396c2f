//! The founding of a world from a map.

pub mod found_world;
pub mod frontier;
pub mod holdings;
pub mod inhabitant;
pub mod keys;
pub mod map;
pub mod plan;
pub mod region_number;
pub mod roads;
#[cfg(test)]
pub mod sound_map;
pub mod stalls;
