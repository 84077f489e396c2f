//! The founded world: its name, and what newcomers get.

use spacetimedb::{table, Timestamp};

/// Exactly one row once the world is founded.
#[table(name = world, public)]
pub struct World {
    #[primary_key]
    pub id: u8,
    pub name: String,
    pub founded_at: Timestamp,
    /// Where players begin.
    pub newcomer_place: u32,
    /// What the treasury gives each of them while it lasts.
    pub newcomer_gold: u32,
}
