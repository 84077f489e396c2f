//! What keeps the world's time from going back when the system's clock is set back.
//!
//! The host stamps every call from the system's clock, but its timers wait by a clock that nobody can set. After a step
//! back the world's time therefore continues from where it was: it leads the system's clock by what that one lost. Every
//! deadline, back-off and window in the world counts in the world's time, so none of them waits for the system's clock to
//! come round again. While it leads, the world's time passes a tenth slower, until both agree again.

use crate::core::due::micros_between;
use spacetimedb::{table, ReducerContext, Table, TimeDuration, Timestamp};

/// Calls may be out of order by less than this without a step of the clock: the host stamps some before they wait.
pub const OUT_OF_ORDER_US: i64 = 1_000_000;
/// While the world's time leads, it passes slower by one part in so many.
const SLOWER_BY: i64 = 10;

/// One row, private, written only after the system's clock was set back. Without it the world's time is the system's.
#[table(name = clock_lead)]
pub struct ClockLead {
    #[primary_key]
    pub id: u8,
    /// The world's time minus the system's, never negative.
    pub lead_us: i64,
}

pub fn read(ctx: &ReducerContext) -> i64 {
    ctx.db.clock_lead().id().find(0).map_or(0, |row| row.lead_us)
}

pub fn write(ctx: &ReducerContext, lead_us: i64) {
    if ctx.db.clock_lead().id().find(0).is_some() {
        ctx.db.clock_lead().id().update(ClockLead { id: 0, lead_us });
    } else {
        ctx.db.clock_lead().insert(ClockLead { id: 0, lead_us });
    }
}

#[must_use]
pub fn ahead(system: Timestamp, lead_us: i64) -> Timestamp {
    system + TimeDuration::from_micros(lead_us)
}

/// The lead at a call of the time `system`, when it was `lead_us` at the world's time `last`. A gap longer than `gap_us`
/// is a system clock that was set forward, or a host that hung: the world's time lets it pass as far as it leads.
#[must_use]
pub fn next(lead_us: i64, last: Timestamp, system: Timestamp, gap_us: i64) -> i64 {
    let passed = micros_between(last, ahead(system, lead_us));
    if passed < -OUT_OF_ORDER_US {
        return lead_us - passed;
    }
    let waits = if passed > gap_us { passed } else { passed / SLOWER_BY };
    lead_us - waits.clamp(0, lead_us)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP_US: i64 = 5_000_000;
    const HOUR: i64 = 3_600;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros_since_unix_epoch(seconds * 1_000_000)
    }

    /// Lead in seconds, from a lead and a last time in seconds, when the system's clock says `system`.
    fn next_s(lead: i64, last: i64, system: i64) -> i64 {
        next(lead * 1_000_000, at(last), at(system), GAP_US) / 1_000_000
    }

    #[test]
    fn without_a_step_back_the_world_has_the_time_of_the_system() {
        for system in [100, 101, 104, 200, 100 + HOUR] {
            assert_eq!(next_s(0, 100, system), 0, "at {system}");
        }
    }

    #[test]
    fn after_a_step_back_of_any_size_the_time_of_the_world_continues() {
        for lost in [2, 60, HOUR, 56 * 365 * 24 * HOUR] {
            let lead = next_s(0, 60 * 365 * 24 * HOUR, 60 * 365 * 24 * HOUR - lost);
            assert_eq!(lead, lost);
            assert_eq!(
                next_s(lead, 60 * 365 * 24 * HOUR, 60 * 365 * 24 * HOUR - lost - 10),
                lost + 10,
                "a second step"
            );
        }
    }

    #[test]
    fn calls_slightly_out_of_order_are_no_step() {
        assert_eq!(next(0, at(100), at(99), GAP_US), 0);
    }

    #[test]
    fn a_lead_shrinks_with_every_tick_and_the_time_of_the_world_still_passes() {
        let (mut lead, mut last) = (7_000_000, at(100));
        for tick in 1..=1_000 {
            let system = at(93) + TimeDuration::from_micros(tick * 100_000);
            let shorter = next(lead, last, system, GAP_US);
            assert!(shorter < lead || lead == 0, "tick {tick}: {lead}, then {shorter}");
            assert!(ahead(system, shorter) > last, "tick {tick}");
            (lead, last) = (shorter, ahead(system, shorter));
        }
        assert_eq!((lead, last), (0, at(193)));
    }

    #[test]
    fn a_step_forward_uses_up_the_lead_before_the_time_of_the_world_steps() {
        assert_eq!(next_s(HOUR, 100, 100), 0, "the step back is undone");
        assert_eq!(next_s(HOUR, 100, 100 - HOUR + 60), HOUR - 60, "a part of it is");
        assert_eq!(next_s(HOUR, 100, 200), 0, "more than it is");
    }

    #[test]
    fn only_a_time_longer_than_the_gap_is_a_gap() {
        assert_eq!(next(10_000_000, at(100), at(95), GAP_US), 9_500_000, "the lead shrinks by a tenth of 5 s");
        assert_eq!(next(10_000_000, at(100), at(96), GAP_US), 4_000_000, "6 s pass at once");
    }
}
