//! The world of Spellkave as one `SpacetimeDB` module: every rule lives here, everything outside is a client.
//!
//! Imports point one way: from the folders below to the ones above them.

pub mod core;

pub mod archive;

pub mod slow_path;

pub mod fast_path;

pub mod people;

pub mod borders;

pub mod founding;

#[cfg(feature = "lab")]
pub mod lab;

use crate::core::{clock, region, role, session};
use crate::fast_path::tick;
use crate::people::player;
use crate::slow_path::{budget, reaper, stats};
use spacetimedb::{reducer, ReducerContext};

/// Runs once, when the module is first published. The clock stays paused until a world is founded.
#[reducer(init)]
pub fn init(ctx: &ReducerContext) {
    role::init(ctx);
    region::init(ctx);
    clock::init(ctx);
    tick::init(ctx);
    stats::init(ctx);
    budget::init(ctx);
    archive::init(ctx);
    reaper::init(ctx);
}

#[reducer(client_connected)]
pub fn client_connected(ctx: &ReducerContext) {
    session::open(ctx);
    player::set_online(ctx, session::is_connected(ctx, ctx.sender));
}

#[reducer(client_disconnected)]
pub fn client_disconnected(ctx: &ReducerContext) {
    session::close(ctx);
    player::set_online(ctx, session::is_connected(ctx, ctx.sender));
}
