//! The exits and routes of a map.

use crate::core::place::{Exit, Route};
use crate::founding::keys::{check_label, Keys};
use crate::founding::map::WorldMap;
use std::collections::HashSet;

/// # Errors
/// Names the exit that leads nowhere, is there twice or has a bad direction.
pub fn plan_exits(map: &WorldMap, places: &Keys) -> Result<Vec<Exit>, String> {
    let mut directions = HashSet::new();
    let mut exits = Vec::new();
    for (id, exit) in (0u32..).zip(&map.exits) {
        let label = format!("exit \"{}\" of \"{}\"", exit.direction, exit.from);
        let (from, to) = (places.find(&exit.from, &label)?, places.find(&exit.to, &label)?);
        check_label("direction", &exit.direction)?;
        if !directions.insert((from, exit.direction.as_str())) {
            return Err(format!("{label} is there twice"));
        }
        exits.push(Exit { id, from, direction: exit.direction.clone(), to });
    }
    Ok(exits)
}

/// # Errors
/// Names the route that has too few stops or that walks where no exit leads.
pub fn plan_routes(map: &WorldMap, places: &Keys, exits: &[Exit]) -> Result<Vec<Route>, String> {
    let ways: HashSet<_> = exits.iter().map(|exit| (exit.from, exit.to)).collect();
    let mut routes = Vec::new();
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
        routes.push(Route { id, stops });
    }
    Ok(routes)
}

#[cfg(test)]
mod tests {
    use crate::founding::sound_map::{fault, plan, sound_map};

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
    fn a_route_with_fewer_than_two_stops_is_refused() {
        for stops in [vec![], vec!["gate".into()]] {
            let said = fault(|map| map.routes[0].stops = stops);
            assert_eq!(said, "route \"watch\" has fewer than two stops");
        }
    }

    #[test]
    fn the_last_stop_of_a_route_needs_an_exit_to_the_first() {
        let said = fault(|map| map.exits[1].to = "market".into());
        assert_eq!(said, "route \"watch\" walks from \"market\" to \"gate\", and no exit leads there");
    }

    #[test]
    fn one_direction_may_lead_out_of_two_places() {
        let mut map = sound_map();
        map.exits[1].direction = "north".into();
        let plan = plan(&map).expect("a sound map");
        let ways: Vec<_> = plan.exits.iter().map(|exit| (exit.id, exit.from, exit.to)).collect();
        assert_eq!(ways, [(0, 0, 1), (1, 1, 0)]);
        assert_eq!(plan.routes[0].stops, [0, 1]);
    }
}
