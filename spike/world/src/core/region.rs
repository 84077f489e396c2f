//! Which part of the world this database holds. A world of one region is number 0, and never notices.
//!
//! Ids of agents are unique over all regions: each region gives out its own range. An agent that crosses a border keeps its own.

use crate::core::player::MAX_PLAYERS;
use spacetimedb::{table, ReducerContext, Table};
use std::ops::Range;

/// The id range of a region is this wide, as a power of two: 16,777,216 agents.
const RANGE_BITS: u32 = 24;
/// The last range stays free, so that no agent has the id that means nobody.
pub const LAST: u32 = 254;
/// The number of a journey has 12 bits for it.
pub const HIGHEST_EPOCH: u64 = 0xfff;

/// Exactly one row.
#[table(name = region, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    #[primary_key]
    pub id: u8,
    pub number: u32,
    /// What others call it; empty in a world of one region.
    pub name: String,
    /// Raised when the database is published anew or restored from a copy: its journeys count from there again.
    pub epoch: u64,
    /// Ids that this region has given out or keeps back. Their agents are here or away.
    pub residents: u32,
    /// Journeys that began here in this epoch.
    pub departures: u64,
    /// The first so many ids may belong to agents with a routine; all later ones are of players.
    pub routines: u32,
}

impl Region {
    /// The ids that this region has given out or keeps back.
    #[must_use]
    pub const fn ids(&self) -> Range<u32> {
        first_id(self.number)..first_id(self.number) + self.residents
    }

    /// The ids that may belong to an agent with a routine.
    #[must_use]
    pub const fn ids_with_routine(&self) -> Range<u32> {
        first_id(self.number)..first_id(self.number) + self.routines
    }

    /// Gives nobody the ids that newcomers may have got since the copy was taken from which this region was restored: who has
    /// one lives in another region, perhaps. In each of the epochs since, no more can have joined than there may be players.
    #[must_use]
    pub fn keep_ids_back(self, epochs: u64) -> Self {
        let kept = MAX_PLAYERS * u32::try_from(epochs.min(HIGHEST_EPOCH)).unwrap_or(u32::MAX);
        Self { residents: (self.residents + kept).min(1 << RANGE_BITS), ..self }
    }

    /// The id of the next newcomer.
    ///
    /// # Errors
    /// When all ids of the region are used up.
    pub fn next_id(&self) -> Result<u32, String> {
        if self.residents >= 1 << RANGE_BITS {
            return Err(format!("the region has no id left after {} agents", self.residents));
        }
        Ok(self.ids().end)
    }
}

/// The lowest id that a region gives out.
#[must_use]
pub const fn first_id(region: u32) -> u32 {
    region << RANGE_BITS
}

/// The region that gave an agent its id, and to which it belongs.
#[must_use]
pub const fn home_of(agent: u32) -> u32 {
    agent >> RANGE_BITS
}

pub fn init(ctx: &ReducerContext) {
    ctx.db.region().insert(Region {
        id: 0,
        number: 0,
        name: String::new(),
        epoch: 1,
        residents: 0,
        departures: 0,
        routines: 0,
    });
}

/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn read(ctx: &ReducerContext) -> Result<Region, String> {
    ctx.db.region().id().find(0).ok_or_else(|| "the world has no region".into())
}

pub(crate) fn write(ctx: &ReducerContext, region: Region) {
    ctx.db.region().id().update(region);
}

/// Counts `count` more agents with a routine among the residents and returns the ids that they get.
///
/// # Errors
/// When the region has fewer ids left.
pub fn admit_residents(ctx: &ReducerContext, count: u32) -> Result<Range<u32>, String> {
    let before = read(ctx)?;
    let first = before.next_id()?;
    let residents = before.residents.checked_add(count).filter(|all| *all <= 1 << RANGE_BITS);
    let residents = residents.ok_or("the region has no ids for so many agents")?;
    let after = Region { residents, routines: residents, ..before };
    let end = after.ids().end;
    write(ctx, after);
    Ok(first..end)
}

/// Counts the residents that a map brings, who have the first ids. In a later epoch there were newcomers before them.
///
/// # Errors
/// When the region has fewer ids left.
pub fn found(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    admit_residents(ctx, count)?;
    let founded = read(ctx)?;
    let earlier = founded.epoch - 1;
    write(ctx, founded.keep_ids_back(earlier));
    Ok(())
}

/// Counts one more player among the residents and returns their id.
///
/// # Errors
/// When the region has no id left.
pub fn admit_player(ctx: &ReducerContext) -> Result<u32, String> {
    let before = read(ctx)?;
    let id = before.next_id()?;
    write(ctx, Region { residents: before.residents + 1, ..before });
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(number: u32, residents: u32) -> Region {
        Region { id: 0, number, name: String::new(), epoch: 1, residents, departures: 0, routines: 0 }
    }

    #[test]
    fn regions_give_out_ids_that_no_other_region_gives_out() {
        assert_eq!(region(0, 30).ids(), 0..30);
        assert_eq!(region(2, 30).ids(), 0x200_0000..0x200_001e);
        assert_eq!(region(0, 1 << RANGE_BITS).ids().end, region(1, 0).ids().start);
        assert!(region(LAST, 1 << RANGE_BITS).ids().end < u32::MAX);
    }

    #[test]
    fn the_home_of_an_agent_is_the_region_that_gave_its_id() {
        for number in [0, 1, LAST] {
            assert_eq!([region(number, 0).ids().start, region(number, 9).ids().end - 1].map(home_of), [number; 2]);
        }
    }

    #[test]
    fn a_full_region_has_no_id_for_another() {
        assert_eq!(region(1, 3).next_id(), Ok(0x100_0003));
        assert_eq!(region(0, 1 << RANGE_BITS).next_id(), Err("the region has no id left after 16777216 agents".into()));
    }

    #[test]
    fn after_a_restore_no_newcomer_gets_an_id_that_one_had_since_the_copy() {
        let [copy, lost] = [region(1, 30), region(1, 30 + MAX_PLAYERS)];
        let restored = copy.clone().keep_ids_back(1);
        assert!(lost.ids().all(|id| id < restored.next_id().unwrap()));
        assert_eq!(restored.ids_with_routine(), copy.ids_with_routine());
        assert_eq!(copy.keep_ids_back(3), restored.keep_ids_back(2));
        assert!(region(1, (1 << RANGE_BITS) - 1).keep_ids_back(1).next_id().is_err());
    }
}
