//! The world of Spellkave as one `SpacetimeDB` module: every rule lives here, everything outside is a client.
//!
//! | room | holds |
//! |---|---|
//! | [`place`], [`map`], [`plan`] | places, exits, routes; the map that a world is founded from, and what it must pass |
//! | [`agent`], [`name`] | who lives here: a narrow row that ticks rewrite, a cold row with name and persona |
//! | [`holding`], [`stall`] | what agents own, and where it changes hands for gold |
//! | [`clock`], [`due`], [`tempo`] | the tick: a chain of due times, its watchdog, how late each tick was; its arithmetic; its owner's controls |
//! | [`routine`] | the fast path: what an agent does without a mind |
//! | [`think`], [`lease`], [`request`], [`reaper`], [`stats`], [`budget`] | the slow path: the life of a request for a thought; who may end it; its rows; what ends it in time; how full the queue is; what minds may cost |
//! | [`context`] | what a mind is told |
//! | [`action`], [`speech`] | the closed set of what can be done, by a player or by a mind |
//! | [`player`], [`session`], [`role`] | people and their bodies; who is connected; who may call what |
//! | [`event`], [`archive`] | what happened, written once; how it leaves memory |
//! | [`lab`] | what only experiments need |

pub mod action;
pub mod agent;
pub mod archive;
pub mod budget;
pub mod clock;
pub mod context;
pub mod due;
pub mod event;
pub mod holding;
pub mod lab;
pub mod lease;
pub mod map;
pub mod name;
pub mod place;
pub mod plan;
pub mod player;
pub mod reaper;
pub mod request;
pub mod role;
pub mod routine;
pub mod session;
pub mod speech;
pub mod stall;
pub mod stats;
pub mod tempo;
pub mod think;

use spacetimedb::{reducer, ReducerContext};

/// Runs once, when the module is first published. The clock stays paused until a world is founded.
#[reducer(init)]
pub fn init(ctx: &ReducerContext) {
    role::init(ctx);
    clock::init(ctx);
    stats::init(ctx);
    budget::init(ctx);
    archive::init(ctx);
    reaper::init(ctx);
}
