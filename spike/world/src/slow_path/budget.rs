//! What minds may cost. Every lease is a call that somebody pays for, so the world counts leases by the minute.
//!
//! Idempotency stops double effects, not double spending. At the cap of a minute no more leases are granted: requests
//! wait then, the world does not.

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

/// How many leases this minute still has room for.
pub fn calls_left(ctx: &ReducerContext, now: Timestamp) -> u32 {
    let policy = ctx.db.mind_policy().id().find(0);
    let budget = ctx.db.think_budget().id().find(0);
    match (policy, budget) {
        (Some(policy), Some(budget)) if policy.mode != MindMode::Stopped => {
            policy.calls_per_minute.saturating_sub(calls_in(minute_of(now), &budget))
        }
        _ => 0,
    }
}

pub fn spend(ctx: &ReducerContext, now: Timestamp, calls: u32) {
    if let Some(budget) = ctx.db.think_budget().id().find(0) {
        let minute = minute_of(now);
        let calls = calls_in(minute, &budget).saturating_add(calls);
        ctx.db.think_budget().id().update(ThinkBudget { id: 0, minute, calls });
    }
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
}
