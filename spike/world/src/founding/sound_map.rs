//! A small map without faults, for tests that make it wrong in one place.

use crate::core::region::Region;
use crate::founding::map::{
    MapAgent, MapExit, MapHolding, MapNewcomers, MapPlace, MapRoute, MapRoutine, MapStall, WorldMap,
};
use crate::founding::plan::Plan;

#[must_use]
pub fn sound_map() -> WorldMap {
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
        borders: vec![],
    }
}

/// The rows of a map that founds region 0.
///
/// # Errors
/// When the map has a fault.
pub fn plan(map: &WorldMap) -> Result<Plan, String> {
    let region = Region { id: 0, number: 0, name: String::new(), epoch: 1, residents: 0, departures: 0, routines: 0 };
    Plan::from_map(map, &region)
}

/// What the check says of the map after `spoil`.
///
/// # Panics
/// When it says nothing.
pub fn fault(spoil: impl FnOnce(&mut WorldMap)) -> String {
    let mut map = sound_map();
    spoil(&mut map);
    plan(&map).err().expect("the map should be refused")
}
