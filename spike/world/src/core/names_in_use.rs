//! What nobody else may be called in this world.

use crate::core::agent::agent_profile;
use crate::core::border::border;
use crate::core::holding::good;
use crate::core::lookalike::search_forms;
use crate::core::name_book::{Bearer, NameBook};
use crate::core::place::{exit, place};
use spacetimedb::{table, ReducerContext, Table};
use std::collections::BTreeSet;

/// The forms in which names look alike, private. Without it a newcomer's name would be compared with everybody's, and at
/// 10,000 names that holds the writer for longer than a tenth of a period. A form stays as it was written, so a longer
/// list of lookalikes in a later Unicode does not reach back to it.
#[table(name = name_form)]
pub struct NameForm {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub form: String,
    #[index(btree)]
    pub agent: u32,
}

/// Lets later names be compared with this one.
pub fn register(ctx: &ReducerContext, agent: u32, name: &str) {
    for form in search_forms(name) {
        ctx.db.name_form().insert(NameForm { id: 0, form, agent });
    }
}

/// Gives the name of somebody free who has left for good.
pub fn forget(ctx: &ReducerContext, agent: u32) {
    ctx.db.name_form().agent().delete(agent);
}

/// The names of this world that `name` could be mixed up with, and all its words.
pub fn names_near(ctx: &ReducerContext, name: &str) -> NameBook {
    let mut names = NameBook::default();
    let forms = search_forms(name);
    let people: BTreeSet<u32> =
        forms.iter().flat_map(|form| ctx.db.name_form().form().filter(form)).map(|row| row.agent).collect();
    for somebody in people.into_iter().filter_map(|id| ctx.db.agent_profile().id().find(id)) {
        names.add(&somebody.name, Bearer::Somebody);
    }
    ctx.db.place().iter().for_each(|place| names.add(&place.name, Bearer::Place));
    ctx.db.good().iter().for_each(|good| names.add(&good.name, Bearer::Good));
    ctx.db.exit().iter().for_each(|exit| names.add(&exit.direction, Bearer::Direction));
    ctx.db.border().iter().for_each(|border| names.add(&border.direction, Bearer::Direction));
    names
}
