//! A lease on a request: granted, renewed, checked. The epoch fences: a holder who comes back with an older one changes
//! nothing. How it ends without a thought is in `retry`.

use crate::core::fault::{self, Fault};
use crate::slow_path::request::{think_request, ThinkRequest, ThinkState};
use crate::slow_path::stats::ThinkQueue;
use spacetimedb::{Identity, ReducerContext, TimeDuration, Timestamp};

/// Its holder renews it while a mind thinks. So it need only outlast a lost connection.
const LEASE_US: i64 = 30_000_000;

pub fn grant(ctx: &ReducerContext, now: Timestamp, queue: &mut ThinkQueue, row: ThinkRequest) {
    queue.transition(ThinkState::Pending, ThinkState::Leased);
    ctx.db.think_request().id().update(granted(row, ctx.sender, now));
}

fn granted(row: ThinkRequest, holder: Identity, now: Timestamp) -> ThinkRequest {
    ThinkRequest {
        state: ThinkState::Leased,
        lease_epoch: row.lease_epoch + 1,
        lease_owner: Some(holder),
        leased_at: now,
        reap_at_us: end_of(&row, now),
        ..row
    }
}

/// The lease lasts again from now. Its epoch stays, so an answer that is already on its way still counts.
pub fn renew(ctx: &ReducerContext, now: Timestamp, row: ThinkRequest) {
    ctx.db.think_request().id().update(renewed(row, now));
}

fn renewed(row: ThinkRequest, now: Timestamp) -> ThinkRequest {
    ThinkRequest { reap_at_us: end_of(&row, now), ..row }
}

/// The end of a lease that begins now, in microseconds since 1970: a thought is worth nothing after the deadline.
fn end_of(row: &ThinkRequest, now: Timestamp) -> i64 {
    (now + TimeDuration::from_micros(LEASE_US)).min(row.deadline).to_micros_since_unix_epoch()
}

#[must_use]
pub fn is_held(row: &ThinkRequest, caller: Identity, lease_epoch: u64) -> bool {
    row.lease_owner == Some(caller) && row.lease_epoch == lease_epoch
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

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::slow_path::request::Priority;

    const HOLDER: Identity = Identity::from_byte_array([1; 32]);

    #[must_use]
    pub fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros_since_unix_epoch(seconds * 1_000_000)
    }

    /// Leased to `HOLDER` at epoch 2 after one failed attempt, with a deadline at 120 s.
    #[must_use]
    pub fn leased() -> ThinkRequest {
        ThinkRequest {
            id: 7,
            version: 1,
            audience: 1,
            agent: 0,
            asker: 0,
            priority: Priority::Question,
            state: ThinkState::Leased,
            attempts: 1,
            lease_epoch: 2,
            lease_owner: Some(HOLDER),
            leased_at: at(5),
            asked_at: at(0),
            not_before: at(0),
            deadline: at(120),
            reap_at_us: 0,
        }
    }

    #[test]
    fn a_lease_lasts_30_seconds_from_now_and_never_past_the_deadline() {
        let ends = |now| end_of(&leased(), at(now)) / 1_000_000;
        assert_eq!([ends(0), ends(60), ends(90), ends(91), ends(119)], [30, 90, 120, 120, 120]);
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
    fn a_granted_lease_has_its_holder_a_new_epoch_and_its_own_end() {
        let pending = ThinkRequest { state: ThinkState::Pending, lease_owner: None, ..leased() };
        let row = granted(pending, HOLDER, at(60));
        assert_eq!((row.state, row.lease_owner, row.lease_epoch), (ThinkState::Leased, Some(HOLDER), 3));
        assert_eq!((row.leased_at, row.reap_at_us), (at(60), 90_000_000));
        assert_eq!((row.attempts, row.deadline), (leased().attempts, leased().deadline));
    }

    #[test]
    fn a_renewed_lease_ends_later_and_keeps_its_epoch() {
        let row = renewed(leased(), at(60));
        assert_eq!((row.reap_at_us, row.lease_epoch, row.leased_at), (90_000_000, 2, at(5)));
    }

    #[test]
    fn a_lease_is_held_by_one_caller_at_one_epoch() {
        let other = Identity::from_byte_array([2; 32]);
        assert!(is_held(&leased(), HOLDER, 2));
        assert!(!is_held(&leased(), HOLDER, 1));
        assert!(!is_held(&leased(), other, 2));
    }
}
