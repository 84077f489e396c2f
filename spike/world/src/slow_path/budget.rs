//! What minds may cost. Every lease is a call that somebody pays for, so the world counts leases by the minute.
//!
//! Idempotency stops double effects, not double spending. At the cap of a minute no more leases are granted: requests
//! wait then, the world does not.

use crate::core::pause;
use crate::core::role::{self, Role};
use spacetimedb::{reducer, table, ReducerContext, SpacetimeType, Table, Timestamp};

const CALLS_PER_MINUTE: u32 = 600;
const MINUTE_US: i64 = 60_000_000;

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum MindMode {
    Normal,
    /// Each thinker takes one request at a time and rests before each.
    Slow,
    /// Nothing is leased.
    Stopped,
}

/// One row: what the owner allows all thinkers together.
#[table(name = mind_policy, public)]
pub struct MindPolicy {
    #[primary_key]
    pub id: u8,
    pub mode: MindMode,
    pub calls_per_minute: u32,
}

/// One row, private: the calls of the current minute.
#[table(name = think_budget)]
pub struct ThinkBudget {
    #[primary_key]
    pub id: u8,
    /// Minutes since 1970.
    pub minute: i64,
    pub calls: u32,
}

pub fn init(ctx: &ReducerContext) {
    ctx.db.mind_policy().insert(MindPolicy { id: 0, mode: MindMode::Normal, calls_per_minute: CALLS_PER_MINUTE });
    ctx.db.think_budget().insert(ThinkBudget { id: 0, minute: 0, calls: 0 });
}

/// Slows, stops or frees the minds of the world, and sets how many calls a minute all of them may make together.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn set_mind_policy(ctx: &ReducerContext, mode: MindMode, calls_per_minute: u32) -> Result<(), String> {
    role::require(ctx, Role::Owner, "set the mind policy")?;
    ctx.db.mind_policy().id().update(MindPolicy { id: 0, mode, calls_per_minute });
    Ok(())
}

/// How many leases this minute still has room for: none while the world stands still.
pub fn calls_left(ctx: &ReducerContext, now: Timestamp) -> u32 {
    if pause::reason(ctx).is_some() {
        return 0;
    }
    let policy = ctx.db.mind_policy().id().find(0);
    let budget = ctx.db.think_budget().id().find(0);
    policy.zip(budget).map_or(0, |(policy, budget)| calls_allowed(&policy, calls_in(minute_of(now), &budget)))
}

/// What the policy still allows after `calls`.
fn calls_allowed(policy: &MindPolicy, calls: u32) -> u32 {
    if policy.mode == MindMode::Stopped {
        return 0;
    }
    policy.calls_per_minute.saturating_sub(calls)
}

pub fn spend(ctx: &ReducerContext, now: Timestamp, calls: u32) {
    if let Some(budget) = ctx.db.think_budget().id().find(0) {
        let minute = minute_of(now);
        let calls = calls_in(minute, &budget).saturating_add(calls);
        ctx.db.think_budget().id().update(ThinkBudget { id: 0, minute, calls });
    }
}

/// Takes one call back that was spent at `leased_at` and never reached a mind. Only a call of the present minute: another
/// minute's cap was not touched by it.
pub fn refund(ctx: &ReducerContext, now: Timestamp, leased_at: Timestamp) {
    if let Some(budget) = ctx.db.think_budget().id().find(0) {
        let calls = calls_after_refund(&budget, now, leased_at);
        ctx.db.think_budget().id().update(ThinkBudget { calls, ..budget });
    }
}

#[must_use]
fn calls_after_refund(budget: &ThinkBudget, now: Timestamp, leased_at: Timestamp) -> u32 {
    let is_of_this_minute = minute_of(leased_at) == minute_of(now) && budget.minute == minute_of(now);
    budget.calls.saturating_sub(u32::from(is_of_this_minute))
}

fn minute_of(now: Timestamp) -> i64 {
    now.to_micros_since_unix_epoch() / MINUTE_US
}

/// A new minute starts at 0.
#[must_use]
pub fn calls_in(minute: i64, budget: &ThinkBudget) -> u32 {
    if budget.minute == minute {
        budget.calls
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_count_within_their_minute_only() {
        let budget = ThinkBudget { id: 0, minute: 7, calls: 5 };
        assert_eq!((calls_in(7, &budget), calls_in(8, &budget)), (5, 0));
    }

    #[test]
    fn a_refund_lowers_the_calls_of_its_own_minute_only() {
        let at = |minute: i64| Timestamp::from_micros_since_unix_epoch(minute * MINUTE_US + 1);
        let calls = |minute, calls, now, leased_at| {
            calls_after_refund(&ThinkBudget { id: 0, minute, calls }, at(now), at(leased_at))
        };
        assert_eq!(calls(7, 5, 7, 7), 4, "leased and given back in minute 7");
        assert_eq!(calls(8, 5, 8, 7), 5, "leased in minute 7, given back in minute 8");
        assert_eq!(calls(7, 5, 8, 7), 5, "nothing was leased in minute 8 yet");
        assert_eq!(calls(7, 0, 7, 7), 0, "never below 0");
    }

    #[test]
    fn a_minute_begins_with_its_first_microsecond() {
        let minutes = [0, MINUTE_US - 1, MINUTE_US, 7 * MINUTE_US + 1];
        assert_eq!(minutes.map(|us| minute_of(Timestamp::from_micros_since_unix_epoch(us))), [0, 0, 1, 7]);
    }

    #[test]
    fn a_policy_allows_what_is_left_of_its_cap_and_nothing_once_stopped() {
        let allowed = |mode, calls| calls_allowed(&MindPolicy { id: 0, mode, calls_per_minute: 10 }, calls);
        for mode in [MindMode::Normal, MindMode::Slow] {
            assert_eq!([0, 4, 10, 11].map(|calls| allowed(mode, calls)), [10, 6, 0, 0]);
        }
        assert_eq!(allowed(MindMode::Stopped, 0), 0);
    }
}
