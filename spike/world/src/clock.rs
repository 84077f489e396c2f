//! The tick. Ticks are numbered by due times, never by counting calls.
//!
//! On the pinned host an interval schedule counts from the end of the last run and so drifts by its cost. The clock is
//! therefore a chain: each tick schedules the next one-shot at `due + period`. A one-shot that fails or traps is deleted
//! and not tried again, so a watchdog on an interval restarts a broken chain. A crash between a tick's commit and the
//! deletion of its row runs it twice, so a tick carries its number and a repeat does nothing.

use crate::due::{later, micros_between, skipped_after};
use crate::lab;
use crate::role;
use crate::routine;
use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, TimeDuration, Timestamp};

/// Ticks kept in `tick_log`: two minutes at 10 Hz.
pub const LOG_SLOTS: u64 = 1_200;
const WATCHDOG_PERIOD_US: i64 = 1_000_000;
/// A one-shot this overdue is lost. A host that merely hung runs it as soon as it recovers.
const LOST_AFTER_US: i64 = 5_000_000;

/// One row: the state of the clock.
#[table(name = clock, public)]
pub struct Clock {
    #[primary_key]
    pub id: u8,
    /// Number of the last tick that ran; skipped ticks have numbers too.
    pub tick: u64,
    /// When that tick ran.
    pub now: Timestamp,
    pub period_us: i64,
    /// Every agent acts once in so many ticks.
    pub act_every: u32,
    /// Every agent asks for a thought once in so many acts; 0 is never.
    pub reflect_every: u32,
    pub paused: bool,
    pub skipped: u64,
    /// How often the watchdog had to start the chain again.
    pub restarts: u64,
}

/// How late each of the last ticks was: a ring, because the record of the clock must not grow either.
#[table(name = tick_log, public)]
pub struct TickLog {
    #[primary_key]
    pub slot: u64,
    pub tick: u64,
    pub due: Timestamp,
    pub started: Timestamp,
    pub lateness_us: i64,
    /// Due times that passed unserved between this tick and the next one.
    pub skipped: u64,
}

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

/// A clock at 10 Hz that does not run yet.
pub fn init(ctx: &ReducerContext) {
    ctx.db.clock().insert(Clock {
        id: 0,
        tick: 0,
        now: ctx.timestamp,
        period_us: 100_000,
        act_every: 100,
        reflect_every: 4,
        paused: true,
        skipped: 0,
        restarts: 0,
    });
    ctx.db.watchdog_schedule().insert(WatchdogSchedule {
        scheduled_id: 0,
        scheduled_at: TimeDuration::from_micros(WATCHDOG_PERIOD_US).into(),
    });
}

/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn read(ctx: &ReducerContext) -> Result<Clock, String> {
    ctx.db.clock().id().find(0).ok_or_else(|| "the world has no clock".into())
}

pub(crate) fn write(ctx: &ReducerContext, clock: Clock) {
    ctx.db.clock().id().update(clock);
}

/// The world's time. A client's call gets its timestamp before it waits for the lock, a tick after, so a call may
/// carry a time that the world has already left behind.
#[must_use]
pub fn now(ctx: &ReducerContext) -> Timestamp {
    read(ctx).map_or(ctx.timestamp, |clock| clock.now.max(ctx.timestamp))
}

/// One tick, called by the host when `schedule` is due.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn tick(ctx: &ReducerContext, schedule: TickSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "tick")?;
    let clock = read(ctx)?;
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
    run_tick(ctx, clock, schedule.number, schedule.due, skipped);
    Ok(())
}

/// What the world does in a tick, however the tick came about.
pub fn run_tick(ctx: &ReducerContext, mut clock: Clock, number: u64, due: Timestamp, skipped: u64) {
    routine::act(ctx, number, clock.act_every, clock.reflect_every);
    lab::burn_in_tick(ctx);
    log(
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
    write(ctx, clock);
}

fn log(ctx: &ReducerContext, row: TickLog) {
    let slots = ctx.db.tick_log().slot();
    if slots.find(row.slot).is_some() {
        slots.update(row);
    } else {
        ctx.db.tick_log().insert(row);
    }
}

/// Starts the chain again where it broke: a tick that failed, or a host that lost its one-shot.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn watchdog(ctx: &ReducerContext, _schedule: WatchdogSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "run the watchdog")?;
    let mut clock = read(ctx)?;
    let lost = ctx.timestamp - TimeDuration::from_micros(LOST_AFTER_US.max(2 * clock.period_us));
    let alive = (ctx.db.tick_schedule().iter()).any(|next| next.number > clock.tick && next.due > lost);
    if clock.paused || alive {
        return Ok(());
    }
    clock.restarts += 1;
    clock.skipped += skipped_after(clock.now, ctx.timestamp, clock.period_us);
    chain_from_now(ctx, &clock);
    ctx.db.clock().id().update(clock);
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
