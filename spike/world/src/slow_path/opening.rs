//! How a request opens: by a player's question, or by an agent's own wish to reflect. People come first, so a question
//! takes the place of a reflection and never waits for one.

use crate::core::agent::{agent, name_of, Agent, Routine, NOBODY};
use crate::core::clock::{self, Moment};
use crate::core::fault;
use crate::core::role::Role;
use crate::slow_path::context;
use crate::slow_path::request::{
    is_open, remove, think_context, think_request, Priority, ThinkContext, ThinkRequest, ThinkState,
};
use crate::slow_path::stats::{self, ThinkQueue};
use spacetimedb::{ReducerContext, Table, TimeDuration};

/// Past it the thought is worthless, whatever attempts are left.
const DEADLINE_US: i64 = 120_000_000;
/// Open questions of one player, so that one person cannot fill the queue.
const MAX_OPEN_OF_PLAYER: usize = 3;
/// Raised whenever a column of a request changes its meaning.
const VERSION: u16 = 2;

/// A player's question to an agent. It replaces a reflection of the agent that nobody thinks about yet, and is thought
/// next to one that somebody does. In a full queue it takes the place of the oldest reflection that waits.
///
/// # Errors
/// When the agent is not there, is a player or has an open question, or when the player or the world has too many.
pub(crate) fn ask(ctx: &ReducerContext, agent: u32, asker: u32, question: &str) -> Result<(), String> {
    let who = ctx.db.agent().id().find(agent).ok_or_else(|| format!("there is no agent {agent}"))?;
    if agent == asker {
        return Err("you cannot ask yourself: players answer for themselves".into());
    }
    who.require_here(ctx)?;
    if who.routine == Routine::PlayerControlled {
        return Err(format!("{} is a player, and players answer for themselves", name_of(ctx, agent)));
    }
    let open: Vec<ThinkRequest> =
        ctx.db.think_request().agent().filter(agent).filter(|row| is_open(row.state)).collect();
    if let Some(other) = open.iter().find(|row| row.priority == Priority::Question) {
        let whose = if other.asker == asker { "your".into() } else { format!("{}'s", name_of(ctx, other.asker)) };
        return Err(format!("{} is lost in thought already, about {whose} question", name_of(ctx, agent)));
    }
    refuse_too_many(ctx, asker)?;
    let moment = clock::moment(ctx)?;
    let mut queue = stats::read(ctx)?;
    for reflection in open.iter().filter(|row| row.state == ThinkState::Pending) {
        remove(ctx, reflection.id);
        queue.coalesce_pending();
    }
    if queue.is_full() {
        let mut waiting = ctx.db.think_request().by_state().filter((ThinkState::Pending, Priority::Reflection));
        if let Some(reflection) = waiting.next() {
            remove(ctx, reflection.id);
            queue.reject_pending();
        }
    }
    insert_request(ctx, moment, &mut queue, &who, Some(asker), question)?;
    stats::write(ctx, queue);
    Ok(())
}

fn refuse_too_many(ctx: &ReducerContext, asker: u32) -> Result<(), String> {
    let mut open: Vec<ThinkRequest> =
        ctx.db.think_request().asker().filter(asker).filter(|row| is_open(row.state)).collect();
    if open.len() < MAX_OPEN_OF_PLAYER {
        return Ok(());
    }
    // The host lists the rows of a key in no particular order.
    open.sort_unstable_by_key(|request| request.id);
    let names: Vec<String> = open.iter().map(|request| name_of(ctx, request.agent)).collect();
    let names = listed(&names);
    Err(format!(
        "{names} still think about your questions, and {MAX_OPEN_OF_PLAYER} at once are the most: wait for an answer"
    ))
}

/// Names as a sentence lists them: "Mira, Odo and Wystan".
fn listed(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// An agent's own wish for a thought. While it has an open request another wish is only counted: the agent will think
/// anyway, about the world as it was when that request opened. The caller writes the queue.
///
/// # Errors
/// When the queue is full.
pub(crate) fn reflect(
    ctx: &ReducerContext,
    moment: Moment,
    queue: &mut ThinkQueue,
    who: &Agent,
    question: &str,
) -> Result<(), String> {
    if ctx.db.think_request().agent().filter(who.id).any(|request| is_open(request.state)) {
        queue.coalesce();
        return Ok(());
    }
    insert_request(ctx, moment, queue, who, None, question)
}

fn insert_request(
    ctx: &ReducerContext,
    moment: Moment,
    queue: &mut ThinkQueue,
    who: &Agent,
    asker: Option<u32>,
    question: &str,
) -> Result<(), String> {
    queue.admit()?;
    let deadline = moment.now + TimeDuration::from_micros(DEADLINE_US);
    let request = ctx.db.think_request().insert(ThinkRequest {
        id: 0,
        version: VERSION,
        audience: Role::Thinker.audience(),
        agent: who.id,
        asker: asker.unwrap_or(NOBODY),
        priority: if asker.is_some() { Priority::Question } else { Priority::Reflection },
        state: ThinkState::Pending,
        attempts: 0,
        lease_epoch: 0,
        lease_owner: None,
        leased_at: moment.now,
        asked_at: moment.now,
        not_before: moment.now,
        deadline,
        reap_at_us: deadline.to_micros_since_unix_epoch(),
    });
    let payload = context::describe(ctx, who, moment.tick, asker, question);
    fault::leak(ctx, request.id, &payload);
    ctx.db.think_context().insert(ThinkContext {
        request: request.id,
        version: context::VERSION,
        audience: Role::Thinker.audience(),
        observed_tick: moment.tick,
        payload,
        refusal: String::new(),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        let names = ["Mira", "Odo", "Wystan"].map(String::from);
        assert_eq!(listed(&names[..1]), "Mira");
        assert_eq!(listed(&names[..2]), "Mira and Odo");
        assert_eq!(listed(&names), "Mira, Odo and Wystan");
    }
}
