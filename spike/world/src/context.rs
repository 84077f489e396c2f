//! What a mind is told about the world, built inside the module so that it never crosses the wire as an argument.

use crate::action::check_speech;
use crate::agent::{agent, agent_profile, Agent};
use crate::place::{exit, place};
use serde_json::json;
use spacetimedb::ReducerContext;

/// Raised whenever the payload's shape changes.
pub const VERSION: u16 = 1;
/// Neighbours that are named: a crowd must not make a prompt without end.
const MAX_NEIGHBOURS: usize = 12;

/// # Errors
/// A question is said aloud in the world, so it keeps the rules of speech.
pub fn check_question(question: &str) -> Result<(), String> {
    check_speech(question).map(drop)
}

/// JSON: `{tick, agent: {name, persona}, place: {name, description}, exits: [direction], here: [name], question}`.
/// An empty question means that the agent reflects by itself.
pub fn describe(ctx: &ReducerContext, agent: &Agent, tick: u64, question: &str) -> String {
    let name_of = |id: u32| ctx.db.agent_profile().id().find(id).map(|profile| profile.name);
    let profile = ctx.db.agent_profile().id().find(agent.id);
    let place = ctx.db.place().id().find(agent.place);
    let exits: Vec<String> = (ctx.db.exit().from().filter(agent.place)).map(|exit| exit.direction).collect();
    let here: Vec<String> = (ctx.db.agent().place().filter(agent.place))
        .filter(|other| other.id != agent.id)
        .take(MAX_NEIGHBOURS)
        .filter_map(|other| name_of(other.id))
        .collect();
    json!({
        "tick": tick,
        "agent": profile.map(|profile| json!({ "name": profile.name, "persona": profile.persona })),
        "place": place.map(|place| json!({ "name": place.name, "description": place.description })),
        "exits": exits,
        "here": here,
        "question": question,
    })
    .to_string()
}
