//! The world's time: the number of the last tick, the owner's settings, and how late each recent tick was.

use crate::core::lead;
use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Ticks kept in `tick_log`: two minutes at 10 Hz.
pub const LOG_SLOTS: u64 = 1_200;
const LOST_AFTER_US: i64 = 5_000_000;

/// One row: the state of the clock.
#[table(name = clock, public)]
pub struct Clock {
    #[primary_key]
    pub id: u8,
    /// Number of the last tick that ran; skipped ticks have numbers too.
    pub tick: u64,
    /// The world's time at that tick. It never goes back, whatever the system's clock does (`lead.rs`).
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

/// How late each of the last ticks was, in the world's time. A ring, so that the log does not grow.
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
        let lead_us = self.lead_us(ctx, lead::read(ctx));
        Moment { tick: self.tick, now: self.now.max(lead::ahead(ctx.timestamp, lead_us)) }
    }

    /// Sets `now` to the present moment, from which later calls count. The caller writes the clock.
    pub(crate) fn keep_time(&mut self, ctx: &ReducerContext) -> Moment {
        let before = lead::read(ctx);
        let lead_us = self.lead_us(ctx, before);
        if lead_us != before {
            lead::write(ctx, lead_us);
        }
        self.now = self.now.max(lead::ahead(ctx.timestamp, lead_us));
        Moment { tick: self.tick, now: self.now }
    }

    /// Whether the system's clock was set back since the last tick.
    #[must_use]
    pub fn is_set_back(&self, ctx: &ReducerContext) -> bool {
        let before = lead::read(ctx);
        self.lead_us(ctx, before) > before
    }

    fn lead_us(&self, ctx: &ReducerContext, before: i64) -> i64 {
        // A paused clock has no ticks, so much time may have passed since the last one.
        let gap_us = if self.paused { i64::MAX } else { self.lost_after_us() };
        lead::next(before, self.now, ctx.timestamp, gap_us)
    }

    /// A tick this overdue is lost. A host that merely hung runs it as soon as it recovers.
    #[must_use]
    pub fn lost_after_us(&self) -> i64 {
        LOST_AFTER_US.max(2 * self.period_us)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(period_us: i64) -> Clock {
        Clock {
            id: 0,
            tick: 0,
            now: Timestamp::UNIX_EPOCH,
            period_us,
            act_every: 100,
            reflect_every: 4,
            paused: false,
            skipped: 0,
            restarts: 0,
        }
    }

    #[test]
    fn a_tick_is_lost_after_five_seconds_or_two_slow_periods() {
        assert_eq!(
            [100_000, 2_500_000, 60_000_000].map(|period| clock(period).lost_after_us()),
            [5_000_000, 5_000_000, 120_000_000]
        );
    }
}
