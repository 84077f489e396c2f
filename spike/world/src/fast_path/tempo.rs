//! What the owner may do to the clock: pause it, resume it, and set its tempo.

use crate::core::clock::{self, Clock};
use crate::core::role::{self, Role};
use crate::fast_path::tick;
use spacetimedb::{reducer, ReducerContext};

const TICK_PERIODS_MS: std::ops::RangeInclusive<u32> = 10..=60_000;

/// Stops the ticks, so that an operator can end the host or copy its data with nothing in flight.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn pause_clock(ctx: &ReducerContext) -> Result<(), String> {
    role::require(ctx, Role::Owner, "pause the clock")?;
    pause(ctx)
}

/// Lets the ticks go on; does nothing while they run.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn resume_clock(ctx: &ReducerContext) -> Result<(), String> {
    role::require(ctx, Role::Owner, "resume the clock")?;
    resume(ctx)
}

/// Sets the period, and how often agents act and reflect. The tick that is already scheduled keeps its due time.
///
/// # Errors
/// When the caller is not the owner, or a number is out of its range.
#[reducer]
pub fn set_tempo(ctx: &ReducerContext, period_ms: u32, act_every: u32, reflect_every: u32) -> Result<(), String> {
    role::require(ctx, Role::Owner, "set the tempo")?;
    if !TICK_PERIODS_MS.contains(&period_ms) {
        return Err(format!(
            "period_ms {period_ms} is out of range: use {} to {}",
            TICK_PERIODS_MS.start(),
            TICK_PERIODS_MS.end()
        ));
    }
    if act_every == 0 {
        return Err("act_every 0 is out of range: use at least 1".into());
    }
    let clock = clock::read(ctx)?;
    clock::write(ctx, Clock { period_us: i64::from(period_ms) * 1_000, act_every, reflect_every, ..clock });
    Ok(())
}

pub(crate) fn pause(ctx: &ReducerContext) -> Result<(), String> {
    let clock = clock::read(ctx)?;
    tick::break_chain(ctx);
    clock::write(ctx, Clock { paused: true, ..clock });
    Ok(())
}

pub(crate) fn resume(ctx: &ReducerContext) -> Result<(), String> {
    let clock = clock::read(ctx)?;
    if clock.paused {
        tick::chain_from_now(ctx, &clock);
        clock::write(ctx, Clock { paused: false, ..clock });
    }
    Ok(())
}
