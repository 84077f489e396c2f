//! The tick: a chain of due times, and the watchdog that starts it again. Ticks are numbered by due times, never by calls.
//!
//! On the pinned host an interval schedule counts from the end of the last run and so drifts by its cost. The clock is
//! therefore a chain: each tick schedules the next one-shot at `due + period`. A one-shot that fails or traps is deleted
//! and not tried again, so a watchdog on an interval restarts a broken chain. A crash between a tick's commit and the
//! deletion of its row runs it twice, so a tick carries its number and a repeat does nothing.

use crate::core::clock::{self, Clock, TickLog, LOG_SLOTS};
use crate::core::due::{later, micros_between, skipped_after};
use crate::core::fault;
use crate::core::role;
use crate::fast_path::routine;
use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, TimeDuration, Timestamp};

const WATCHDOG_PERIOD_US: i64 = 1_000_000;

#[table(name = tick_schedule, scheduled(tick))]
pub struct TickSchedule {
    #[primary_key]
    #[auto_inc]
    pub scheduled_id: u64,
    pub scheduled_at: ScheduleAt,
    pub number: u64,
    pub due: Timestamp,
}

#[table(name = watchdog_schedule, scheduled(watchdog))]
pub struct WatchdogSchedule {
    #[primary_key]
    #[auto_inc]
    pub scheduled_id: u64,
    pub scheduled_at: ScheduleAt,
}

/// Starts the watchdog, which lets nothing run while the clock is paused.
pub fn init(ctx: &ReducerContext) {
    ctx.db.watchdog_schedule().insert(WatchdogSchedule {
        scheduled_id: 0,
        scheduled_at: TimeDuration::from_micros(WATCHDOG_PERIOD_US).into(),
    });
}

/// One tick, called by the host when `schedule` is due.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn tick(ctx: &ReducerContext, schedule: TickSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "tick")?;
    let clock = clock::read(ctx)?;
    if schedule.number <= clock.tick {
        return Ok(());
    }
    let skipped = skipped_after(schedule.due, ctx.timestamp, clock.period_us);
    ctx.db.tick_schedule().insert(after(schedule.number, schedule.due, clock.period_us, 1 + skipped));
    run_tick(ctx, clock, schedule.number, schedule.due, skipped)
}

/// The tick that is `steps` periods after the one of that number and due time.
fn after(number: u64, due: Timestamp, period_us: i64, steps: u64) -> TickSchedule {
    let due = later(due, period_us, steps);
    TickSchedule { scheduled_id: 0, scheduled_at: due.into(), number: number + steps, due }
}

/// What the world does in a tick, whatever schedule called it.
///
/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn run_tick(
    ctx: &ReducerContext,
    mut clock: Clock,
    number: u64,
    due: Timestamp,
    skipped: u64,
) -> Result<(), String> {
    let moment = clock.keep_time(ctx);
    routine::act(ctx, moment, number, clock.act_every, clock.reflect_every)?;
    fault::burn_in_tick(ctx);
    let lateness_us = micros_between(due, ctx.timestamp);
    clock::log_tick(
        ctx,
        TickLog {
            slot: number % LOG_SLOTS,
            tick: number,
            due: moment.now - TimeDuration::from_micros(lateness_us),
            started: moment.now,
            lateness_us,
            skipped,
        },
    );
    clock.tick = number;
    clock.skipped += skipped;
    clock::write(ctx, clock);
    Ok(())
}

/// Starts the chain again where it broke: a tick that failed, a host that lost its one-shot, or a system clock that was
/// set back, after which the next tick may be due in a year.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn watchdog(ctx: &ReducerContext, _schedule: WatchdogSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "run the watchdog")?;
    let mut clock = clock::read(ctx)?;
    let is_set_back = clock.is_set_back(ctx);
    if !is_set_back && (clock.paused || is_chained(ctx, &clock)) {
        return Ok(());
    }
    let last = clock.now;
    clock.keep_time(ctx);
    if !clock.paused {
        clock.restarts += 1;
        clock.skipped += skipped_after(last, clock.now, clock.period_us);
        chain_from_now(ctx, &clock);
    }
    clock::write(ctx, clock);
    Ok(())
}

fn is_chained(ctx: &ReducerContext, clock: &Clock) -> bool {
    let lost = ctx.timestamp - TimeDuration::from_micros(clock.lost_after_us());
    ctx.db.tick_schedule().iter().any(|next| is_alive(&next, clock.tick, lost))
}

/// Whether a schedule leads on from the tick `done`: it is of a later one, and not so overdue that the host lost it.
fn is_alive(next: &TickSchedule, done: u64, lost: Timestamp) -> bool {
    next.number > done && next.due > lost
}

pub(crate) fn chain_from_now(ctx: &ReducerContext, clock: &Clock) {
    break_chain(ctx);
    ctx.db.tick_schedule().insert(after(clock.tick, ctx.timestamp, clock.period_us, 1));
}

pub(crate) fn break_chain(ctx: &ReducerContext) {
    for schedule in ctx.db.tick_schedule().iter() {
        ctx.db.tick_schedule().scheduled_id().delete(schedule.scheduled_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros_since_unix_epoch(micros)
    }

    #[test]
    fn the_next_tick_has_the_number_of_its_due_time() {
        let next = after(41, at(1_000_000), 100_000, 3);
        assert_eq!((next.number, next.due), (44, at(1_300_000)));
        assert!(matches!(next.scheduled_at, ScheduleAt::Time(due) if due == next.due));
    }

    #[test]
    fn a_chain_is_alive_while_a_later_tick_is_not_lost() {
        let alive = |number, due| is_alive(&after(number, at(due), 0, 0), 41, at(1_000_000));
        assert!(alive(42, 1_000_001));
        assert!(alive(99, 2_000_000));
        assert!(!alive(42, 1_000_000), "lost");
        assert!(!alive(42, 999_999), "lost long ago");
        assert!(!alive(41, 1_000_001), "a tick that ran");
        assert!(!alive(40, 1_000_001), "a tick before it");
    }
}
