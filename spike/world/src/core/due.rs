//! Arithmetic of due times, in plain functions: everything that the clock promises rests on them.

use spacetimedb::{TimeDuration, Timestamp};

/// Negative when `to` is earlier.
#[must_use]
pub fn micros_between(from: Timestamp, to: Timestamp) -> i64 {
    to.to_micros_since_unix_epoch() - from.to_micros_since_unix_epoch()
}

/// The due time `steps` periods after `due`.
#[must_use]
pub fn later(due: Timestamp, period_us: i64, steps: u64) -> Timestamp {
    due + TimeDuration::from_micros(period_us.saturating_mul(i64::try_from(steps).unwrap_or(i64::MAX)))
}

/// How many due times after `due` have passed at `now`. The world skips them: after a hang it carries on and does not
/// race to catch up.
#[must_use]
pub fn skipped_after(due: Timestamp, now: Timestamp, period_us: i64) -> u64 {
    u64::try_from(micros_between(due, now) / period_us).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros_since_unix_epoch(micros)
    }

    #[test]
    fn a_tick_less_than_a_period_late_skips_nothing() {
        assert_eq!(skipped_after(at(1_000_000), at(1_099_999), 100_000), 0);
    }

    #[test]
    fn a_tick_called_early_skips_nothing() {
        assert_eq!(skipped_after(at(1_000_000), at(900_000), 100_000), 0);
    }

    #[test]
    fn after_a_hang_every_due_time_that_passed_is_skipped() {
        assert_eq!(skipped_after(at(1_000_000), at(1_350_000), 100_000), 3);
    }

    #[test]
    fn the_next_due_time_stays_on_the_grid_of_the_first() {
        assert_eq!(later(at(1_000_000), 100_000, 4), at(1_400_000));
    }

    #[test]
    fn time_between_two_moments_has_a_sign() {
        assert_eq!(micros_between(at(1_000), at(1_500)), 500);
        assert_eq!(micros_between(at(1_500), at(1_000)), -500);
    }

    #[test]
    fn a_tick_a_whole_period_late_skips_one() {
        assert_eq!(skipped_after(at(1_000_000), at(1_100_000), 100_000), 1);
    }
}
