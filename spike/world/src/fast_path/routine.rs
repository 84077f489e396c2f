//! What an agent does by itself, inside the tick, without a mind.
//!
//! A routine changes the state of the world and writes no event: at 10 Hz, a thousand steps a tick are not news.

use crate::core::agent::{agent, with_ids, Agent, Routine, AWAY};
use crate::core::clock::Moment;
use crate::core::place::{exit, route};
use crate::core::region;
use crate::core::stall;
use crate::core::traveller::visitor;
use crate::fast_path::market::Market;
use crate::fast_path::turn::{acts_as_visitor, cohort, reflects};
use crate::slow_path::{opening, stats};
use spacetimedb::{rand::Rng, ReducerContext, Table};
use std::collections::BTreeMap;

/// Lets those act whose turn it is in the tick `number`. A tick costs what acts: nobody else's row is read.
///
/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn act(
    ctx: &ReducerContext,
    moment: Moment,
    number: u64,
    act_every: u32,
    reflect_every: u32,
) -> Result<(), String> {
    let before = stats::read(ctx)?;
    let mut queue = before.clone();
    let mut map = MapCache::new(ctx);
    let mut market = Market::new(ctx);
    let agents = ctx.db.agent();
    let own = region::read(ctx)?.ids_with_routine();
    let turn = cohort(number, act_every, u64::from(own.end - own.start));
    let visitors = (ctx.db.visitor().iter())
        .filter(|visitor| acts_as_visitor(number, act_every, visitor.agent))
        .filter_map(|visitor| agents.id().find(visitor.agent));
    // No step changes the row of another agent, so all may be read before the first one acts.
    let residents = with_ids(ctx, own.start + turn.start..own.start + turn.end);
    for agent in residents.chain(visitors).filter(acts_by_itself) {
        let next = map.step(&agent);
        let id = next.id;
        if next != agent {
            agents.id().update(next.clone());
        }
        if next.routine == Routine::Trade {
            if let Some(keeper) = map.keeper(next.place).filter(|keeper| *keeper != id) {
                market.bargain(keeper, id);
            }
        }
        if reflects(number, act_every, reflect_every, id) {
            market.close(id);
            if let Err(reason) = opening::reflect(ctx, moment, &mut queue, &next, "") {
                spacetimedb::log::debug!("agent {id} goes on without a thought: {reason}");
            }
        }
    }
    market.close_all();
    if queue != before {
        stats::write(ctx, queue);
    }
    Ok(())
}

/// What many agents of one tick need of the map, read once.
struct MapCache<'a> {
    ctx: &'a ReducerContext,
    stops: BTreeMap<u32, Vec<u32>>,
    ways: BTreeMap<u32, Vec<u32>>,
    keepers: BTreeMap<u32, Option<u32>>,
}

impl<'a> MapCache<'a> {
    const fn new(ctx: &'a ReducerContext) -> Self {
        Self { ctx, stops: BTreeMap::new(), ways: BTreeMap::new(), keepers: BTreeMap::new() }
    }

    fn step(&mut self, agent: &Agent) -> Agent {
        let db = &self.ctx.db;
        let stops = (self.stops.entry(agent.route))
            .or_insert_with_key(|id| db.route().id().find(*id).map_or_else(Vec::new, |route| route.stops));
        let ways = (self.ways.entry(agent.place))
            .or_insert_with_key(|place| db.exit().from().filter(*place).map(|exit| exit.to).collect());
        walk(agent, stops, ways, |count| self.ctx.rng().gen_range(0..count))
    }

    /// The keeper of an open stall in a place. A keeper who comes home in this tick opens it in the next one.
    fn keeper(&mut self, place: u32) -> Option<u32> {
        *self.keepers.entry(place).or_insert_with(|| stall::keeper(self.ctx, place).ok())
    }
}

/// Whether an agent has a routine to follow here.
fn acts_by_itself(agent: &Agent) -> bool {
    agent.routine != Routine::PlayerControlled && agent.place != AWAY
}

/// One step. On its route an agent goes to the next stop; the founding has checked that an exit leads there. Off its
/// route, as after a thought, it takes an exit that reaches a stop. Where none does, and without a route, it takes the exit
/// that `pick` chooses.
#[must_use]
pub fn walk(agent: &Agent, stops: &[u32], ways: &[u32], pick: impl FnOnce(usize) -> usize) -> Agent {
    let position = |place: u32| stops.iter().position(|stop| *stop == place);
    let step = if stops.get(agent.step as usize) == Some(&agent.place) {
        Some((agent.step as usize + 1) % stops.len())
    } else {
        position(agent.place).or_else(|| ways.iter().copied().find_map(position))
    };
    match step {
        Some(step) => Agent { step: u32::try_from(step).unwrap_or(0), ..agent.moved(stops[step]) },
        None if ways.is_empty() => agent.clone(),
        None => agent.moved(ways[pick(ways.len())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(place: u32, step: u32) -> Agent {
        Agent::new(0, place, Routine::Patrol, 0, step)
    }

    fn no_choice(_: usize) -> usize {
        unreachable!("on a route there is nothing to choose")
    }

    #[test]
    fn a_patrol_goes_round_its_stops() {
        let walked = walk(&agent(6, 2), &[4, 5, 6], &[4], no_choice);
        assert_eq!((walked.place, walked.step), (4, 0));
    }

    #[test]
    fn one_stop_is_a_place_to_rest() {
        assert_eq!(walk(&agent(4, 0), &[4], &[5], no_choice), agent(4, 0));
    }

    #[test]
    fn an_agent_off_its_route_returns_through_an_exit() {
        let back = walk(&agent(9, 0), &[4, 5, 6], &[8, 5], no_choice);
        assert_eq!((back.place, back.step), (5, 1));
    }

    #[test]
    fn an_agent_that_no_exit_leads_back_looks_for_its_way() {
        assert_eq!(walk(&agent(9, 0), &[4, 5], &[7, 8], |_| 1).place, 8);
    }

    #[test]
    fn an_agent_without_a_route_wanders_and_only_through_exits() {
        assert_eq!(walk(&agent(9, 0), &[], &[7, 8], |_| 0).place, 7);
        assert_eq!(walk(&agent(9, 0), &[], &[], no_choice), agent(9, 0));
    }

    #[test]
    fn a_step_past_the_end_of_a_route_is_no_stop() {
        let walked = walk(&agent(5, 9), &[4, 5], &[4], no_choice);
        assert_eq!((walked.place, walked.step), (5, 1), "it stays at the stop where it is");
    }
}
