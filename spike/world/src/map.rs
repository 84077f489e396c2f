//! The map that a world is founded from, and the checks that it must pass.

use crate::agent::{Agent, AgentProfile};
use crate::place::{Exit, Place, Route};
use spacetimedb::SpacetimeType;
use std::collections::{HashMap, HashSet};

/// Places are known by key here, by number in the tables.
#[derive(SpacetimeType, Clone, Debug)]
pub struct WorldMap {
    pub name: String,
    pub places: Vec<MapPlace>,
    pub exits: Vec<MapExit>,
    pub routes: Vec<MapRoute>,
    pub agents: Vec<MapAgent>,
}

#[derive(SpacetimeType, Clone, Debug)]
pub struct MapPlace {
    pub key: String,
    pub name: String,
    pub description: String,
}

#[derive(SpacetimeType, Clone, Debug)]
pub struct MapExit {
    pub from: String,
    pub direction: String,
    pub to: String,
}

#[derive(SpacetimeType, Clone, Debug)]
pub struct MapRoute {
    pub key: String,
    pub stops: Vec<String>,
}

#[derive(SpacetimeType, Clone, Debug)]
pub struct MapAgent {
    pub name: String,
    pub persona: String,
    pub route: String,
}

/// A map turned into rows.
#[derive(Default)]
pub struct Plan {
    pub places: Vec<Place>,
    pub exits: Vec<Exit>,
    pub routes: Vec<Route>,
    pub agents: Vec<(Agent, AgentProfile)>,
}

/// Numbers the places and checks every reference.
///
/// # Errors
/// Names the first key, exit, route or agent that is wrong.
pub fn survey(map: &WorldMap) -> Result<Plan, String> {
    let mut plan = Plan::default();
    let mut places = HashMap::new();
    if map.places.is_empty() {
        return Err("the map has no places".into());
    }
    for (id, place) in (0u32..).zip(&map.places) {
        if place.key.is_empty() || places.insert(place.key.as_str(), id).is_some() {
            return Err(format!("place key \"{}\" is empty or used twice", place.key));
        }
        plan.places.push(Place { id, name: place.name.clone(), description: place.description.clone() });
    }
    let find = |key: &str, user: String| {
        let id = places.get(key).copied();
        id.ok_or_else(|| format!("{user} names the place \"{key}\", which is not on the map"))
    };

    let mut directions = HashSet::new();
    let mut ways = HashSet::new();
    for (id, exit) in (0u32..).zip(&map.exits) {
        let label = format!("exit \"{}\" of \"{}\"", exit.direction, exit.from);
        let (from, to) = (find(&exit.from, label.clone())?, find(&exit.to, label.clone())?);
        if !directions.insert((from, exit.direction.as_str())) {
            return Err(format!("{label} is there twice"));
        }
        ways.insert((from, to));
        plan.exits.push(Exit { id, from, direction: exit.direction.clone(), to });
    }

    let mut routes = HashMap::new();
    for (id, route) in (0u32..).zip(&map.routes) {
        let label = format!("route \"{}\"", route.key);
        let stops = (route.stops.iter()).map(|key| find(key, label.clone()));
        let stops = stops.collect::<Result<Vec<_>, _>>()?;
        if stops.len() < 2 || routes.insert(route.key.as_str(), id).is_some() {
            return Err(format!("{label} has fewer than two stops, or is there twice"));
        }
        for (index, from) in stops.iter().enumerate() {
            let next = (index + 1) % stops.len();
            if !ways.contains(&(*from, stops[next])) {
                let (from, to) = (&route.stops[index], &route.stops[next]);
                return Err(format!("{label} walks from \"{from}\" to \"{to}\", and no exit leads there"));
            }
        }
        plan.routes.push(Route { id, stops });
    }

    for (id, agent) in (0u32..).zip(&map.agents) {
        let route = (routes.get(agent.route.as_str()).copied()).ok_or_else(|| {
            format!("agent \"{}\" walks the route \"{}\", which is not on the map", agent.name, agent.route)
        })?;
        plan.agents.push(settle(id, &plan.routes[route as usize], agent.name.clone(), agent.persona.clone()));
    }
    Ok(plan)
}

/// A new agent, somewhere along its route, so that those who share one do not walk in a crowd.
#[must_use]
pub fn settle(id: u32, route: &Route, name: String, persona: String) -> (Agent, AgentProfile) {
    let step = id as usize % route.stops.len();
    let hot = Agent { id, place: route.stops[step], route: route.id, step: u32::try_from(step).unwrap_or(0) };
    (hot, AgentProfile { id, name, persona })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> WorldMap {
        let place = |key: &str| MapPlace { key: key.into(), name: key.to_uppercase(), description: String::new() };
        let exit = |from: &str, direction: &str, to: &str| MapExit {
            from: from.into(),
            direction: direction.into(),
            to: to.into(),
        };
        WorldMap {
            name: "Test".into(),
            places: vec![place("gate"), place("market")],
            exits: vec![exit("gate", "north", "market"), exit("market", "south", "gate")],
            routes: vec![MapRoute { key: "watch".into(), stops: vec!["gate".into(), "market".into()] }],
            agents: vec![MapAgent { name: "Mira".into(), persona: "A guard.".into(), route: "watch".into() }],
        }
    }

    fn fault(spoil: impl FnOnce(&mut WorldMap)) -> String {
        let mut map = map();
        spoil(&mut map);
        survey(&map).err().expect("the map should be refused")
    }

    #[test]
    fn a_sound_map_becomes_rows_numbered_from_zero() {
        let plan = survey(&map()).expect("a sound map");
        assert_eq!(plan.routes[0].stops, [0, 1]);
        assert_eq!(plan.agents[0].0.place, 0);
        assert_eq!((plan.exits[1].from, plan.exits[1].to), (1, 0));
    }

    #[test]
    fn a_dangling_exit_is_refused_by_name() {
        let said = fault(|map| map.exits[0].to = "moon".into());
        assert_eq!(said, "exit \"north\" of \"gate\" names the place \"moon\", which is not on the map");
    }

    #[test]
    fn two_exits_in_one_direction_are_refused() {
        let said = fault(|map| map.exits[1] = map.exits[0].clone());
        assert_eq!(said, "exit \"north\" of \"gate\" is there twice");
    }

    #[test]
    fn a_route_through_a_wall_is_refused() {
        let said = fault(|map| drop(map.exits.pop()));
        assert_eq!(said, "route \"watch\" walks from \"market\" to \"gate\", and no exit leads there");
    }

    #[test]
    fn a_place_key_used_twice_is_refused() {
        assert!(fault(|map| map.places[1].key = "gate".into()).contains("used twice"));
    }

    #[test]
    fn an_agent_on_an_unknown_route_is_refused() {
        assert!(fault(|map| map.agents[0].route = "sea".into()).contains("\"sea\""));
    }

    #[test]
    fn an_empty_map_is_refused() {
        assert_eq!(fault(|map| map.places.clear()), "the map has no places");
    }
}
