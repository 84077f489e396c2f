//! The map that a world is founded from. It knows places by key, and agents and goods by name; tables know all by number.

use spacetimedb::SpacetimeType;

#[derive(SpacetimeType, Clone, Debug)]
pub struct WorldMap {
    pub name: String,
    /// What can be held besides gold.
    pub goods: Vec<String>,
    pub places: Vec<MapPlace>,
    pub exits: Vec<MapExit>,
    pub routes: Vec<MapRoute>,
    pub agents: Vec<MapAgent>,
    pub stalls: Vec<MapStall>,
    pub newcomers: MapNewcomers,
    /// Exits into other regions.
    pub borders: Vec<MapBorder>,
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

/// An exit into another region, by its number, to the place of that name there.
#[derive(SpacetimeType, Clone, Debug)]
pub struct MapBorder {
    pub from: String,
    pub direction: String,
    pub region: u32,
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
    pub routine: MapRoutine,
    pub gold: u32,
    pub holds: Vec<MapHolding>,
}

/// A routine with what it needs: the key of a route to walk, or of the place to begin in.
#[derive(SpacetimeType, Clone, Debug)]
pub enum MapRoutine {
    Patrol(String),
    Trade(String),
    Wander(String),
    Rest(String),
}

#[derive(SpacetimeType, Clone, Debug)]
pub struct MapHolding {
    pub good: String,
    pub quantity: u32,
}

/// A stall and the name of its keeper, an agent that rests in that place.
#[derive(SpacetimeType, Clone, Debug)]
pub struct MapStall {
    pub place: String,
    pub keeper: String,
}

/// Where players begin, and what the treasury has for them.
#[derive(SpacetimeType, Clone, Debug)]
pub struct MapNewcomers {
    pub place: String,
    pub gold_each: u32,
    pub treasury: u32,
}
