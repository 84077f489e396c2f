//! The checks that a map must pass, and the rows that it becomes.

use crate::core::agent::{Agent, AgentProfile};
use crate::core::border::Border;
use crate::core::holding::{Good, GOLD, TREASURY};
use crate::core::name::parse_name;
use crate::core::name_book::{Bearer, NameBook};
use crate::core::place::{Exit, Place, Route};
use crate::core::region::Region;
use crate::core::stall::Stall;
use crate::founding::frontier::plan_borders;
use crate::founding::holdings::check_sums;
use crate::founding::inhabitant::plan_agent;
use crate::founding::keys::Keys;
use crate::founding::map::{MapHolding, WorldMap};
use crate::founding::roads::{plan_exits, plan_routes};
use crate::founding::stalls::plan_stalls;

/// A map turned into rows.
#[derive(Default)]
pub struct Plan {
    pub goods: Vec<Good>,
    pub places: Vec<Place>,
    pub exits: Vec<Exit>,
    pub borders: Vec<Border>,
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
    pub fn from_map(map: &WorldMap, region: &Region) -> Result<Self, String> {
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
        plan.exits = plan_exits(map, &places)?;
        plan.borders = plan_borders(map, &places, region)?;
        plan.routes = plan_routes(map, &places, &plan.exits)?;
        let mut names = plan.names();
        for (id, agent) in (region.ids().end..).zip(&map.agents) {
            let name = parse_name(&agent.name).map_err(|fault| format!("agent {:?}: {fault}", agent.name))?;
            names.check(&name).map_err(|fault| format!("agent {name:?}: {fault}"))?;
            names.add(&name, Bearer::Somebody);
            let row = plan_agent(id, agent, &places, &routes, &mut plan.routes)?;
            plan.agents.push((row, AgentProfile::new(id, &name, &agent.persona)));
            plan.holdings.push((id, GOLD, agent.gold));
            for MapHolding { good, quantity } in &agent.holds {
                let good = goods.find(good, &format!("agent \"{}\"", agent.name))?;
                plan.holdings.push((id, good, *quantity));
            }
        }
        plan.stalls = plan_stalls(map, &places, &plan.agents)?;
        plan.newcomer_place = places.find(&map.newcomers.place, "the map's newcomers")?;
        plan.holdings.push((TREASURY, GOLD, map.newcomers.treasury));
        check_sums(&plan.goods, &plan.holdings)?;
        Ok(plan)
    }

    /// What nobody may be called, before anybody has a name.
    fn names(&self) -> NameBook {
        let mut names = NameBook::default();
        self.places.iter().for_each(|place| names.add(&place.name, Bearer::Place));
        self.goods.iter().for_each(|good| names.add(&good.name, Bearer::Good));
        self.exits.iter().for_each(|exit| names.add(&exit.direction, Bearer::Direction));
        self.borders.iter().for_each(|border| names.add(&border.direction, Bearer::Direction));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::founding::sound_map::{fault, plan, sound_map};

    #[test]
    fn a_sound_map_becomes_rows_numbered_from_zero() {
        let plan = plan(&sound_map()).expect("a sound map");
        assert_eq!(plan.exits[1].to, 0);
        assert_eq!((plan.agents[1].0.place, plan.stalls[0].keeper), (1, 1));
        assert_eq!(plan.routes[1].stops, [1], "who rests has a route of one stop");
        assert_eq!(plan.goods[1].name, "salt");
    }

    #[test]
    fn agents_whose_names_others_would_mix_up_are_refused() {
        for (name, reason) in [
            ("0do", "a name begins with a letter"),
            ("M1ra", "M1ra looks like Mira"),
            ("\u{41c}ira", "use one script"),
            ("Mira What", "begins with the name of Mira"),
            ("Salt", "the good salt"),
            ("Market", "the place MARKET"),
            ("You", "the word \"you\""),
        ] {
            let refusal = fault(|map| map.agents[1].name = name.into());
            assert!(refusal.starts_with(&format!("agent {name:?}: ")), "{refusal}");
            assert!(refusal.contains(reason), "{refusal}");
        }
    }

    #[test]
    fn an_empty_map_is_refused() {
        assert_eq!(fault(|map| map.places.clear()), "the map has no places");
    }

    #[test]
    fn holdings_name_their_holder_good_and_quantity_and_newcomers_their_place() {
        let mut map = sound_map();
        map.newcomers.place = "market".into();
        let plan = plan(&map).expect("a sound map");
        assert_eq!(plan.holdings, [(0, 0, 5), (0, 1, 2), (1, 0, 5), (1, 1, 2), (TREASURY, 0, 50)]);
        assert_eq!((plan.newcomer_place, plan.stalls[0].place), (1, 1));
        assert_eq!(
            plan.places.iter().map(|place| (place.id, place.name.as_str())).collect::<Vec<_>>(),
            [(0, "GATE"), (1, "MARKET")]
        );
    }
}
