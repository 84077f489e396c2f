//! The agents of a map, each in its place and with its routine.

use crate::core::agent::{Agent, Routine, NO_ROUTE};
use crate::core::place::Route;
use crate::founding::keys::Keys;
use crate::founding::map::{MapAgent, MapRoutine};

/// The row of an agent. One that rests gets a route of one stop, which is added to `planned`.
///
/// # Errors
/// When the agent names a route or a place that is not on the map.
pub fn plan_agent(
    id: u32,
    agent: &MapAgent,
    places: &Keys,
    routes: &Keys,
    planned: &mut Vec<Route>,
) -> Result<Agent, String> {
    let label = format!("agent \"{}\"", agent.name);
    Ok(match &agent.routine {
        MapRoutine::Patrol(route) => {
            start_on_route(id, Routine::Patrol, &planned[routes.find(route, &label)? as usize])
        }
        MapRoutine::Trade(route) => start_on_route(id, Routine::Trade, &planned[routes.find(route, &label)? as usize]),
        MapRoutine::Wander(place) => Agent::new(id, places.find(place, &label)?, Routine::Wander, NO_ROUTE, 0),
        MapRoutine::Rest(place) => {
            let place = places.find(place, &label)?;
            let route = Route { id: u32::try_from(planned.len()).unwrap_or(NO_ROUTE), stops: vec![place] };
            let resting = start_on_route(id, Routine::Rest, &route);
            planned.push(route);
            resting
        }
    })
}

/// An agent at a stop of its route. Ids spread over the stops, so that agents who share a route do not walk in a crowd.
#[must_use]
pub fn start_on_route(id: u32, routine: Routine, route: &Route) -> Agent {
    let step = id as usize % route.stops.len();
    Agent::new(id, route.stops[step], routine, route.id, u32::try_from(step).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::founding::sound_map::fault;

    #[test]
    fn an_agent_with_an_unknown_route_place_or_good_is_refused() {
        assert!(fault(|map| map.agents[0].routine = MapRoutine::Trade("sea".into())).contains("\"sea\""));
        assert!(fault(|map| map.agents[0].routine = MapRoutine::Wander("sky".into())).contains("\"sky\""));
        assert!(fault(|map| map.agents[0].holds[0].good = "ice".into()).contains("\"ice\""));
    }

    #[test]
    fn agents_who_share_a_route_start_at_different_stops_of_it() {
        let route = Route { id: 3, stops: vec![4, 5, 6] };
        let starts = [0, 1, 2, 3].map(|id| start_on_route(id, Routine::Patrol, &route));
        assert_eq!(starts.clone().map(|agent| (agent.place, agent.step)), [(4, 0), (5, 1), (6, 2), (4, 0)]);
        assert!(starts.iter().all(|agent| (agent.routine, agent.route) == (Routine::Patrol, 3)));
    }
}
