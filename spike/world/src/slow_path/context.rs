//! What a mind is told about the world. It is built inside the module, so it never crosses the wire as an argument.

use crate::core::agent::{agent_profile, in_place, name_of, Agent};
use crate::core::border::border;
use crate::core::holding::{good, holding};
use crate::core::place::{exit, place};
use crate::core::said::said;
use serde_json::{json, Value};
use spacetimedb::ReducerContext;

/// Raised whenever the payload's shape changes.
pub const VERSION: u16 = 3;
/// List at most this many neighbours, so that a crowd cannot blow up the prompt.
const MAX_NEIGHBOURS: usize = 12;

/// JSON: `{tick, agent: {id, name, persona}, place: {name, description}, exits: [direction], here: [{id, name}],
/// holds: [{good, quantity}], heard: [{name, words}], asker: name or null, question}`. `heard` is what was last said in the
/// place, oldest first, by anybody and so also by the agent. An empty question means that the agent reflects by itself.
pub fn describe(ctx: &ReducerContext, agent: &Agent, tick: u64, asker: Option<u32>, question: &str) -> String {
    let profile = ctx.db.agent_profile().id().find(agent.id);
    let place = ctx.db.place().id().find(agent.place);
    let exits: Vec<String> = (ctx.db.exit().from().filter(agent.place).map(|exit| exit.direction))
        .chain(ctx.db.border().from().filter(agent.place).map(|border| border.direction))
        .collect();
    let here: Vec<Value> = in_place(ctx, agent.place)
        .filter(|other| other.id != agent.id)
        .take(MAX_NEIGHBOURS)
        .map(|other| json!({ "id": other.id, "name": name_of(ctx, other.id) }))
        .collect();
    let holds: Vec<Value> = (ctx.db.holding().holder().filter(agent.id))
        .filter_map(|row| ctx.db.good().id().find(row.good).map(|good| (row, good)))
        .map(|(row, good)| json!({ "good": good.name, "quantity": row.quantity }))
        .collect();
    let heard: Vec<Value> = (ctx.db.said().place().find(agent.place).into_iter())
        .flat_map(|said| said.lines)
        .map(|line| json!({ "name": name_of(ctx, line.speaker), "words": line.words }))
        .collect();
    json!({
        "tick": tick,
        "agent": profile.map(|own| json!({ "id": own.id, "name": own.name, "persona": own.persona })),
        "place": place.map(|place| json!({ "name": place.name, "description": place.description })),
        "exits": exits,
        "here": here,
        "holds": holds,
        "heard": heard,
        "asker": asker.map(|asker| name_of(ctx, asker)),
        "question": question,
    })
    .to_string()
}
