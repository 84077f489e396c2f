//! What happened in the world, written once and never changed.

use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Not called `Event`: the SDK has a type of that name, and generated bindings import both.
#[table(name = event, public)]
pub struct WorldEvent {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub tick: u64,
    pub at: Timestamp,
    #[index(btree)]
    pub place: u32,
    pub agent: u32,
    /// A sentence without its subject: `says: "They pay in old coin."`
    pub text: String,
}

pub fn record(ctx: &ReducerContext, tick: u64, place: u32, agent: u32, text: String) {
    ctx.db.event().insert(WorldEvent { id: 0, tick, at: ctx.timestamp, place, agent, text });
}
