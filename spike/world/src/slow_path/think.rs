//! The slow path: the life of a request for a thought.
//!
//! ```text
//! ask ─► pending ──lease──► leased ──submit──► done
//!           ▲                 │ give_back, or the lease expired
//!           └──── back-off ◄──┴── attempts used up ──► dead
//! pending or leased, deadline passed ────────────────► expired
//! ```
//!
//! Reducers are serialised, so `lease` is a compare-and-set. It raises `lease_epoch`, and a submit with an older epoch is
//! refused. Check and effect are one transaction, so a stale thought leaves no trace.
//!
//! On 1.x hosts every subscriber of a touched row is sent the reducer's arguments. So what a mind is told is built in
//! here and never is an argument.

use crate::core::action::{self, Action};
use crate::core::agent::Routine;
use crate::core::agent::{agent, NOBODY};
use crate::core::clock;
use crate::core::event::Cause;
use crate::core::fault;
use crate::core::role::{self, Role};
use crate::slow_path::budget;
use crate::slow_path::context;
use crate::slow_path::lease as leases; // the reducer `lease` below takes the name
use crate::slow_path::request::{is_open, think_context, think_request, ThinkContext, ThinkRequest, ThinkState};
use crate::slow_path::stats;
use spacetimedb::{reducer, ReducerContext, Table, TimeDuration};

/// Past it the thought is worthless, whatever attempts are left.
const DEADLINE_US: i64 = 120_000_000;
/// Questions of one player that are open at once: one person must not fill the queue.
const MAX_OPEN_OF_PLAYER: usize = 3;
/// Leased in one call: more would hold the writer while others wait.
const MAX_LEASES: u32 = 100;
const MAX_REASON: usize = 500;
const VERSION: u16 = 1;

/// An agent's own routine asks; where the queue is full, the routine simply carries on.
pub fn reflect(ctx: &ReducerContext, agent: u32) {
    if let Err(reason) = open(ctx, agent, NOBODY, "") {
        spacetimedb::log::debug!("agent {agent} goes on without a thought: {reason}");
    }
}

/// Opens a request. While an agent has an open one a second is counted and dropped: one thought at a time, about the
/// world as it is when the thought begins. A player whose question is dropped is told.
pub(crate) fn open(ctx: &ReducerContext, agent: u32, asker: u32, question: &str) -> Result<(), String> {
    let who = ctx.db.agent().id().find(agent).filter(|who| who.routine != Routine::PlayerControlled);
    let who = who.ok_or_else(|| format!("there is no agent {agent} with a mind of its own"))?;
    let requests = ctx.db.think_request();
    if requests.agent().filter(agent).any(|request| is_open(request.state)) {
        if asker != NOBODY {
            return Err(format!("agent {agent} is lost in thought already"));
        }
        stats::count(ctx, |queue| queue.coalesced += 1);
        return Ok(());
    }
    if asker != NOBODY {
        let questions = requests.asker().filter(asker).filter(|request| is_open(request.state));
        if questions.count() >= MAX_OPEN_OF_PLAYER {
            return Err(format!("{MAX_OPEN_OF_PLAYER} of your questions are still open"));
        }
    }
    stats::admit(ctx)?;
    let now = clock::now(ctx);
    let deadline = now + TimeDuration::from_micros(DEADLINE_US);
    let request = requests.insert(ThinkRequest {
        id: 0,
        version: VERSION,
        audience: Role::Thinker.audience(),
        agent,
        asker,
        state: ThinkState::Pending,
        attempts: 0,
        lease_epoch: 0,
        lease_owner: None,
        asked_at: now,
        not_before: now,
        deadline,
        reap_at_us: deadline.to_micros_since_unix_epoch(),
    });
    let observed_tick = clock::read(ctx)?.tick;
    let payload = context::describe(ctx, &who, observed_tick, asker, question);
    fault::leak(ctx, request.id, &payload);
    ctx.db.think_context().insert(ThinkContext {
        request: request.id,
        version: context::VERSION,
        audience: Role::Thinker.audience(),
        observed_tick,
        payload,
    });
    Ok(())
}

/// Leases up to `count` of the oldest requests that are ready to the caller, at most 100 at once and never more than the
/// world's calls of this minute; its subscription tells which.
///
/// # Errors
/// When the caller is no thinker. Nothing to lease is not an error.
#[reducer]
pub fn lease(ctx: &ReducerContext, count: u32) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "lease a think request")?;
    let now = clock::now(ctx);
    let ready: Vec<ThinkRequest> = (ctx.db.think_request().by_state().filter(ThinkState::Pending))
        .filter(|request| request.not_before <= now && request.deadline > now)
        .take(count.min(MAX_LEASES).min(budget::calls_left(ctx)) as usize)
        .collect();
    budget::spend(ctx, u32::try_from(ready.len()).unwrap_or(MAX_LEASES));
    for request in ready {
        leases::grant(ctx, request);
    }
    Ok(())
}

/// Applies a mind's answer in the transaction that checks it. A repeat of an accepted submit is Ok and does nothing.
///
/// # Errors
/// When the caller is no thinker or does not hold the lease, the deadline has passed, or the present world forbids the
/// action. Nothing has changed then.
#[reducer]
pub fn submit(ctx: &ReducerContext, request: u64, lease_epoch: u64, action: Action) -> Result<(), String> {
    role::require(ctx, Role::Thinker, "submit a thought")?;
    let row = find(ctx, request)?;
    if row.state == ThinkState::Done && leases::is_held(ctx, &row, lease_epoch) {
        return Ok(());
    }
    leases::check(ctx, &row, lease_epoch)?;
    let text = action::apply(ctx, row.agent, &action, Cause { hearer: row.asker, request })?;
    leases::end(ctx, row, ThinkState::Done, text);
    Ok(())
}

/// Gives a lease back with the reason why no thought came of it, to be tried again after `wait_ms`, or after the usual
/// back-off where that is longer: a provider that is busy says when to come back.
///
/// # Errors
/// When the caller is no thinker or does not hold the lease.
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
    leases::check(ctx, &row, lease_epoch)?;
    leases::give_back(ctx, row, reason.chars().take(MAX_REASON).collect(), i64::from(wait_ms) * 1_000);
    Ok(())
}

fn find(ctx: &ReducerContext, request: u64) -> Result<ThinkRequest, String> {
    let row = ctx.db.think_request().id().find(request);
    row.ok_or_else(|| format!("there is no think request {request}"))
}
