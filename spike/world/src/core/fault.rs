//! The mechanisms that an experiment can break on purpose. Built without the feature `lab`, none of them ever is.

#[cfg(not(feature = "lab"))]
use spacetimedb::ReducerContext;
use spacetimedb::SpacetimeType;

/// A mechanism that an experiment's control breaks.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Scheduled reducers answer anybody.
    ClockGuard,
    /// Everybody has every role.
    Roles,
    /// Every thinker may submit and give back, whatever the state, owner and epoch of the lease.
    Lease,
    /// What a mind is told is also written to a table without a filter.
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
pub use lab::{break_mechanism, broken, burn_in_tick, leak, set_burn, spin};

#[cfg(feature = "lab")]
mod lab {
    use super::Fault;
    use spacetimedb::{table, ReducerContext, Table};

    /// A row for each mechanism that is broken.
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
    pub fn spin(iterations: u64) {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..iterations {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        std::hint::black_box(state);
    }

    pub fn break_mechanism(ctx: &ReducerContext, fault: Fault, is_broken: bool) {
        for row in ctx.db.lab_fault().iter().filter(|row| row.fault == fault) {
            ctx.db.lab_fault().delete(row);
        }
        if is_broken {
            ctx.db.lab_fault().insert(LabFault { fault });
        }
    }

    /// 0 iterations burn nothing.
    pub fn set_burn(ctx: &ReducerContext, iterations: u64) {
        ctx.db.lab_burn().id().delete(0);
        ctx.db.lab_burn().insert(LabBurn { id: 0, iterations });
    }
}
