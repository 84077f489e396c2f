//! The life of a request for a thought: opened by a question or a reflection, leased, answered or given back.
//!
//! ```text
//! ask or reflect ─► pending ──lease──► leased ──submit──► done        renew: leased for longer
//!                      ▲                 │ give_back, or the lease expired
//!                      └──── back-off ◄──┴── attempts used up ──► dead
//! pending or leased, deadline passed ───────────────────────────► expired
//! pending reflection, a player asks the same agent ─────────────► replaced
//! ```
//!
//! Reducers are serialised, so `lease` is a compare-and-set. It raises `lease_epoch`, and a submit with an older epoch is
//! rejected. Check and effect are one transaction, so a stale thought leaves no trace.
//!
//! On 1.x hosts every subscriber of a touched row is sent the reducer's arguments. What a mind is told is therefore built
//! in here and is never an argument.

use crate::core::action::{self, Action};
use crate::core::clock;
use crate::core::event::Cause;
use crate::core::role::{self, Role};
use crate::slow_path::budget;
use crate::slow_path::ending::{end, Ending};
use crate::slow_path::lease as leases; // the reducer `lease` below takes the name
use crate::slow_path::request::{think_request, ThinkRequest, ThinkState};
use crate::slow_path::retry::{self, GiveBackCause};
use crate::slow_path::stats;
use spacetimedb::{reducer, ReducerContext, Timestamp};

/// Leased in one call: more would hold the writer while others wait.
const MAX_LEASES: u32 = 100;

/// Leases up to `count` ready requests to the caller, questions before reflections and the oldest first: at most 100 at
/// once, and never more than the world's calls of this minute. The caller's subscription tells which.
///
/// # Errors
/// When the caller is not a thinker. Nothing to lease is not an error.
#[reducer]
pub fn lease(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "lease a think request")?;
    let now = clock::moment(ctx)?.now;
    let mut queue = stats::read(ctx)?;
    let ready: Vec<ThinkRequest> = (ctx.db.think_request().by_state().filter(ThinkState::Pending))
        .filter(|request| is_ready(request, now))
        .take(most_leased(count, budget::calls_left(ctx, now)))
        .collect();
    if ready.is_empty() {
        return Ok(());
    }
    budget::spend(ctx, now, u32::try_from(ready.len()).unwrap_or(MAX_LEASES));
    for request in ready {
        leases::grant(ctx, now, &mut queue, request);
    }
    stats::write(ctx, queue);
    Ok(())
}

/// Applies a mind's answer in the transaction that checks it. A repeat of an accepted submit is Ok and does nothing.
///
/// # Errors
/// When the caller is not a thinker or does not hold the lease, the deadline has passed, or the present world forbids the
/// action. Nothing has changed then.
#[reducer]
pub fn submit(ctx: &ReducerContext, request: u64, lease_epoch: u64, action: Action) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "submit a thought")?;
    let row = find(ctx, request)?;
    if row.state == ThinkState::Done && leases::is_held(&row, ctx.sender, lease_epoch) {
        return Ok(());
    }
    let moment = clock::moment(ctx)?;
    leases::check(ctx, moment.now, &row, lease_epoch)?;
    let event = action::apply(ctx, moment, row.agent, &action, Cause { asker: row.asker, request })?;
    let mut queue = stats::read(ctx)?;
    end(ctx, moment, &mut queue, row, Ending::Done { event });
    stats::write(ctx, queue);
    Ok(())
}

/// Keeps a lease that a slow mind still thinks under: it lasts again from now, but never past the deadline.
///
/// # Errors
/// When the caller is not a thinker or does not hold the lease, or the deadline has passed.
#[reducer]
pub fn renew(ctx: &ReducerContext, request: u64, lease_epoch: u64) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "renew a lease")?;
    let row = find(ctx, request)?;
    let now = clock::moment(ctx)?.now;
    leases::check(ctx, now, &row, lease_epoch)?;
    leases::renew(ctx, now, row);
    Ok(())
}

/// Gives a lease back with the cause and the reason why there is no answer. The request is tried again after `wait_ms`, or
/// after the usual back-off where that is longer: a busy provider says when to come back.
///
/// # Errors
/// When the caller is not a thinker or does not hold the lease, or the deadline has passed.
#[reducer]
pub fn give_back(
    ctx: &ReducerContext,
    request: u64,
    lease_epoch: u64,
    cause: GiveBackCause,
    reason: String,
    wait_ms: u32,
) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "give a think request back")?;
    let row = find(ctx, request)?;
    let moment = clock::moment(ctx)?;
    leases::check(ctx, moment.now, &row, lease_epoch)?;
    let mut queue = stats::read(ctx)?;
    retry::give_back(ctx, moment, &mut queue, row, cause, &reason, i64::from(wait_ms) * 1_000);
    stats::write(ctx, queue);
    Ok(())
}

/// Whether it waits for nothing but a thinker.
fn is_ready(request: &ThinkRequest, now: Timestamp) -> bool {
    request.not_before <= now && request.deadline > now
}

fn most_leased(count: u32, calls_left: u32) -> usize {
    count.min(MAX_LEASES).min(calls_left) as usize
}

fn find(ctx: &ReducerContext, request: u64) -> Result<ThinkRequest, String> {
    let row = ctx.db.think_request().id().find(request);
    row.ok_or_else(|| format!("there is no think request {request}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slow_path::lease::tests::{at, leased};

    #[test]
    fn a_call_leases_what_was_wanted_at_most_100_and_within_the_cap() {
        assert_eq!([most_leased(7, 600), most_leased(7, 3), most_leased(7, 0)], [7, 3, 0]);
        assert_eq!([most_leased(1_000, 600), most_leased(1_000, 99), most_leased(0, 600)], [100, 99, 0]);
    }

    #[test]
    fn a_request_is_ready_from_its_back_off_to_just_before_its_deadline() {
        let request = ThinkRequest { not_before: at(10), deadline: at(120), ..leased() };
        let ready = [9, 10, 119, 120, 121].map(|now| is_ready(&request, at(now)));
        assert_eq!(ready, [false, true, true, false, false]);
    }
}
