//! What happened in the world because somebody decided it, a person or a mind: written once and never changed.

use crate::core::agent::{Agent, NOBODY};
use crate::core::clock;
use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Stands for no request, where an event names one.
pub const NO_REQUEST: u64 = 0;

/// Not called `Event`: the SDK has a type of that name, and generated bindings import both.
#[table(name = event, public, index(name = by_id, btree(columns = [id, tick])))]
#[derive(Clone)]
pub struct WorldEvent {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub tick: u64,
    pub at: Timestamp,
    #[index(btree)]
    pub place: u32,
    pub agent: u32,
    /// Whom it is for, beside those who are in the place: who asked, or who was given something.
    #[index(btree)]
    pub hearer: u32,
    /// The think request that this came of.
    pub request: u64,
    /// A sentence without its subject: `says: They pay in old coin.`
    pub text: String,
}

/// Whom an event is for, and what it came of.
#[derive(Clone, Copy)]
pub struct Cause {
    pub hearer: u32,
    pub request: u64,
}

impl Cause {
    /// Somebody simply did it.
    pub const OWN: Self = Self { hearer: NOBODY, request: NO_REQUEST };
}

pub fn append(ctx: &ReducerContext, agent: &Agent, cause: Cause, text: String) {
    let tick = clock::read(ctx).map_or(0, |clock| clock.tick);
    ctx.db.event().insert(WorldEvent {
        id: 0,
        tick,
        at: clock::now(ctx),
        place: agent.place,
        agent: agent.id,
        hearer: cause.hearer,
        request: cause.request,
        text,
    });
}
