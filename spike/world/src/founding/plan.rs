//! The checks that a map must pass, and the rows that it becomes.

use crate::core::agent::{Agent, AgentProfile, Routine, NO_ROUTE};
use crate::core::holding::{Good, GOLD, TREASURY};
use crate::core::name::check_name;
use crate::core::place::{Exit, Place, Route};
use crate::core::stall::Stall;
use crate::founding::map::{MapAgent, MapHolding, MapRoutine, WorldMap};
use std::collections::{HashMap, HashSet};

/// The most of one good in the whole world, so that no sum of holdings overflows.
const MOST: u64 = 1_000_000_000;

/// A map turned into rows.
#[derive(Default)]
pub struct Plan {
    pub goods: Vec<Good>,
    pub places: Vec<Place>,
    pub exits: Vec<Exit>,
    pub routes: Vec<Route>,
    pub agents: Vec<(Agent, AgentProfile)>,
    pub stalls: Vec<Stall>,
    /// Holder, good and quantity.
    pub holdings: Vec<(u32, u32, u32)>,
    pub newcomer_place: u32,
}

impl Plan {
    /// Numbers what the map names, and checks every reference.
    ///
    /// # Errors
    /// Names the first key or name that is wrong, and who uses it.
    pub fn from_map(map: &WorldMap) -> Result<Self, String> {
        if map.places.is_empty() {
            return Err("the map has no places".into());
        }
        let mut plan = Self::default();
        let places = Keys::of("place", map.places.iter().map(|place| place.key.as_str()))?;
        let goods = Keys::of("good", std::iter::once("gold").chain(map.goods.iter().map(String::as_str)))?;
        let routes = Keys::of("route", map.routes.iter().map(|route| route.key.as_str()))?;
        Keys::of("agent", map.agents.iter().map(|agent| agent.name.as_str()))?;

        plan.places = (0..)
            .zip(&map.places)
            .map(|(id, place)| Place { id, name: place.name.clone(), description: place.description.clone() })
            .collect();
        plan.goods.push(Good { id: GOLD, name: "gold".into() });
        plan.goods.extend((1..).zip(&map.goods).map(|(id, name)| Good { id, name: name.clone() }));
        let ways = plan_exits(&mut plan, map, &places)?;
        plan_routes(&mut plan, map, &places, &ways)?;
        for (id, agent) in (0u32..).zip(&map.agents) {
            check_name(&agent.name)?;
            plan_agent(&mut plan, id, agent, &places, &routes)?;
            plan.holdings.push((id, GOLD, agent.gold));
            for MapHolding { good, quantity } in &agent.holds {
                let good = goods.find(good, &format!("agent \"{}\"", agent.name))?;
                plan.holdings.push((id, good, *quantity));
            }
        }
        for stall in &map.stalls {
            let place = places.find(&stall.place, "a stall")?;
            let keeper = plan.agents.iter().find(|(hot, cold)| cold.name == stall.keeper && hot.place == place);
            let Some((keeper, _)) = keeper.filter(|(hot, _)| hot.routine == Routine::Rest) else {
                return Err(format!(
                    "nobody named \"{}\" rests in \"{}\" to keep its stall",
                    stall.keeper, stall.place
                ));
            };
            if plan.stalls.iter().any(|other| other.place == place) {
                return Err(format!("there are two stalls in \"{}\"", stall.place));
            }
            plan.stalls.push(Stall { place, keeper: keeper.id });
        }
        plan.newcomer_place = places.find(&map.newcomers.place, "the map's newcomers")?;
        plan.holdings.push((TREASURY, GOLD, map.newcomers.treasury));
        check_sums(&plan)?;
        Ok(plan)
    }
}

/// Keys or names in the order of their numbers.
struct Keys<'a> {
    of: &'static str,
    ids: HashMap<&'a str, u32>,
}

impl<'a> Keys<'a> {
    fn of(of: &'static str, keys: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut ids = HashMap::new();
        for (id, key) in (0u32..).zip(keys) {
            check_label(of, key)?;
            if ids.insert(key, id).is_some() {
                return Err(format!("the {of} \"{key}\" is there twice"));
            }
        }
        Ok(Self { of, ids })
    }

    fn find(&self, key: &str, user: &str) -> Result<u32, String> {
        let id = self.ids.get(key).copied();
        id.ok_or_else(|| format!("{user} names the {} \"{key}\", which is not on the map", self.of))
    }
}

/// Goods and directions stand in events, whose digest separates fields by tabs and events by lines.
fn check_label(of: &str, label: &str) -> Result<(), String> {
    if label.is_empty() {
        return Err(format!("a {of} on the map is empty"));
    }
    if label.chars().any(char::is_control) {
        return Err(format!("the {of} {label:?} holds a control character: use text in one line"));
    }
    Ok(())
}

/// Returns which place leads to which.
fn plan_exits(plan: &mut Plan, map: &WorldMap, places: &Keys) -> Result<HashSet<(u32, u32)>, String> {
    let mut directions = HashSet::new();
    let mut ways = HashSet::new();
    for (id, exit) in (0u32..).zip(&map.exits) {
        let label = format!("exit \"{}\" of \"{}\"", exit.direction, exit.from);
        let (from, to) = (places.find(&exit.from, &label)?, places.find(&exit.to, &label)?);
        check_label("direction", &exit.direction)?;
        if !directions.insert((from, exit.direction.as_str())) {
            return Err(format!("{label} is there twice"));
        }
        ways.insert((from, to));
        plan.exits.push(Exit { id, from, direction: exit.direction.clone(), to });
    }
    Ok(ways)
}

fn plan_routes(plan: &mut Plan, map: &WorldMap, places: &Keys, ways: &HashSet<(u32, u32)>) -> Result<(), String> {
    for (id, route) in (0u32..).zip(&map.routes) {
        let label = format!("route \"{}\"", route.key);
        let stops = (route.stops.iter()).map(|key| places.find(key, &label)).collect::<Result<Vec<_>, _>>()?;
        if stops.len() < 2 {
            return Err(format!("{label} has fewer than two stops"));
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
    Ok(())
}

fn plan_agent(plan: &mut Plan, id: u32, agent: &MapAgent, places: &Keys, routes: &Keys) -> Result<(), String> {
    let label = format!("agent \"{}\"", agent.name);
    let hot = match &agent.routine {
        MapRoutine::Patrol(route) => {
            start_on_route(id, Routine::Patrol, &plan.routes[routes.find(route, &label)? as usize])
        }
        MapRoutine::Trade(route) => {
            start_on_route(id, Routine::Trade, &plan.routes[routes.find(route, &label)? as usize])
        }
        MapRoutine::Wander(place) => Agent::new(id, places.find(place, &label)?, Routine::Wander, NO_ROUTE, 0),
        MapRoutine::Rest(place) => {
            let place = places.find(place, &label)?;
            let route = Route { id: u32::try_from(plan.routes.len()).unwrap_or(NO_ROUTE), stops: vec![place] };
            let hot = start_on_route(id, Routine::Rest, &route);
            plan.routes.push(route);
            hot
        }
    };
    plan.agents.push((hot, AgentProfile::new(id, &agent.name, &agent.persona)));
    Ok(())
}

/// An agent at a stop of its route. Ids spread over the stops, so that agents who share a route do not walk in a crowd.
#[must_use]
pub fn start_on_route(id: u32, routine: Routine, route: &Route) -> Agent {
    let step = id as usize % route.stops.len();
    Agent::new(id, route.stops[step], routine, route.id, u32::try_from(step).unwrap_or(0))
}

fn check_sums(plan: &Plan) -> Result<(), String> {
    let mut sums: HashMap<u32, u64> = HashMap::new();
    let mut holders = HashSet::new();
    for (holder, good, quantity) in &plan.holdings {
        let sum = sums.entry(*good).or_default();
        *sum += u64::from(*quantity);
        let name = &plan.goods[*good as usize].name;
        if *sum > MOST {
            return Err(format!("there is more than {MOST} of \"{name}\" on the map: use less"));
        }
        if !holders.insert((holder, good)) {
            return Err(format!("somebody holds \"{name}\" twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::founding::map::{MapExit, MapNewcomers, MapPlace, MapRoute, MapStall};

    fn map() -> WorldMap {
        let place = |key: &str| MapPlace { key: key.into(), name: key.to_uppercase(), description: String::new() };
        let exit = |from: &str, direction: &str, to: &str| MapExit {
            from: from.into(),
            direction: direction.into(),
            to: to.into(),
        };
        let agent = |name: &str, routine: MapRoutine| MapAgent {
            name: name.into(),
            persona: "A guard.".into(),
            routine,
            gold: 5,
            holds: vec![MapHolding { good: "salt".into(), quantity: 2 }],
        };
        WorldMap {
            name: "Test".into(),
            goods: vec!["salt".into()],
            places: vec![place("gate"), place("market")],
            exits: vec![exit("gate", "north", "market"), exit("market", "south", "gate")],
            routes: vec![MapRoute { key: "watch".into(), stops: vec!["gate".into(), "market".into()] }],
            agents: vec![
                agent("Mira", MapRoutine::Patrol("watch".into())),
                agent("Odo", MapRoutine::Rest("market".into())),
            ],
            stalls: vec![MapStall { place: "market".into(), keeper: "Odo".into() }],
            newcomers: MapNewcomers { place: "gate".into(), gold_each: 5, treasury: 50 },
        }
    }

    fn fault(spoil: impl FnOnce(&mut WorldMap)) -> String {
        let mut map = map();
        spoil(&mut map);
        Plan::from_map(&map).err().expect("the map should be refused")
    }

    #[test]
    fn a_sound_map_becomes_rows_numbered_from_zero() {
        let plan = Plan::from_map(&map()).expect("a sound map");
        assert_eq!(plan.exits[1].to, 0);
        assert_eq!((plan.agents[1].0.place, plan.stalls[0].keeper), (1, 1));
        assert_eq!(plan.routes[1].stops, [1], "who rests has a route of one stop");
        assert_eq!(plan.goods[1].name, "salt");
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
    fn a_key_or_name_used_twice_is_refused() {
        assert!(fault(|map| map.places[1].key = "gate".into()).contains("there twice"));
        assert!(fault(|map| map.agents[1].name = "Mira".into()).contains("there twice"));
        assert!(fault(|map| map.goods[0] = "gold".into()).contains("there twice"));
    }

    #[test]
    fn a_label_that_is_empty_or_has_a_control_character_is_refused() {
        assert_eq!(fault(|map| map.goods[0] = String::new()), "a good on the map is empty");
        assert!(fault(|map| map.goods[0] = "sa\tlt".into()).contains("control character"));
        assert!(fault(|map| map.exits[0].direction = "north\n".into()).contains("control character"));
    }

    #[test]
    fn an_agent_with_an_unknown_route_place_or_good_is_refused() {
        assert!(fault(|map| map.agents[0].routine = MapRoutine::Trade("sea".into())).contains("\"sea\""));
        assert!(fault(|map| map.agents[0].routine = MapRoutine::Wander("sky".into())).contains("\"sky\""));
        assert!(fault(|map| map.agents[0].holds[0].good = "ice".into()).contains("\"ice\""));
    }

    #[test]
    fn a_stall_needs_a_keeper_that_rests_there() {
        assert!(fault(|map| map.stalls[0].keeper = "Mira".into()).starts_with("nobody named \"Mira\" rests"));
        assert!(fault(|map| map.stalls[0].place = "gate".into()).starts_with("nobody named \"Odo\" rests"));
    }

    #[test]
    fn sums_that_would_overflow_are_refused() {
        assert!(fault(|map| map.newcomers.treasury = u32::MAX).contains("more than"));
    }

    #[test]
    fn an_empty_map_is_refused() {
        assert_eq!(fault(|map| map.places.clear()), "the map has no places");
    }
}
