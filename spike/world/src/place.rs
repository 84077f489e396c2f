//! Places, exits and routes, and the founding of a world from a map.

use crate::agent::{agent, agent_profile};
use crate::holding::{self, good};
use crate::map::WorldMap;
use crate::plan::Plan;
use crate::role::{self, Role};
use crate::stall::stall;
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

/// A round that agents walk: each stop has an exit to the next, and the last one to the first. Who rests has a round of
/// one stop.
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
    /// Where players begin.
    pub newcomer_place: u32,
    /// What the treasury gives each of them while it lasts.
    pub newcomer_gold: u32,
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
    let plan = Plan::from_map(&map)?;
    for row in plan.goods {
        ctx.db.good().insert(row);
    }
    for row in plan.places {
        ctx.db.place().insert(row);
    }
    for row in plan.exits {
        ctx.db.exit().insert(row);
    }
    for row in plan.routes {
        ctx.db.route().insert(row);
    }
    for row in plan.stalls {
        ctx.db.stall().insert(row);
    }
    for (hot, cold) in plan.agents {
        ctx.db.agent().insert(hot);
        ctx.db.agent_profile().insert(cold);
    }
    for (holder, good, quantity) in plan.holdings {
        holding::endow(ctx, holder, good, quantity);
    }
    ctx.db.world().insert(World {
        id: 0,
        name: map.name,
        founded_at: ctx.timestamp,
        newcomer_place: plan.newcomer_place,
        newcomer_gold: map.newcomers.gold_each,
    });
    tempo::resume(ctx)
}
