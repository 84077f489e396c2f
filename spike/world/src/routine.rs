//! The fast path: what an agent does by itself, inside the tick, without a mind.

use crate::agent::{agent, Agent};
use crate::place::{exit, route};
use crate::think;
use spacetimedb::{ReducerContext, Table};
use std::collections::HashMap;
use std::ops::Range;

/// Lets those act whose turn it is. A tick costs what acts: nobody else's row is read.
pub fn act(ctx: &ReducerContext, tick: u64, act_every: u32, reflect_every: u32) {
    let mut routes: HashMap<u32, Vec<u32>> = HashMap::new();
    let agents = ctx.db.agent();
    for id in cohort(tick, act_every, agents.count()) {
        let Some(agent) = agents.id().find(id) else {
            continue;
        };
        let stops = (routes.entry(agent.route))
            .or_insert_with_key(|id| ctx.db.route().id().find(id).map_or_else(Vec::new, |route| route.stops));
        let next = patrol(&agent, stops, || ctx.db.exit().from().filter(agent.place).map(|exit| exit.to).collect());
        if next != agent {
            agents.id().update(next);
        }
        if reflects(tick, act_every, reflect_every, id) {
            think::reflect(ctx, id);
        }
    }
}

/// The ids that act in this tick: the living are cut into `act_every` neighbouring ranges that take turns.
#[must_use]
pub fn cohort(tick: u64, act_every: u32, living: u64) -> Range<u32> {
    let every = u64::from(act_every.max(1));
    let turn = tick % every;
    let cut = |part: u64| u32::try_from(living * part / every).unwrap_or(u32::MAX);
    cut(turn)..cut(turn + 1)
}

/// Whether an agent asks for a thought in this act; neighbours do so in different acts.
#[must_use]
pub fn reflects(tick: u64, act_every: u32, reflect_every: u32, id: u32) -> bool {
    let act = tick / u64::from(act_every.max(1));
    reflect_every > 0 && (act + u64::from(id)).is_multiple_of(u64::from(reflect_every))
}

/// One step of a patrol. On its route an agent goes to the next stop, which the founding has checked for an exit; an
/// agent that a thought led away goes back to a stop that an exit reaches, or rests.
#[must_use]
pub fn patrol(agent: &Agent, stops: &[u32], exits: impl FnOnce() -> Vec<u32>) -> Agent {
    let position = |place: u32| stops.iter().position(|stop| *stop == place);
    let step = if stops.get(agent.step as usize) == Some(&agent.place) {
        Some((agent.step as usize + 1) % stops.len())
    } else {
        position(agent.place).or_else(|| exits().into_iter().find_map(position))
    };
    match step {
        Some(step) => Agent { place: stops[step], step: u32::try_from(step).unwrap_or(0), ..agent.clone() },
        None => agent.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(place: u32, step: u32) -> Agent {
        Agent { id: 0, place, route: 0, step }
    }

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
    fn a_patrol_goes_round_its_stops() {
        let stops = [4, 5, 6];
        let walked = patrol(&agent(6, 2), &stops, || unreachable!("on its route no exit is read"));
        assert_eq!((walked.place, walked.step), (4, 0));
    }

    #[test]
    fn an_agent_off_its_route_returns_through_an_exit() {
        let back = patrol(&agent(9, 0), &[4, 5, 6], || vec![8, 5]);
        assert_eq!((back.place, back.step), (5, 1));
    }

    #[test]
    fn an_agent_that_no_exit_leads_back_rests() {
        assert_eq!(patrol(&agent(9, 0), &[4, 5], || vec![8]), agent(9, 0));
    }

    #[test]
    fn each_agent_reflects_once_in_so_many_acts_and_never_at_zero() {
        let thoughts = (0..300).filter(|tick| reflects(*tick, 3, 10, 7)).count();
        assert_eq!(thoughts, 30, "3 ticks of each of 10 acts in 100");
        assert!(!(0..100).any(|tick| reflects(tick, 1, 0, 7)));
    }
}
