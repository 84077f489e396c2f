//! The founding: fills an empty world from a map, all or nothing.

use crate::core::agent::{agent, agent_profile};
use crate::core::border::border;
use crate::core::holding::{self, good};
use crate::core::names_in_use;
use crate::core::place::{exit, place, route};
use crate::core::region;
use crate::core::role::{self, Role};
use crate::core::stall::stall;
use crate::core::world::{world, World};
use crate::fast_path::tempo;
use crate::founding::map::WorldMap;
use crate::founding::plan::Plan;
use spacetimedb::{reducer, ReducerContext, Table};

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
    let region = region::read(ctx)?;
    let plan = Plan::from_map(&map, &region)?;
    region::found(ctx, u32::try_from(plan.agents.len()).unwrap_or(u32::MAX))?;
    for row in plan.goods {
        ctx.db.good().insert(row);
    }
    for row in plan.places {
        ctx.db.place().insert(row);
    }
    for row in plan.exits {
        ctx.db.exit().insert(row);
    }
    for row in plan.borders {
        ctx.db.border().insert(row);
    }
    for row in plan.routes {
        ctx.db.route().insert(row);
    }
    for row in plan.stalls {
        ctx.db.stall().insert(row);
    }
    for (hot, cold) in plan.agents {
        ctx.db.agent().insert(hot);
        names_in_use::register(ctx, cold.id, &cold.name);
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
