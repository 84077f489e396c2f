//! What the owner may do to the clock: pause it, resume it, and set its tempo.

use crate::core::clock::{self, Clock};
use crate::core::pause;
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
    pause::withdraw(ctx);
    pause(ctx)
}

/// Stops the ticks, the thoughts and what players do, and tells everybody why in `pause_notice`, until the clock is resumed.
///
/// # Errors
/// When the caller is not the owner, or the reason is not one short line.
#[reducer]
pub fn pause_clock_for(ctx: &ReducerContext, reason: String) -> Result<(), String> {
    role::require(ctx, Role::Owner, "pause the clock")?;
    let reason = pause::check_reason(&reason)?;
    pause(ctx)?;
    pause::announce(ctx, reason);
    Ok(())
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
    check_tempo(period_ms, act_every)?;
    let clock = clock::read(ctx)?;
    clock::write(ctx, Clock { period_us: i64::from(period_ms) * 1_000, act_every, reflect_every, ..clock });
    Ok(())
}

fn check_tempo(period_ms: u32, act_every: u32) -> Result<(), String> {
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
    Ok(())
}

pub(crate) fn pause(ctx: &ReducerContext) -> Result<(), String> {
    let clock = clock::read(ctx)?;
    tick::break_chain(ctx);
    clock::write(ctx, Clock { paused: true, ..clock });
    Ok(())
}

pub(crate) fn resume(ctx: &ReducerContext) -> Result<(), String> {
    let mut clock = clock::read(ctx)?;
    pause::withdraw(ctx);
    if clock.paused {
        clock.keep_time(ctx);
        tick::chain_from_now(ctx, &clock);
        clock::write(ctx, Clock { paused: false, ..clock });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_10_to_60000_milliseconds() {
        assert_eq!([9, 10, 60_000, 60_001].map(|period| check_tempo(period, 1).is_ok()), [false, true, true, false]);
        assert_eq!(check_tempo(9, 1), Err("period_ms 9 is out of range: use 10 to 60000".into()));
    }

    #[test]
    fn agents_act_at_least_once_in_some_number_of_ticks() {
        assert_eq!(check_tempo(100, 0), Err("act_every 0 is out of range: use at least 1".into()));
        assert_eq!(check_tempo(100, u32::MAX), Ok(()));
    }
}
