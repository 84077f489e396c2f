//! The stalls of a map.

use crate::core::agent::{Agent, AgentProfile, Routine};
use crate::core::name::parse_name;
use crate::core::stall::Stall;
use crate::founding::keys::Keys;
use crate::founding::map::WorldMap;

/// A stall needs a keeper that rests in its place.
pub(super) fn plan_stalls(
    map: &WorldMap,
    places: &Keys,
    agents: &[(Agent, AgentProfile)],
) -> Result<Vec<Stall>, String> {
    let mut stalls: Vec<Stall> = Vec::new();
    for stall in &map.stalls {
        let place = places.find(&stall.place, "a stall")?;
        let name = parse_name(&stall.keeper).unwrap_or_default();
        let keeper = agents.iter().find(|(hot, cold)| cold.name == name && hot.place == place);
        let Some((keeper, _)) = keeper.filter(|(hot, _)| hot.routine == Routine::Rest) else {
            return Err(format!("nobody named \"{}\" rests in \"{}\" to keep its stall", stall.keeper, stall.place));
        };
        if stalls.iter().any(|other| other.place == place) {
            return Err(format!("there are two stalls in \"{}\"", stall.place));
        }
        stalls.push(Stall { place, keeper: keeper.id });
    }
    Ok(stalls)
}

#[cfg(test)]
mod tests {
    use crate::founding::map::MapRoutine;
    use crate::founding::sound_map::{fault, plan, sound_map};

    #[test]
    fn a_stall_needs_a_keeper_that_rests_there() {
        assert!(fault(|map| map.stalls[0].keeper = "Mira".into()).starts_with("nobody named \"Mira\" rests"));
        assert!(fault(|map| map.stalls[0].place = "gate".into()).starts_with("nobody named \"Odo\" rests"));
    }

    #[test]
    fn a_keeper_is_found_however_the_map_composes_its_name() {
        let mut map = sound_map();
        map.agents[1].name = "\u{c5}sa".into();
        map.stalls[0].keeper = "A\u{30a}sa".into();
        assert!(plan(&map).is_ok());
    }

    #[test]
    fn a_stall_belongs_to_the_one_of_its_keepers_name_among_those_who_rest_there() {
        let mut map = sound_map();
        map.agents[0].routine = MapRoutine::Rest("market".into());
        assert_eq!(plan(&map).expect("a sound map").stalls[0].keeper, 1);
    }

    #[test]
    fn a_second_stall_in_one_place_is_refused() {
        assert_eq!(fault(|map| map.stalls.push(map.stalls[0].clone())), "there are two stalls in \"market\"");
    }
}
