//! Who lives in the world: agents that follow a routine, and the bodies of players.

use spacetimedb::table::{Column, Index};
use spacetimedb::{table, RangedIndex, ReducerContext, SpacetimeType, Table, UniqueColumn};
use std::ops::Range;

/// Sentinel for "no agent": the host cannot compare `Option` columns.
pub const NOBODY: u32 = u32::MAX;
/// Sentinel for "no route".
pub const NO_ROUTE: u32 = u32::MAX;
/// The place of those who are on the way to another region, or live there for now.
pub const AWAY: u32 = u32::MAX;

/// All are named from the start: the pinned host refuses a variant added to a stored type.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Routine {
    /// Walks the stops of its route, round after round.
    Patrol,
    /// Takes any exit.
    Wander,
    /// Walks a route of stalls, and sells at one what it bought at another.
    Trade,
    /// Stays at the one stop of its route, and keeps a stall there if it has one.
    Rest,
    /// Does what its player says, and nothing by itself.
    PlayerControlled,
}

/// What a tick rewrites, and nothing else: the cost of a tick is the width of this row times how many act.
/// Ids are dense from 0, so that a cohort of neighbours is a range of keys.
#[table(name = agent, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    #[primary_key]
    #[index(direct)]
    pub id: u32,
    pub place: u32,
    /// Place and id in one number, so that those in a place are a range. An index over places alone would have few keys,
    /// and the pinned host walks through all rows of a key to take one away.
    #[index(btree)]
    pub place_key: u64,
    pub routine: Routine,
    pub route: u32,
    /// Index into the route's stops of the one last reached.
    pub step: u32,
}

impl Agent {
    #[must_use]
    pub const fn new(id: u32, place: u32, routine: Routine, route: u32, step: u32) -> Self {
        Self { id, place, place_key: place_key(place, id), routine, route, step }
    }

    /// The same agent in another place.
    #[must_use]
    pub const fn moved(&self, place: u32) -> Self {
        Self::new(self.id, place, self.routine, self.route, self.step)
    }
}

const fn place_key(place: u32, id: u32) -> u64 {
    (place as u64) << 32 | id as u64
}

/// Who is in a place, by id.
pub fn in_place(ctx: &ReducerContext, place: u32) -> impl Iterator<Item = Agent> {
    ctx.db.agent().place_key().filter(place_key(place, 0)..=place_key(place, NOBODY))
}

/// Agents by a range of ids, in order. One scan of the index reads them all; `find` would call the host twice for each.
pub fn with_ids(ctx: &ReducerContext, ids: Range<u32>) -> impl Iterator<Item = Agent> {
    ranges_of(ctx.db.agent().id()).filter(ids)
}

/// A unique column as an index that finds ranges. The host can do that, but the bindings of 1.2.0 offer it only for
/// columns that are not unique.
const fn ranges_of<Tbl, Col>(_: UniqueColumn<Tbl, Col::ColType, Col>) -> RangedIndex<Tbl, (Col::ColType,), Col>
where
    Tbl: Table,
    Col: Index + Column<Table = Tbl>,
{
    RangedIndex::__NEW
}

/// What hardly ever changes about an agent.
#[table(name = agent_profile, public)]
pub struct AgentProfile {
    #[primary_key]
    pub id: u32,
    pub name: String,
    /// The name in lower case, unique. Clients find people by it; `name_book.rs` compares names that only look alike.
    #[unique]
    pub handle: String,
    pub persona: String,
}

impl AgentProfile {
    #[must_use]
    pub fn new(id: u32, name: &str, persona: &str) -> Self {
        Self { id, name: name.into(), handle: name.to_lowercase(), persona: persona.into() }
    }
}

/// For a message: the agent's name, or its number where it has none.
pub fn name_of(ctx: &ReducerContext, id: u32) -> String {
    ctx.db.agent_profile().id().find(id).map_or_else(|| format!("agent {id}"), |profile| profile.name)
}

impl Agent {
    /// # Errors
    /// When the agent is on the way to another region, or there.
    pub fn require_here(&self, ctx: &ReducerContext) -> Result<(), String> {
        if self.place == AWAY {
            return Err(format!("{} has left for another region", name_of(ctx, self.id)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_in_a_place_are_one_range_of_keys() {
        assert_eq!(place_key(1, 2), 0x1_0000_0002);
        assert!(place_key(1, NOBODY) < place_key(2, 0));
    }

    #[test]
    fn an_agent_that_moves_keeps_everything_but_its_place() {
        let agent = Agent::new(7, 1, Routine::Trade, 3, 2).moved(4);
        assert_eq!(agent, Agent::new(7, 4, Routine::Trade, 3, 2));
        assert_eq!((agent.place, agent.place_key), (4, 0x4_0000_0007));
    }
}
