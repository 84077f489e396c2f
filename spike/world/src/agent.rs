//! Who lives in the world: those that live by a routine, and the bodies that players lead.

use crate::routine::Routine;
use spacetimedb::table;

/// Stands for nobody, where a row names an agent that need not be there: the host cannot compare an optional column.
pub const NOBODY: u32 = u32::MAX;
/// The route of those that walk none.
pub const NO_ROUTE: u32 = u32::MAX;

/// What a tick rewrites, and nothing else: the cost of a tick is the width of this row times how many act.
/// Ids are dense from 0, so that a cohort of neighbours is a range of keys.
#[table(name = agent, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    #[primary_key]
    #[index(direct)]
    pub id: u32,
    #[index(btree)]
    pub place: u32,
    pub routine: Routine,
    pub route: u32,
    /// Index into the route's stops of the one last reached.
    pub step: u32,
}

/// What hardly ever changes about an agent.
#[table(name = agent_profile, public)]
pub struct AgentProfile {
    #[primary_key]
    pub id: u32,
    pub name: String,
    /// The name in small letters: two that differ only in that would be one to a reader.
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
