//! A lease on a request, and its end. The epoch fences: a holder who comes back with an older one changes nothing.

use crate::core::clock::Moment;
use crate::core::fault::{self, Fault};
use crate::core::role::Role;
use crate::slow_path::request::{think_outcome, think_request, ThinkOutcome, ThinkRequest, ThinkState};
use crate::slow_path::stats::ThinkQueue;
use spacetimedb::{rand::Rng, Identity, ReducerContext, Table, TimeDuration, Timestamp};

/// Longer than a mind's own timeout, so that a slow mind fails by itself before its lease is given to another.
const LEASE_US: i64 = 30_000_000;
const MAX_ATTEMPTS: u32 = 3;
const BACK_OFF_US: i64 = 2_000_000;
const KEEP_ENDED_US: i64 = 60_000_000;
const VERSION: u16 = 2;

/// How a request ends.
pub enum Ending {
    /// With an action, which wrote this event.
    Done { event: u64 },
    /// Its attempts are used up; this was the last error.
    Dead { reason: String },
    /// Its deadline passed.
    Expired,
}

pub fn grant(ctx: &ReducerContext, now: Timestamp, queue: &mut ThinkQueue, row: ThinkRequest) {
    let lease_end = now + TimeDuration::from_micros(LEASE_US);
    queue.transition(ThinkState::Pending, ThinkState::Leased);
    ctx.db.think_request().id().update(ThinkRequest {
        state: ThinkState::Leased,
        attempts: row.attempts + 1,
        lease_epoch: row.lease_epoch + 1,
        lease_owner: Some(ctx.sender),
        reap_at_us: lease_end.min(row.deadline).to_micros_since_unix_epoch(),
        ..row
    });
}

pub fn is_held(ctx: &ReducerContext, row: &ThinkRequest, lease_epoch: u64) -> bool {
    row.lease_owner == Some(ctx.sender) && row.lease_epoch == lease_epoch
}

/// # Errors
/// When the caller does not hold the lease of that epoch, or the deadline has passed.
pub fn check(ctx: &ReducerContext, now: Timestamp, row: &ThinkRequest, lease_epoch: u64) -> Result<(), String> {
    if fault::broken(ctx, Fault::Lease) {
        return Ok(());
    }
    check_lease(row, ctx.sender, lease_epoch, now)
}

fn check_lease(row: &ThinkRequest, caller: Identity, lease_epoch: u64, now: Timestamp) -> Result<(), String> {
    let id = row.id;
    if row.state != ThinkState::Leased {
        return Err(format!("think request {id} is {:?}, not leased", row.state));
    }
    if row.lease_owner != Some(caller) {
        return Err(format!("think request {id} is leased to somebody else"));
    }
    if row.lease_epoch != lease_epoch {
        return Err(format!("think request {id} is at lease epoch {}, not {lease_epoch}", row.lease_epoch));
    }
    if now >= row.deadline {
        return Err(format!("the deadline of think request {id} has passed"));
    }
    Ok(())
}

/// Makes a request pending again after a back-off of at least `wait_us`, or dead when its attempts are used up.
pub fn give_back(
    ctx: &ReducerContext,
    moment: Moment,
    queue: &mut ThinkQueue,
    row: ThinkRequest,
    reason: String,
    wait_us: i64,
) {
    if row.attempts >= MAX_ATTEMPTS {
        return end(ctx, moment, queue, row, Ending::Dead { reason });
    }
    let wait = wait_us.max(back_off_us(row.attempts)) + ctx.rng().gen_range(0..BACK_OFF_US);
    queue.transition(row.state, ThinkState::Pending);
    ctx.db.think_request().id().update(ThinkRequest {
        state: ThinkState::Pending,
        lease_owner: None,
        not_before: moment.now + TimeDuration::from_micros(wait),
        reap_at_us: row.deadline.to_micros_since_unix_epoch(),
        ..row
    });
}

/// Ends a request with its outcome. The reaper removes both after a while.
pub fn end(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue, row: ThinkRequest, ending: Ending) {
    let (state, event, reason) = match ending {
        Ending::Done { event } => (ThinkState::Done, event, String::new()),
        Ending::Dead { reason } => (ThinkState::Dead, 0, reason),
        Ending::Expired => (ThinkState::Expired, 0, "the deadline passed".into()),
    };
    queue.transition(row.state, state);
    ctx.db.think_outcome().request().delete(row.id);
    ctx.db.think_outcome().insert(ThinkOutcome {
        request: row.id,
        version: VERSION,
        audience: Role::Thinker.audience(),
        lease_epoch: row.lease_epoch,
        tick: moment.tick,
        event,
        reason,
    });
    ctx.db.think_request().id().update(ThinkRequest {
        state,
        reap_at_us: moment.now.to_micros_since_unix_epoch() + KEEP_ENDED_US,
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

    const HOLDER: Identity = Identity::from_byte_array([1; 32]);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros_since_unix_epoch(seconds * 1_000_000)
    }

    /// Leased to `HOLDER` at epoch 2, with a deadline at 120 s.
    fn leased() -> ThinkRequest {
        ThinkRequest {
            id: 7,
            version: 1,
            audience: 1,
            agent: 0,
            asker: 0,
            state: ThinkState::Leased,
            attempts: 2,
            lease_epoch: 2,
            lease_owner: Some(HOLDER),
            asked_at: at(0),
            not_before: at(0),
            deadline: at(120),
            reap_at_us: 0,
        }
    }

    #[test]
    fn only_the_holder_of_the_present_epoch_may_end_a_lease_before_the_deadline() {
        let other = Identity::from_byte_array([2; 32]);
        let pending = ThinkRequest { state: ThinkState::Pending, ..leased() };
        assert_eq!(check_lease(&leased(), HOLDER, 2, at(119)), Ok(()));
        for (row, caller, epoch, now, reason) in [
            (pending, HOLDER, 2, at(119), "is Pending, not leased"),
            (leased(), other, 2, at(119), "is leased to somebody else"),
            (leased(), HOLDER, 1, at(119), "is at lease epoch 2, not 1"),
            (leased(), HOLDER, 3, at(119), "is at lease epoch 2, not 3"),
            (leased(), HOLDER, 2, at(120), "the deadline of think request 7 has passed"),
        ] {
            let refusal = check_lease(&row, caller, epoch, now).unwrap_err();
            assert!(refusal.contains(reason), "{refusal}");
        }
    }

    #[test]
    fn back_off_doubles_with_each_attempt_and_stays_bounded() {
        assert_eq!(back_off_us(1), BACK_OFF_US);
        assert_eq!(back_off_us(3), 4 * BACK_OFF_US);
        assert_eq!(back_off_us(u32::MAX), 1_024 * BACK_OFF_US);
    }
}
