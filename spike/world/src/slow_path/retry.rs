//! What becomes of a request whose lease ended without a thought: pending again after a back-off, or dead.
//!
//! An attempt counts when the mind answered badly or its thinker vanished, because the same may happen again. A mind that
//! could not be reached says nothing about the request, so that costs time and no attempt.

use crate::core::clock::Moment;
use crate::slow_path::budget;
use crate::slow_path::ending::{end, Ending};
use crate::slow_path::request::{think_context, think_request, ThinkContext, ThinkRequest, ThinkState};
use crate::slow_path::stats::ThinkQueue;
use spacetimedb::{rand::Rng, ReducerContext, SpacetimeType, TimeDuration, Timestamp};

const MAX_ATTEMPTS: u32 = 3;
const BACK_OFF_US: i64 = 2_000_000;
const MAX_REASON: usize = 500;

/// Why a thinker gives a lease back.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum GiveBackCause {
    /// The mind's answer was not an action, or the world rejected the action. Counts as an attempt.
    Refused,
    /// The mind gave no answer: an outage, a rate limit, or its thinker stops. Counts as no attempt and no call.
    Unavailable,
}

/// Makes the request pending again, with its reason for the next thinker if the mind's answer was refused.
/// `wait_us` is the least wait: a busy provider says when to come back.
pub fn give_back(
    ctx: &ReducerContext,
    moment: Moment,
    queue: &mut ThinkQueue,
    row: ThinkRequest,
    cause: GiveBackCause,
    reason: &str,
    wait_us: i64,
) {
    match cause {
        GiveBackCause::Unavailable => {
            budget::refund(ctx, moment.now, row.leased_at);
            pend(ctx, moment, queue, row, wait_us);
        }
        GiveBackCause::Refused => {
            let reason = capped(reason);
            if let Some(context) = ctx.db.think_context().request().find(row.id) {
                ctx.db.think_context().request().update(ThinkContext { refusal: reason.clone(), ..context });
            }
            fail(ctx, moment, queue, row, reason, wait_us);
        }
    }
}

/// The holder of the lease let it expire.
pub fn expire(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue, row: ThinkRequest) {
    fail(ctx, moment, queue, row, "the lease expired".into(), 0);
}

/// Counts a failed attempt. The last one ends the request.
fn fail(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue, row: ThinkRequest, reason: String, wait_us: i64) {
    let row = attempted(row);
    if is_used_up(row.attempts) {
        end(ctx, moment, queue, row, Ending::Dead { reason });
    } else {
        pend(ctx, moment, queue, row, wait_us);
    }
}

fn pend(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue, row: ThinkRequest, wait_us: i64) {
    queue.transition(row.state, ThinkState::Pending);
    let jitter_us = ctx.rng().gen_range(0..BACK_OFF_US);
    ctx.db.think_request().id().update(pending_again(row, moment.now, wait_us, jitter_us));
}

fn pending_again(row: ThinkRequest, now: Timestamp, wait_us: i64, jitter_us: i64) -> ThinkRequest {
    let wait = wait_us.max(back_off_us(row.attempts)) + jitter_us;
    ThinkRequest {
        state: ThinkState::Pending,
        lease_owner: None,
        not_before: now + TimeDuration::from_micros(wait),
        reap_at_us: row.deadline.to_micros_since_unix_epoch(),
        ..row
    }
}

fn attempted(row: ThinkRequest) -> ThinkRequest {
    ThinkRequest { attempts: row.attempts + 1, ..row }
}

const fn is_used_up(attempts: u32) -> bool {
    attempts >= MAX_ATTEMPTS
}

/// Doubles with each attempt. Without one, as after an outage, it is as short as after the first.
#[must_use]
fn back_off_us(attempts: u32) -> i64 {
    BACK_OFF_US << attempts.saturating_sub(1).min(10)
}

fn capped(reason: &str) -> String {
    reason.chars().take(MAX_REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slow_path::lease::tests::{at, leased};

    #[test]
    fn back_off_doubles_with_each_attempt_and_stays_bounded() {
        assert_eq!(back_off_us(0), BACK_OFF_US);
        assert_eq!(back_off_us(1), BACK_OFF_US);
        assert_eq!(back_off_us(3), 4 * BACK_OFF_US);
        assert_eq!(back_off_us(u32::MAX), 1_024 * BACK_OFF_US);
    }

    #[test]
    fn the_third_failed_attempt_is_the_last() {
        assert_eq!([1, 2, 3, 4].map(is_used_up), [false, false, true, true]);
    }

    #[test]
    fn a_request_is_pending_again_after_the_longer_of_its_wait_and_the_back_off() {
        let not_before = |wait_us| pending_again(leased(), at(10), wait_us, 500_000).not_before;
        let back_off = back_off_us(leased().attempts);
        assert_eq!(not_before(0), at(10) + TimeDuration::from_micros(back_off + 500_000));
        assert_eq!(not_before(60_000_000), at(70) + TimeDuration::from_micros(500_000));
    }

    #[test]
    fn a_request_that_is_pending_again_has_no_owner_and_is_reaped_at_its_deadline() {
        let row = pending_again(leased(), at(10), 0, 0);
        assert_eq!((row.state, row.lease_owner), (ThinkState::Pending, None));
        assert_eq!(row.reap_at_us, leased().deadline.to_micros_since_unix_epoch());
        assert_eq!((row.attempts, row.lease_epoch), (leased().attempts, leased().lease_epoch));
    }

    #[test]
    fn a_reason_keeps_its_first_500_characters() {
        assert_eq!(capped(&"ä".repeat(501)), "ä".repeat(500));
        assert_eq!(capped("the model is busy"), "the model is busy");
    }

    #[test]
    fn an_attempt_is_counted_once() {
        assert_eq!(attempted(leased()).attempts, leased().attempts + 1);
        assert_eq!(attempted(ThinkRequest { attempts: 0, ..leased() }).attempts, 1);
    }
}
