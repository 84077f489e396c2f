//! The world's time: the number of the last tick, the owner's settings, and how late each recent tick was.

use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Ticks kept in `tick_log`: two minutes at 10 Hz.
pub const LOG_SLOTS: u64 = 1_200;

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
    /// Every agent reflects once in so many acts; 0 is never.
    pub reflect_every: u32,
    pub paused: bool,
    pub skipped: u64,
    /// How often the watchdog had to start the chain again.
    pub restarts: u64,
}

/// How late each of the last ticks was. A ring, so that the log does not grow.
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

/// The world's time as one reducer sees it: read once, then passed on.
#[derive(Clone, Copy)]
pub struct Moment {
    /// Number of the last tick that ran.
    pub tick: u64,
    pub now: Timestamp,
}

impl Clock {
    /// The later of the last tick and the call. The host stamps a client's call before the call waits for the lock, and a
    /// tick after, so a call may carry a time that the world has already left behind.
    #[must_use]
    pub fn moment(&self, ctx: &ReducerContext) -> Moment {
        Moment { tick: self.tick, now: self.now.max(ctx.timestamp) }
    }
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
}

/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn read(ctx: &ReducerContext) -> Result<Clock, String> {
    ctx.db.clock().id().find(0).ok_or_else(|| "the world has no clock".into())
}

/// The present moment, for a reducer that needs nothing else of the clock.
///
/// # Errors
/// As `read`.
pub fn moment(ctx: &ReducerContext) -> Result<Moment, String> {
    Ok(read(ctx)?.moment(ctx))
}

pub(crate) fn write(ctx: &ReducerContext, clock: Clock) {
    ctx.db.clock().id().update(clock);
}

pub fn log_tick(ctx: &ReducerContext, row: TickLog) {
    let slots = ctx.db.tick_log().slot();
    if slots.find(row.slot).is_some() {
        slots.update(row);
    } else {
        ctx.db.tick_log().insert(row);
    }
}
