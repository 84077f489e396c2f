//! What a mind is told about the world. It is built inside the module, so it never crosses the wire as an argument.

use crate::core::agent::{agent_profile, in_place, Agent};
use crate::core::holding::{good, holding};
use crate::core::place::{exit, place};
use serde_json::{json, Value};
use spacetimedb::ReducerContext;

/// Raised whenever the payload's shape changes.
pub const VERSION: u16 = 2;
/// List at most this many neighbours, so that a crowd cannot blow up the prompt.
const MAX_NEIGHBOURS: usize = 12;

/// JSON: `{tick, agent: {id, name, persona}, place: {name, description}, exits: [direction], here: [{id, name}],
/// holds: [{good, quantity}], asker: name or null, question}`. An empty question means that the agent reflects by itself.
pub fn describe(ctx: &ReducerContext, agent: &Agent, tick: u64, asker: Option<u32>, question: &str) -> String {
    let name_of = |id: u32| ctx.db.agent_profile().id().find(id).map(|profile| profile.name);
    let profile = ctx.db.agent_profile().id().find(agent.id);
    let place = ctx.db.place().id().find(agent.place);
    let exits: Vec<String> = (ctx.db.exit().from().filter(agent.place)).map(|exit| exit.direction).collect();
    let here: Vec<Value> = in_place(ctx, agent.place)
        .filter(|other| other.id != agent.id)
        .take(MAX_NEIGHBOURS)
        .filter_map(|other| name_of(other.id).map(|name| json!({ "id": other.id, "name": name })))
        .collect();
    let holds: Vec<Value> = (ctx.db.holding().holder().filter(agent.id))
        .filter_map(|row| ctx.db.good().id().find(row.good).map(|good| (row, good)))
        .map(|(row, good)| json!({ "good": good.name, "quantity": row.quantity }))
        .collect();
    json!({
        "tick": tick,
        "agent": profile.map(|own| json!({ "id": own.id, "name": own.name, "persona": own.persona })),
        "place": place.map(|place| json!({ "name": place.name, "description": place.description })),
        "exits": exits,
        "here": here,
        "holds": holds,
        "asker": asker.and_then(name_of),
        "question": question,
    })
    .to_string()
}
