//! Places, exits and routes, and the founding of a world from a map.

use crate::agent::{agent, agent_profile};
use crate::map::{survey, WorldMap};
use crate::role::{self, Role};
use crate::tempo;
use spacetimedb::{reducer, table, ReducerContext, Table, Timestamp};

#[table(name = place, public)]
pub struct Place {
    #[primary_key]
    pub id: u32,
    pub name: String,
    pub description: String,
}

/// A way out of a place, in one direction.
#[table(name = exit, public)]
pub struct Exit {
    #[primary_key]
    pub id: u32,
    #[index(btree)]
    pub from: u32,
    pub direction: String,
    pub to: u32,
}

/// A round that agents walk: each stop has an exit to the next, and the last one to the first.
#[table(name = route, public)]
pub struct Route {
    #[primary_key]
    pub id: u32,
    pub stops: Vec<u32>,
}

/// Exactly one row once the world is founded.
#[table(name = world, public)]
pub struct World {
    #[primary_key]
    pub id: u8,
    pub name: String,
    pub founded_at: Timestamp,
}

/// Fills the empty world from `map` and starts its clock. All or nothing: any fault in the map refuses the whole.
///
/// # Errors
/// When the caller is not the owner, a world is founded already, or the map has a fault.
#[reducer]
pub fn found_world(ctx: &ReducerContext, map: WorldMap) -> Result<(), String> {
    role::require(ctx, Role::Owner, "found the world")?;
    if let Some(world) = ctx.db.world().id().find(0) {
        return Err(format!("this world is founded already, as {}", world.name));
    }
    let plan = survey(&map)?;
    plan.places.into_iter().for_each(|row| drop(ctx.db.place().insert(row)));
    plan.exits.into_iter().for_each(|row| drop(ctx.db.exit().insert(row)));
    plan.routes.into_iter().for_each(|row| drop(ctx.db.route().insert(row)));
    for (hot, cold) in plan.agents {
        ctx.db.agent().insert(hot);
        ctx.db.agent_profile().insert(cold);
    }
    ctx.db.world().insert(World { id: 0, name: map.name, founded_at: ctx.timestamp });
    tempo::resume(ctx)
}
