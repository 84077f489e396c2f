//! Who leads a body: one player each, by the identity that the host vouches for.

use spacetimedb::{table, Identity};

/// Anybody may join, and a body is never removed: without a limit strangers could fill the memory.
pub const MAX_PLAYERS: u32 = 1_000;

#[table(name = player, public)]
pub struct Player {
    #[primary_key]
    pub identity: Identity,
    /// The body that this player leads.
    #[unique]
    pub agent: u32,
    /// Whether a connection is open; the body stays in the world either way.
    pub online: bool,
}
