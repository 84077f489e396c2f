//! What a relay does when a region was restored from an older copy: of two copies of a person the one with more crossings
//! is the later, and stays; somebody of whom no copy lives comes back as they were when they left.

use crate::borders::admission::arrive;
use crate::borders::release::let_go;
use crate::core::agent::{agent, AWAY};
use crate::core::region::{self, home_of};
use crate::core::role::{self, Role};
use crate::core::traveller::{hops_of, Passport, Traveller};
use crate::core::world::world;
use spacetimedb::{reducer, ReducerContext};

/// Lets go of a copy of somebody who has crossed a border since, and lives in `region`. What the copy held goes with it.
///
/// # Errors
/// When the caller is not a relay, or this region knows of as many crossings.
#[reducer]
pub fn supersede(ctx: &ReducerContext, agent: u32, hops: u32, region: u32) -> Result<(), String> {
    role::require(ctx, Role::Relay, "let go of an older copy")?;
    check_later(agent, hops, hops_of(ctx, agent))?;
    let_go(ctx, Passport { agent, hops, region, farewell: None });
    Ok(())
}

/// Brings somebody back who left another region for this one, and of whom this region has no trace since it was restored.
///
/// # Errors
/// When the caller is not a relay, the person is here, or this region knows of as many crossings.
#[reducer]
pub fn recover(ctx: &ReducerContext, traveller: Traveller, from: String) -> Result<(), String> {
    role::require(ctx, Role::Relay, "recover a traveller")?;
    check_later(traveller.agent, traveller.hops, hops_of(ctx, traveller.agent))?;
    let is_resident = home_of(traveller.agent) == region::read(ctx)?.number;
    match ctx.db.agent().id().find(traveller.agent) {
        Some(row) if row.place != AWAY => return Err(format!("{} is here", traveller.name)),
        None if is_resident => return Err(format!("{} was a resident and has no row here", traveller.name)),
        _ => {}
    }
    let place = ctx.db.world().id().find(0).ok_or("no world is founded yet")?.newcomer_place;
    arrive(ctx, place, &traveller, from)
}

fn check_later(agent: u32, hops: u32, known: u32) -> Result<(), String> {
    if hops <= known {
        return Err(format!("agent {agent} has crossed {known} borders here, not fewer than {hops}: nothing is older"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_copy_with_more_crossings_is_later() {
        assert_eq!([1, 2, 3].map(|hops| check_later(7, hops, 2).is_ok()), [false, false, true]);
    }
}
