//! Who lives in the world.

use spacetimedb::table;

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
    pub persona: String,
}
