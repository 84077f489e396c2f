//! The reducers that experiments need: spawn, burn, break a mechanism. Production is built without them.

use crate::core::agent::{agent, agent_profile, AgentProfile, Routine, NO_ROUTE};
use crate::core::clock;
use crate::core::fault::{self, Fault};
use crate::core::holding::{self, GOLD};
use crate::core::place::route;
use crate::core::region;
use crate::core::role::{self, Role};
use crate::fast_path::{tempo, tick};
use crate::founding::inhabitant::start_on_route;
use crate::slow_path::opening;
use crate::slow_path::request::{remove, think_request, ThinkRequest};
use crate::slow_path::stats::{self, ThinkQueue};
use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, TimeDuration};

#[table(name = lab_interval, scheduled(lab_interval_tick))]
pub struct LabInterval {
    #[primary_key]
    #[auto_inc]
    pub scheduled_id: u64,
    pub scheduled_at: ScheduleAt,
}

/// Breaks a mechanism, or mends it.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_break(ctx: &ReducerContext, fault: Fault, is_broken: bool) -> Result<(), String> {
    role::require(ctx, Role::Owner, "break a mechanism")?;
    fault::break_mechanism(ctx, fault, is_broken);
    Ok(())
}

/// Adds agents until `living` of them live, spread over the routes of the map: a third patrols, a third trades with
/// 12 gold each, a third wanders.
///
/// # Errors
/// When the caller is not the owner, or the map has no routes.
#[reducer]
pub fn lab_populate(ctx: &ReducerContext, living: u32) -> Result<(), String> {
    role::require(ctx, Role::Owner, "populate the world")?;
    let routes: Vec<_> = ctx.db.route().iter().filter(|route| route.stops.len() > 1).collect();
    if routes.is_empty() {
        return Err("this world has no routes: found it from a map with at least one".into());
    }
    let missing = living.saturating_sub(region::read(ctx)?.residents);
    for id in region::admit_residents(ctx, missing)? {
        let routine = [Routine::Patrol, Routine::Trade, Routine::Wander][id as usize % 3];
        let mut agent = start_on_route(id, routine, &routes[id as usize / 3 % routes.len()]);
        if routine == Routine::Wander {
            agent.route = NO_ROUTE;
        }
        ctx.db.agent().insert(agent);
        // Not registered as a name: nobody may join as `Agent 7` anyway.
        ctx.db.agent_profile().insert(AgentProfile::new(id, &format!("Agent {id}"), "Lives in a lab."));
        holding::endow(ctx, id, GOLD, 12);
    }
    Ok(())
}

/// Holds the writer for `iterations`, as work inside a reducer would.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_spin(ctx: &ReducerContext, iterations: u64) -> Result<(), String> {
    role::require(ctx, Role::Owner, "spin")?;
    fault::spin(iterations);
    Ok(())
}

/// Makes every tick burn `iterations`; 0 ends that.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_spin_in_tick(ctx: &ReducerContext, iterations: u64) -> Result<(), String> {
    role::require(ctx, Role::Owner, "spin in the tick")?;
    fault::set_burn(ctx, iterations);
    Ok(())
}

/// Opens a request for each of the first `count` agents that has a mind of its own and none open.
///
/// # Errors
/// When the caller is not the owner, an agent is not there, or the queue is full.
#[reducer]
pub fn lab_ask(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    role::require(ctx, Role::Owner, "ask in bulk")?;
    let moment = clock::moment(ctx)?;
    let mut queue = stats::read(ctx)?;
    for id in 0..count {
        let who = ctx.db.agent().id().find(id).ok_or_else(|| format!("there is no agent {id}"))?;
        if who.routine != Routine::PlayerControlled {
            opening::reflect(ctx, moment, &mut queue, &who, "What next?")?;
        }
    }
    stats::write(ctx, queue);
    Ok(())
}

/// Empties the think queue, so that the next round of an experiment begins like the first.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_forget_requests(ctx: &ReducerContext) -> Result<(), String> {
    role::require(ctx, Role::Owner, "forget the requests")?;
    for request in ctx.db.think_request().iter() {
        remove(ctx, request.id);
    }
    stats::write(ctx, ThinkQueue::default());
    Ok(())
}

/// Moves the deadline of every request to now. The reaper looks at them when it would have anyway.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_pass_deadlines(ctx: &ReducerContext) -> Result<(), String> {
    role::require(ctx, Role::Owner, "pass the deadlines")?;
    let deadline = clock::moment(ctx)?.now;
    for request in ctx.db.think_request().iter() {
        ctx.db.think_request().id().update(ThinkRequest { deadline, ..request });
    }
    Ok(())
}

/// Ends the chain of due times, as a tick that trapped would.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_cut_chain(ctx: &ReducerContext) -> Result<(), String> {
    role::require(ctx, Role::Owner, "cut the chain")?;
    tick::break_chain(ctx);
    Ok(())
}

/// Drives the clock by an interval schedule in place of the chain of due times.
///
/// # Errors
/// When the caller is not the owner.
#[reducer]
pub fn lab_use_interval(ctx: &ReducerContext, on: bool) -> Result<(), String> {
    role::require(ctx, Role::Owner, "choose the schedule")?;
    for row in ctx.db.lab_interval().iter() {
        ctx.db.lab_interval().delete(row);
    }
    if !on {
        return tempo::resume(ctx);
    }
    tempo::pause(ctx)?;
    ctx.db.lab_interval().insert(LabInterval {
        scheduled_id: 0,
        scheduled_at: TimeDuration::from_micros(clock::read(ctx)?.period_us).into(),
    });
    Ok(())
}

/// A tick that an interval schedule drives.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn lab_interval_tick(ctx: &ReducerContext, _schedule: LabInterval) -> Result<(), String> {
    role::require_scheduler(ctx, "tick")?;
    let clock = clock::read(ctx)?;
    let number = clock.tick + 1;
    tick::run_tick(ctx, clock, number, ctx.timestamp, 0)
}
