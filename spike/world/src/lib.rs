//! The world of Spellkave as one `SpacetimeDB` module: every rule lives here, everything outside is a client.
//!
//! | room | holds |
//! |---|---|
//! | [`place`], [`map`] | places, exits, routes; the founding of a world from a map |
//! | [`agent`] | who lives here: a narrow row that ticks rewrite, a cold row with name and persona |
//! | [`clock`], [`due`], [`tempo`] | the tick: a chain of due times, its watchdog, how late each tick was; its arithmetic; its owner's controls |
//! | [`routine`] | the fast path: what an agent does without a mind |
//! | [`think`], [`request`], [`reaper`], [`queue`] | the slow path: the life of a request for a thought; its rows; what ends it in time; how full the queue is |
//! | [`context`], [`action`] | what a mind is told, and the closed set of what it may answer |
//! | [`event`] | what happened, written once |
//! | [`role`], [`session`] | who may call what, and who is connected |
//! | [`lab`] | what only experiments need |

pub mod action;
pub mod agent;
pub mod clock;
pub mod context;
pub mod due;
pub mod event;
pub mod lab;
pub mod map;
pub mod place;
pub mod queue;
pub mod reaper;
pub mod request;
pub mod role;
pub mod routine;
pub mod session;
pub mod tempo;
pub mod think;

use spacetimedb::{reducer, ReducerContext};

/// Runs once, when the module is first published. The clock stays paused until a world is founded.
#[reducer(init)]
pub fn init(ctx: &ReducerContext) {
    role::begin(ctx);
    clock::begin(ctx);
    queue::begin(ctx);
    reaper::begin(ctx);
}
