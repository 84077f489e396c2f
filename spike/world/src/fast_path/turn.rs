//! Whose turn it is: who acts in a tick, and who reflects in it.

use std::ops::Range;

/// Whether it is a visitor's turn. Visitors have ids of other regions, so no range of neighbouring ids holds them.
pub(super) fn acts_as_visitor(tick: u64, act_every: u32, id: u32) -> bool {
    (tick + u64::from(id)).is_multiple_of(u64::from(act_every.max(1)))
}

/// The residents that act in this tick: all are cut into `act_every` neighbouring ranges, which take turns.
pub(super) fn cohort(tick: u64, act_every: u32, living: u64) -> Range<u32> {
    let every = u64::from(act_every.max(1));
    let turn = tick % every;
    let cut = |part: u64| u32::try_from(living * part / every).unwrap_or(u32::MAX);
    cut(turn)..cut(turn + 1)
}

/// Whether an agent reflects in this act. Neighbours do so in different acts.
pub(super) fn reflects(tick: u64, act_every: u32, reflect_every: u32, id: u32) -> bool {
    let act = tick / u64::from(act_every.max(1));
    reflect_every > 0 && (act + u64::from(id)).is_multiple_of(u64::from(reflect_every))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cohorts_of_one_round_are_everybody_once() {
        for (living, every) in [(0, 3), (7, 3), (1_000, 1), (5, 30), (100_000, 100)] {
            let mut all: Vec<u32> = (0..u64::from(every)).flat_map(|tick| cohort(tick, every, living)).collect();
            all.sort_unstable();
            assert_eq!(all, (0..u32::try_from(living).unwrap()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn everybody_acts_in_every_tick_when_the_round_is_one_tick() {
        assert_eq!(cohort(41, 1, 1_000), 0..1_000);
    }

    #[test]
    fn each_agent_reflects_once_in_so_many_acts_and_never_at_zero() {
        let thoughts = (0..300).filter(|tick| reflects(*tick, 3, 10, 7)).count();
        assert_eq!(thoughts, 30, "3 ticks of each of 10 acts in 100");
        assert!(!(0..100).any(|tick| reflects(tick, 1, 0, 7)));
    }

    #[test]
    fn the_first_agent_reflects_in_the_first_act_and_neighbours_in_other_acts() {
        let acts = |id| (0..20).filter(|tick| reflects(*tick, 2, 5, id)).collect::<Vec<_>>();
        assert_eq!(acts(0), [0, 1, 10, 11]);
        assert_eq!(acts(1), [8, 9, 18, 19]);
    }

    #[test]
    fn a_round_of_no_tick_counts_as_one() {
        assert!(reflects(3, 0, 3, 0));
        assert_eq!(cohort(41, 0, 10), 0..10);
    }

    #[test]
    fn cohorts_take_turns() {
        assert_eq!([0, 1, 2, 3].map(|tick| cohort(tick, 3, 9)), [0..3, 3..6, 6..9, 0..3]);
    }

    #[test]
    fn where_nobody_reflects_not_even_the_first_agent_does_in_the_first_tick() {
        assert!(!reflects(0, 1, 0, 0));
    }
}
