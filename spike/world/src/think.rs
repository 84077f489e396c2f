//! The slow path: the life of a request for a thought.
//!
//! ```text
//! ask ─► pending ──claim──► leased ──submit──► done
//!           ▲                 │ fail, or the lease ran out
//!           └──── back-off ◄──┴── attempts used up ──► dead
//! pending or leased, deadline passed ────────────────► expired
//! ```
//!
//! Reducers are serialised, so a claim is a compare-and-set. A claim raises `lease_epoch`; whoever submits with an older
//! one is refused, and check and effect are one transaction, so a stale thought leaves no trace.
//!
//! On 1.x hosts every subscriber of a touched row is sent the reducer's arguments. So what a mind is told is built in
//! here and never is an argument.

use crate::action::{self, Action};
use crate::agent::agent;
use crate::clock;
use crate::context;
use crate::queue;
use crate::request::{
    is_open, think_context, think_outcome, think_request, ThinkContext, ThinkOutcome, ThinkRequest, ThinkState,
};
use crate::role::{self, Role};
use spacetimedb::{rand::Rng, reducer, ReducerContext, Table, TimeDuration};

/// Longer than a mind's own timeout, so that a slow mind fails by itself before its lease is given to another.
const LEASE_US: i64 = 30_000_000;
/// Past it the thought is worthless, whatever attempts are left.
const DEADLINE_US: i64 = 120_000_000;
const MAX_ATTEMPTS: u32 = 3;
const BACK_OFF_US: i64 = 2_000_000;
const KEEP_ENDED_US: i64 = 60_000_000;
/// Leased in one call: more would hold the writer while others wait.
const MAX_CLAIM: u32 = 100;
const MAX_REASON: usize = 500;
const VERSION: u16 = 1;

/// Asks an agent to think about `question`. While it has an open request a second one is counted and dropped: one
/// thought at a time, about the world as it is when the thought begins.
///
/// # Errors
/// When there is no such agent, the question cannot be said, or the queue is full.
#[reducer]
pub fn ask(ctx: &ReducerContext, agent: u32, question: String) -> Result<(), String> {
    context::check_question(&question)?;
    open(ctx, agent, &question)
}

/// An agent's own routine asks; where the queue is full, the routine simply carries on.
pub fn reflect(ctx: &ReducerContext, agent: u32) {
    if let Err(reason) = open(ctx, agent, "") {
        spacetimedb::log::debug!("agent {agent} goes on without a thought: {reason}");
    }
}

pub(crate) fn open(ctx: &ReducerContext, agent: u32, question: &str) -> Result<(), String> {
    let Some(who) = ctx.db.agent().id().find(agent) else {
        return Err(format!("there is no agent {agent}"));
    };
    let mut earlier = ctx.db.think_request().agent().filter(agent);
    if earlier.any(|request| is_open(request.state)) {
        queue::count(ctx, |queue| queue.coalesced += 1);
        return Ok(());
    }
    queue::admit(ctx)?;
    let now = clock::now(ctx);
    let deadline = now + TimeDuration::from_micros(DEADLINE_US);
    let request = ctx.db.think_request().insert(ThinkRequest {
        id: 0,
        version: VERSION,
        audience: Role::Thinker.audience(),
        agent,
        state: ThinkState::Pending,
        attempts: 0,
        lease_epoch: 0,
        lease_owner: None,
        asked_at: now,
        not_before: now,
        deadline,
        wake_us: deadline.to_micros_since_unix_epoch(),
    });
    let observed_tick = clock::read(ctx)?.tick;
    ctx.db.think_context().insert(ThinkContext {
        request: request.id,
        version: context::VERSION,
        audience: Role::Thinker.audience(),
        observed_tick,
        payload: context::describe(ctx, &who, observed_tick, question),
    });
    Ok(())
}

/// Leases up to `count` of the oldest requests that are ready to the caller, at most 100 at once; its subscription
/// tells which.
///
/// # Errors
/// When the caller is no thinker. Nothing to claim is no error.
#[reducer]
pub fn claim(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "claim a think request")?;
    let now = clock::now(ctx);
    let lease_end = now + TimeDuration::from_micros(LEASE_US);
    let ready: Vec<ThinkRequest> = (ctx.db.think_request().by_state().filter(ThinkState::Pending))
        .filter(|request| request.not_before <= now && request.deadline > now)
        .take(count.min(MAX_CLAIM) as usize)
        .collect();
    for request in ready {
        let next = ThinkRequest {
            state: ThinkState::Leased,
            attempts: request.attempts + 1,
            lease_epoch: request.lease_epoch + 1,
            lease_owner: Some(ctx.sender),
            wake_us: lease_end.min(request.deadline).to_micros_since_unix_epoch(),
            ..request
        };
        queue::turn(ctx, ThinkState::Pending, ThinkState::Leased);
        ctx.db.think_request().id().update(next);
    }
    Ok(())
}

/// Applies a mind's answer in the transaction that checks it. A repeat of an accepted submit is Ok and does nothing.
///
/// # Errors
/// When the caller is no thinker or does not hold the lease, the deadline has passed, or the present world forbids the
/// action. Nothing has changed then.
#[reducer]
pub fn submit(ctx: &ReducerContext, request: u64, lease_epoch: u64, action: Action) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "submit a thought")?;
    let row = find(ctx, request)?;
    if row.state == ThinkState::Done && (row.lease_owner, row.lease_epoch) == (Some(ctx.sender), lease_epoch) {
        return Ok(());
    }
    check_lease(ctx, &row, lease_epoch)?;
    let tick = clock::read(ctx)?.tick;
    let text = action::apply(ctx, row.agent, tick, &action)?;
    end(ctx, row, ThinkState::Done, text);
    Ok(())
}

/// Gives a lease back with the reason why no thought came of it.
///
/// # Errors
/// When the caller is no thinker or does not hold the lease.
#[reducer]
pub fn fail(ctx: &ReducerContext, request: u64, lease_epoch: u64, reason: String) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "fail a think request")?;
    let row = find(ctx, request)?;
    check_lease(ctx, &row, lease_epoch)?;
    give_back(ctx, row, reason.chars().take(MAX_REASON).collect());
    Ok(())
}

fn find(ctx: &ReducerContext, request: u64) -> Result<ThinkRequest, String> {
    let row = ctx.db.think_request().id().find(request);
    row.ok_or_else(|| format!("there is no think request {request}"))
}

fn check_lease(ctx: &ReducerContext, row: &ThinkRequest, lease_epoch: u64) -> Result<(), String> {
    let id = row.id;
    if row.state != ThinkState::Leased {
        return Err(format!("think request {id} is {:?}, not leased", row.state));
    }
    if row.lease_owner != Some(ctx.sender) {
        return Err(format!("think request {id} is leased to somebody else"));
    }
    if row.lease_epoch != lease_epoch {
        return Err(format!("think request {id} is at lease epoch {}, not {lease_epoch}", row.lease_epoch));
    }
    if clock::now(ctx) >= row.deadline {
        return Err(format!("the deadline of think request {id} has passed"));
    }
    Ok(())
}

pub(crate) fn give_back(ctx: &ReducerContext, row: ThinkRequest, reason: String) {
    if row.attempts >= MAX_ATTEMPTS {
        return end(ctx, row, ThinkState::Dead, reason);
    }
    let wait = back_off_us(row.attempts) + ctx.rng().gen_range(0..BACK_OFF_US);
    queue::turn(ctx, row.state, ThinkState::Pending);
    ctx.db.think_request().id().update(ThinkRequest {
        state: ThinkState::Pending,
        lease_owner: None,
        not_before: clock::now(ctx) + TimeDuration::from_micros(wait),
        wake_us: row.deadline.to_micros_since_unix_epoch(),
        ..row
    });
}

pub(crate) fn end(ctx: &ReducerContext, row: ThinkRequest, state: ThinkState, text: String) {
    queue::turn(ctx, row.state, state);
    ctx.db.think_outcome().insert(ThinkOutcome {
        request: row.id,
        version: VERSION,
        audience: Role::Thinker.audience(),
        lease_epoch: row.lease_epoch,
        tick: clock::read(ctx).map_or(0, |clock| clock.tick),
        applied: state == ThinkState::Done,
        text,
    });
    ctx.db.think_request().id().update(ThinkRequest {
        state,
        wake_us: clock::now(ctx).to_micros_since_unix_epoch() + KEEP_ENDED_US,
        ..row
    });
}

/// Doubles with each attempt.
#[must_use]
pub fn back_off_us(attempts: u32) -> i64 {
    BACK_OFF_US << attempts.saturating_sub(1).min(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_off_doubles_with_each_attempt_and_stays_bounded() {
        assert_eq!(back_off_us(1), BACK_OFF_US);
        assert_eq!(back_off_us(3), 4 * BACK_OFF_US);
        assert_eq!(back_off_us(u32::MAX), 1_024 * BACK_OFF_US);
    }
}
