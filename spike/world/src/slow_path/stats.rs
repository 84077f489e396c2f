//! How full the think queue is: counters kept by every transition, and the public summary that the reaper refreshes.
//!
//! Only the scheduler writes the summary. Were it written by `ask`, `lease` or `submit`, every player who watches it would be
//! sent those calls with their arguments.

use crate::core::clock;
use crate::core::due::micros_between;
use crate::slow_path::budget;
use crate::slow_path::request::{think_request, ThinkState};
use spacetimedb::{table, ReducerContext, Table};

/// Open requests in the whole world; over it agents carry on by routine.
pub const MAX_OPEN: u64 = 5_000;

/// One row, private: exact at every moment.
#[table(name = think_queue)]
#[derive(Clone, Default)]
pub struct ThinkQueue {
    #[primary_key]
    pub id: u8,
    pub pending: u64,
    pub leased: u64,
    pub done: u64,
    pub dead: u64,
    pub expired: u64,
    /// Asks that found an open request of the same agent.
    pub coalesced: u64,
    /// Reflections that found the world's queue full. A refused `ask` is rolled back, and its caller knows.
    pub rejected: u64,
}

/// One row, public: the counters as the reaper last saw them.
#[table(name = think_summary, public)]
#[derive(Default)]
pub struct ThinkSummary {
    #[primary_key]
    pub id: u8,
    pub pending: u64,
    pub leased: u64,
    pub done: u64,
    pub dead: u64,
    pub expired: u64,
    pub coalesced: u64,
    pub rejected: u64,
    /// How long the oldest open request has waited, in microseconds.
    pub oldest_age_us: i64,
    /// Leases that the cap of this minute still has room for.
    pub calls_left: u32,
}

pub fn init(ctx: &ReducerContext) {
    ctx.db.think_queue().insert(ThinkQueue::default());
    ctx.db.think_summary().insert(ThinkSummary::default());
}

/// Shows the counters as they are now.
pub fn refresh_summary(ctx: &ReducerContext) {
    let Some(queue) = ctx.db.think_queue().id().find(0) else {
        return;
    };
    let ThinkQueue { id, pending, leased, done, dead, expired, coalesced, rejected } = queue;
    let by_state = ctx.db.think_request().by_state();
    let oldest =
        [ThinkState::Pending, ThinkState::Leased].into_iter().filter_map(|state| by_state.filter(state).next());
    let asked_at = oldest.map(|request| request.asked_at).min();
    ctx.db.think_summary().id().update(ThinkSummary {
        id,
        pending,
        leased,
        done,
        dead,
        expired,
        coalesced,
        rejected,
        oldest_age_us: asked_at.map_or(0, |asked_at| micros_between(asked_at, clock::now(ctx)).max(0)),
        calls_left: budget::calls_left(ctx),
    });
}

/// # Errors
/// When the queue is full.
pub fn admit(ctx: &ReducerContext) -> Result<(), String> {
    let open = (ctx.db.think_queue().id().find(0)).map_or(0, |queue| queue.pending + queue.leased);
    if open >= MAX_OPEN {
        count(ctx, |queue| queue.rejected += 1);
        return Err(format!("{MAX_OPEN} requests are open already"));
    }
    count(ctx, |queue| queue.pending += 1);
    Ok(())
}

/// Moves one request from the count of one state to that of another.
pub fn transition(ctx: &ReducerContext, from: ThinkState, to: ThinkState) {
    count(ctx, |queue| {
        *counter(queue, from) -= 1;
        *counter(queue, to) += 1;
    });
}

fn counter(queue: &mut ThinkQueue, state: ThinkState) -> &mut u64 {
    match state {
        ThinkState::Pending => &mut queue.pending,
        ThinkState::Leased => &mut queue.leased,
        ThinkState::Done => &mut queue.done,
        ThinkState::Dead => &mut queue.dead,
        ThinkState::Expired => &mut queue.expired,
    }
}

pub fn count(ctx: &ReducerContext, change: impl FnOnce(&mut ThinkQueue)) {
    if let Some(mut queue) = ctx.db.think_queue().id().find(0) {
        change(&mut queue);
        ctx.db.think_queue().id().update(queue);
    }
}
