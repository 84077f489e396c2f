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
/// A one-shot this overdue is lost. A host that merely hung runs it as soon as it recovers.
const LOST_AFTER_US: i64 = 5_000_000;

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
    let steps = 1 + skipped;
    ctx.db.tick_schedule().insert(TickSchedule {
        scheduled_id: 0,
        scheduled_at: later(schedule.due, clock.period_us, steps).into(),
        number: schedule.number + steps,
        due: later(schedule.due, clock.period_us, steps),
    });
    run_tick(ctx, clock, schedule.number, schedule.due, skipped)
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
    routine::act(ctx, clock.moment(ctx), number, clock.act_every, clock.reflect_every)?;
    fault::burn_in_tick(ctx);
    clock::log_tick(
        ctx,
        TickLog {
            slot: number % LOG_SLOTS,
            tick: number,
            due,
            started: ctx.timestamp,
            lateness_us: micros_between(due, ctx.timestamp),
            skipped,
        },
    );
    clock.tick = number;
    clock.now = ctx.timestamp;
    clock.skipped += skipped;
    clock::write(ctx, clock);
    Ok(())
}

/// Starts the chain again where it broke: a tick that failed, or a host that lost its one-shot.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn watchdog(ctx: &ReducerContext, _schedule: WatchdogSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "run the watchdog")?;
    let mut clock = clock::read(ctx)?;
    let lost = ctx.timestamp - TimeDuration::from_micros(LOST_AFTER_US.max(2 * clock.period_us));
    let alive = (ctx.db.tick_schedule().iter()).any(|next| next.number > clock.tick && next.due > lost);
    if clock.paused || alive {
        return Ok(());
    }
    clock.restarts += 1;
    clock.skipped += skipped_after(clock.now, ctx.timestamp, clock.period_us);
    chain_from_now(ctx, &clock);
    clock::write(ctx, clock);
    Ok(())
}

pub(crate) fn chain_from_now(ctx: &ReducerContext, clock: &Clock) {
    break_chain(ctx);
    let due = later(ctx.timestamp, clock.period_us, 1);
    ctx.db.tick_schedule().insert(TickSchedule {
        scheduled_id: 0,
        scheduled_at: due.into(),
        number: clock.tick + 1,
        due,
    });
}

pub(crate) fn break_chain(ctx: &ReducerContext) {
    for schedule in ctx.db.tick_schedule().iter() {
        ctx.db.tick_schedule().scheduled_id().delete(schedule.scheduled_id);
    }
}
