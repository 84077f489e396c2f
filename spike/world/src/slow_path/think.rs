//! The life of a request for a thought: opened by a question or a reflection, leased, answered or given back.
//!
//! ```text
//! ask or reflect ─► pending ──lease──► leased ──submit──► done
//!                      ▲                 │ give_back, or the lease expired
//!                      └──── back-off ◄──┴── attempts used up ──► dead
//! pending or leased, deadline passed ───────────────────────────► expired
//! ```
//!
//! Reducers are serialised, so `lease` is a compare-and-set. It raises `lease_epoch`, and a submit with an older epoch is
//! rejected. Check and effect are one transaction, so a stale thought leaves no trace.
//!
//! On 1.x hosts every subscriber of a touched row is sent the reducer's arguments. What a mind is told is therefore built
//! in here and is never an argument.

use crate::core::action::{self, Action};
use crate::core::agent::{agent, name_of, Agent, Routine, NOBODY};
use crate::core::clock::{self, Moment};
use crate::core::event::Cause;
use crate::core::fault;
use crate::core::role::{self, Role};
use crate::slow_path::budget;
use crate::slow_path::context;
use crate::slow_path::lease::{self as leases, Ending}; // the reducer `lease` below takes the name
use crate::slow_path::request::{is_open, think_context, think_request, ThinkContext, ThinkRequest, ThinkState};
use crate::slow_path::stats::{self, ThinkQueue};
use spacetimedb::{reducer, ReducerContext, Table, TimeDuration};

/// Past it the thought is worthless, whatever attempts are left.
const DEADLINE_US: i64 = 120_000_000;
/// Open questions of one player, so that one person cannot fill the queue.
const MAX_OPEN_OF_PLAYER: usize = 3;
/// Leased in one call: more would hold the writer while others wait.
const MAX_LEASES: u32 = 100;
const MAX_REASON: usize = 500;
const VERSION: u16 = 1;

/// A player's question to an agent.
///
/// # Errors
/// When the agent is not there, is a player or has an open request, or when the player or the world has too many.
pub(crate) fn ask(ctx: &ReducerContext, agent: u32, asker: u32, question: &str) -> Result<(), String> {
    let who = ctx.db.agent().id().find(agent).ok_or_else(|| format!("there is no agent {agent}"))?;
    if who.routine == Routine::PlayerControlled {
        return Err(format!("{} is a player, and players answer for themselves", name_of(ctx, agent)));
    }
    if has_open_request(ctx, agent) {
        return Err(format!("{} is lost in thought already", name_of(ctx, agent)));
    }
    let questions = ctx.db.think_request().asker().filter(asker).filter(|request| is_open(request.state));
    if questions.count() >= MAX_OPEN_OF_PLAYER {
        return Err(format!("{MAX_OPEN_OF_PLAYER} of your questions are still open"));
    }
    let moment = clock::moment(ctx)?;
    let mut queue = stats::read(ctx)?;
    insert_request(ctx, moment, &mut queue, &who, Some(asker), question)?;
    stats::write(ctx, queue);
    Ok(())
}

/// An agent's own wish for a thought. While it has an open request another wish is only counted: one thought at a time,
/// about the world as it is when the thought begins. The caller writes the queue.
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
    if has_open_request(ctx, who.id) {
        queue.coalesced += 1;
        return Ok(());
    }
    insert_request(ctx, moment, queue, who, None, question)
}

fn has_open_request(ctx: &ReducerContext, agent: u32) -> bool {
    ctx.db.think_request().agent().filter(agent).any(|request| is_open(request.state))
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
        state: ThinkState::Pending,
        attempts: 0,
        lease_epoch: 0,
        lease_owner: None,
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
    });
    Ok(())
}

/// Leases up to `count` of the oldest ready requests to the caller: at most 100 at once, and never more than the world's
/// calls of this minute. The caller's subscription tells which.
///
/// # Errors
/// When the caller is not a thinker. Nothing to lease is not an error.
#[reducer]
pub fn lease(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "lease a think request")?;
    let now = clock::moment(ctx)?.now;
    let mut queue = stats::read(ctx)?;
    let ready: Vec<ThinkRequest> = (ctx.db.think_request().by_state().filter(ThinkState::Pending))
        .filter(|request| request.not_before <= now && request.deadline > now)
        .take(count.min(MAX_LEASES).min(budget::calls_left(ctx, now)) as usize)
        .collect();
    if ready.is_empty() {
        return Ok(());
    }
    budget::spend(ctx, now, u32::try_from(ready.len()).unwrap_or(MAX_LEASES));
    for request in ready {
        leases::grant(ctx, now, &mut queue, request);
    }
    stats::write(ctx, queue);
    Ok(())
}

/// Applies a mind's answer in the transaction that checks it. A repeat of an accepted submit is Ok and does nothing.
///
/// # Errors
/// When the caller is not a thinker or does not hold the lease, the deadline has passed, or the present world forbids the
/// action. Nothing has changed then.
#[reducer]
pub fn submit(ctx: &ReducerContext, request: u64, lease_epoch: u64, action: Action) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "submit a thought")?;
    let row = find(ctx, request)?;
    if row.state == ThinkState::Done && leases::is_held(ctx, &row, lease_epoch) {
        return Ok(());
    }
    let moment = clock::moment(ctx)?;
    leases::check(ctx, moment.now, &row, lease_epoch)?;
    let event = action::apply(ctx, moment, row.agent, &action, Cause { asker: row.asker, request })?;
    let mut queue = stats::read(ctx)?;
    leases::end(ctx, moment, &mut queue, row, Ending::Done { event });
    stats::write(ctx, queue);
    Ok(())
}

/// Gives a lease back with the reason why there is no answer. The request is tried again after `wait_ms`, or after the
/// usual back-off where that is longer: a busy provider says when to come back.
///
/// # Errors
/// When the caller is not a thinker or does not hold the lease.
#[reducer]
pub fn give_back(
    ctx: &ReducerContext,
    request: u64,
    lease_epoch: u64,
    reason: String,
    wait_ms: u32,
) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "give a think request back")?;
    let row = find(ctx, request)?;
    let moment = clock::moment(ctx)?;
    leases::check(ctx, moment.now, &row, lease_epoch)?;
    let mut queue = stats::read(ctx)?;
    let reason = reason.chars().take(MAX_REASON).collect();
    leases::give_back(ctx, moment, &mut queue, row, reason, i64::from(wait_ms) * 1_000);
    stats::write(ctx, queue);
    Ok(())
}

fn find(ctx: &ReducerContext, request: u64) -> Result<ThinkRequest, String> {
    let row = ctx.db.think_request().id().find(request);
    row.ok_or_else(|| format!("there is no think request {request}"))
}
