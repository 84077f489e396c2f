//! The first step of a journey: an agent at a border is locked, and offered to the region beyond it.
//!
//! It stays here, with all its goods, in the place `AWAY` until the other region holds it as pending. The
//! folder `borders` has the other steps.

use crate::core::agent::{agent, agent_profile, Agent, AWAY};
use crate::core::border::{self, Border};
use crate::core::player::player;
use crate::core::region::{self, Region};
use crate::core::traveller::{hops_of, load_of, Traveller};
use spacetimedb::{table, ReducerContext, SpacetimeType, Table, Timestamp};

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DepartureState {
    /// Locked here; the other region may hold it as pending.
    Offered,
    /// Gone from here; the other region may activate it. The row is the tombstone.
    Released,
}

/// With 12 bits of epoch and 8 of region above them, a number is exact in JSON.
const COUNT_BITS: u32 = 33;
const REGION_AT: u32 = 45;

/// A journey that began here and is not over as far as this region knows.
#[table(name = departure, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// See [`next_number`].
    #[primary_key]
    pub number: u64,
    #[unique]
    pub agent: u32,
    pub from: u32,
    pub region: u32,
    pub to: String,
    pub state: DepartureState,
    pub at: Timestamp,
    pub traveller: Traveller,
}

/// The number of the journey that comes after all that began in this region: 8 bits of region, 12 of epoch, 33 of count.
/// So no number comes twice, in any region or epoch.
#[must_use]
pub const fn next_number(region: &Region) -> u64 {
    (region.number as u64) << REGION_AT | region.epoch << COUNT_BITS | (region.departures + 1)
}

/// The epoch in which a journey began.
#[must_use]
pub const fn epoch_of(number: u64) -> u64 {
    number >> COUNT_BITS & 0xfff
}

/// The region in which a journey began.
#[must_use]
pub const fn region_of(number: u64) -> u32 {
    (number >> REGION_AT) as u32
}

/// Locks `actor` and offers them to the region beyond `border`.
///
/// # Errors
/// When the border is shut. Nothing has changed then.
pub fn offer(ctx: &ReducerContext, now: Timestamp, actor: &Agent, border: &Border) -> Result<(), String> {
    border::require_open(ctx, border.region)?;
    if ctx.db.departure().agent().find(actor.id).is_some() {
        return Err("the last journey has just ended: wait a moment".into());
    }
    let before = region::read(ctx)?;
    let profile = ctx.db.agent_profile().id().find(actor.id).ok_or("an agent without a name cannot travel")?;
    ctx.db.departure().insert(Departure {
        number: next_number(&before),
        agent: actor.id,
        from: actor.place,
        region: border.region,
        to: border.to.clone(),
        state: DepartureState::Offered,
        at: now,
        traveller: Traveller {
            agent: actor.id,
            name: profile.name,
            persona: profile.persona,
            routine: actor.routine,
            hops: hops_of(ctx, actor.id) + 1,
            load: load_of(ctx, actor.id),
            player: ctx.db.player().agent().find(actor.id).map(|player| player.identity),
        },
    });
    region::write(ctx, Region { departures: before.departures + 1, ..before });
    ctx.db.agent().id().update(actor.moved(AWAY));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(number: u32, epoch: u64, departures: u64) -> Region {
        Region { id: 0, number, name: String::new(), epoch, residents: 9, departures, routines: 9 }
    }

    #[test]
    fn no_number_of_a_journey_comes_twice_in_any_region_or_epoch() {
        assert_eq!(next_number(&region(2, 3, 4)), 0x4006_0000_0005);
        assert!(next_number(&region(2, 1, 1 << 32)) < next_number(&region(2, 2, 0)));
    }

    #[test]
    fn a_number_says_in_which_region_and_epoch_the_journey_began() {
        let number = next_number(&region(254, 0xfff, 0));
        assert_eq!((region_of(number), epoch_of(number)), (254, 0xfff));
    }
}
