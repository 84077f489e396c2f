//! What only experiments need. Production is built without the feature: there nothing is ever broken, and none of these
//! reducers exists.

#[cfg(not(feature = "lab"))]
use spacetimedb::ReducerContext;
use spacetimedb::SpacetimeType;

/// A mechanism that a control breaks on purpose.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Scheduled reducers answer anybody.
    ClockGuard,
    /// Everybody has every role.
    Roles,
    /// Whoever submits or gives back holds the lease, whatever its state, owner and epoch.
    Lease,
    /// What a mind is told is also written where no filter stands.
    Leak,
}

#[cfg(not(feature = "lab"))]
#[must_use]
pub const fn broken(_: &ReducerContext, _: Fault) -> bool {
    false
}

#[cfg(not(feature = "lab"))]
pub const fn burn_in_tick(_: &ReducerContext) {}

#[cfg(not(feature = "lab"))]
pub const fn leak(_: &ReducerContext, _: u64, _: &str) {}

#[cfg(feature = "lab")]
pub use bench::{broken, burn_in_tick, leak};

#[cfg(feature = "lab")]
mod bench {
    use super::Fault;
    use crate::agent::{agent, agent_profile, AgentProfile, NOBODY, NO_ROUTE};
    use crate::clock;
    use crate::holding::{self, GOLD};
    use crate::place::route;
    use crate::plan::start_on_route;
    use crate::request::{think_context, think_outcome, think_request};
    use crate::role::{self, Role};
    use crate::routine::Routine;
    use crate::stats::{think_queue, ThinkQueue};
    use crate::tempo;
    use crate::think;
    use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, TimeDuration};

    /// What is broken, and how much every tick burns.
    #[table(name = lab_fault)]
    pub struct LabFault {
        #[primary_key]
        pub fault: Fault,
    }

    /// Public, and without a filter.
    #[table(name = lab_leak, public)]
    pub struct LabLeak {
        #[primary_key]
        pub request: u64,
        pub payload: String,
    }

    #[table(name = lab_burn)]
    pub struct LabBurn {
        #[primary_key]
        pub id: u8,
        pub iterations: u64,
    }

    #[table(name = lab_interval, scheduled(lab_interval_tick))]
    pub struct LabInterval {
        #[primary_key]
        #[auto_inc]
        pub scheduled_id: u64,
        pub scheduled_at: ScheduleAt,
    }

    pub fn broken(ctx: &ReducerContext, fault: Fault) -> bool {
        ctx.db.lab_fault().iter().any(|row| row.fault == fault)
    }

    pub fn leak(ctx: &ReducerContext, request: u64, payload: &str) {
        if broken(ctx, Fault::Leak) {
            ctx.db.lab_leak().insert(LabLeak { request, payload: payload.into() });
        }
    }

    pub fn burn_in_tick(ctx: &ReducerContext) {
        if let Some(burn) = ctx.db.lab_burn().id().find(0) {
            spin(burn.iterations);
        }
    }

    /// A reducer has neither clock nor sleep, so an experiment counts iterations and calibrates them in the same run.
    fn spin(iterations: u64) {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..iterations {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        std::hint::black_box(state);
    }

    #[reducer]
    pub fn lab_break(ctx: &ReducerContext, fault: Fault, is_broken: bool) -> Result<(), String> {
        role::require(ctx, Role::Owner, "break a mechanism")?;
        for row in ctx.db.lab_fault().iter().filter(|row| row.fault == fault) {
            ctx.db.lab_fault().delete(row);
        }
        if is_broken {
            ctx.db.lab_fault().insert(LabFault { fault });
        }
        Ok(())
    }

    /// Adds agents until `living` of them live, spread over the routes of the map: a third patrols, a third trades with
    /// 12 gold each, a third wanders.
    #[reducer]
    pub fn lab_populate(ctx: &ReducerContext, living: u32) -> Result<(), String> {
        role::require(ctx, Role::Owner, "populate the world")?;
        let routes: Vec<_> = ctx.db.route().iter().filter(|route| route.stops.len() > 1).collect();
        if routes.is_empty() {
            return Err("a world without routes has nowhere to live".into());
        }
        let first = u32::try_from(ctx.db.agent().count()).unwrap_or(u32::MAX);
        for id in first..living {
            let routine = [Routine::Patrol, Routine::Trade, Routine::Wander][id as usize % 3];
            let mut agent = start_on_route(id, routine, &routes[id as usize / 3 % routes.len()]);
            if routine == Routine::Wander {
                agent.route = NO_ROUTE;
            }
            ctx.db.agent().insert(agent);
            ctx.db.agent_profile().insert(AgentProfile::new(id, &format!("Agent {id}"), "Lives in a lab."));
            holding::endow(ctx, id, GOLD, 12);
        }
        Ok(())
    }

    /// Holds the writer for `iterations`, as work inside a reducer would.
    #[reducer]
    pub fn lab_spin(ctx: &ReducerContext, iterations: u64) -> Result<(), String> {
        role::require(ctx, Role::Owner, "spin")?;
        spin(iterations);
        Ok(())
    }

    /// Makes every tick burn `iterations`; 0 makes it whole again.
    #[reducer]
    pub fn lab_spin_in_tick(ctx: &ReducerContext, iterations: u64) -> Result<(), String> {
        role::require(ctx, Role::Owner, "spin in the tick")?;
        ctx.db.lab_burn().id().delete(0);
        ctx.db.lab_burn().insert(LabBurn { id: 0, iterations });
        Ok(())
    }

    /// Opens a request for each of the first `count` agents that has a mind of its own and none open.
    #[reducer]
    pub fn lab_ask(ctx: &ReducerContext, count: u32) -> Result<(), String> {
        role::require(ctx, Role::Owner, "ask in bulk")?;
        let led =
            |id: &u32| ctx.db.agent().id().find(id).is_some_and(|agent| agent.routine == Routine::PlayerControlled);
        (0..count).filter(|id| !led(id)).try_for_each(|id| think::open(ctx, id, NOBODY, "What next?"))
    }

    /// Empties the think queue, so that the next round of an experiment begins like the first.
    #[reducer]
    pub fn lab_forget_requests(ctx: &ReducerContext) -> Result<(), String> {
        role::require(ctx, Role::Owner, "forget the requests")?;
        for request in ctx.db.think_request().iter() {
            ctx.db.think_context().request().delete(request.id);
            ctx.db.think_outcome().request().delete(request.id);
            ctx.db.think_request().id().delete(request.id);
        }
        ctx.db.think_queue().id().update(ThinkQueue::default());
        Ok(())
    }

    /// Ends the chain of due times, as a tick that trapped would.
    #[reducer]
    pub fn lab_cut_chain(ctx: &ReducerContext) -> Result<(), String> {
        role::require(ctx, Role::Owner, "cut the chain")?;
        clock::break_chain(ctx);
        Ok(())
    }

    /// Drives the clock by an interval schedule in place of the chain of due times.
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

    #[reducer]
    pub fn lab_interval_tick(ctx: &ReducerContext, _schedule: LabInterval) -> Result<(), String> {
        role::require_scheduler(ctx, "tick")?;
        let clock = clock::read(ctx)?;
        let number = clock.tick + 1;
        clock::run_tick(ctx, clock, number, ctx.timestamp, 0);
        Ok(())
    }
}
