//! The rows of the slow path: where a request stands, what the mind is told, and what came of it.
//!
//! On 1.x hosts every subscriber of a touched row is sent the reducer's name, arguments and caller. So row filters show all
//! three tables to thinkers only. Row filters are experimental on newer hosts too, which advise views in their place; so
//! they stand here and nowhere else.

use spacetimedb::{client_visibility_filter, table, Filter, Identity, ReducerContext, SpacetimeType, Timestamp};

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThinkState {
    Pending,
    Leased,
    Done,
    Dead,
    Expired,
}

/// Who waits for the thought. The order of the variants is the order in which `lease` serves them.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Priority {
    /// A player asked, and waits.
    Question,
    /// The agent's own wish. Nobody waits.
    Reflection,
}

/// Where a request stands. Narrow and often rewritten: what was asked and what came of it have their own tables.
#[table(name = think_request, public, index(name = by_state, btree(columns = [state, priority, id])))]
#[derive(Clone)]
pub struct ThinkRequest {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub version: u16,
    /// Who may see this row: the column that the visibility filter joins on.
    #[index(btree)]
    pub audience: u8,
    #[index(btree)]
    pub agent: u32,
    /// The agent of the player who asked, or `NOBODY` for a reflection.
    #[index(btree)]
    pub asker: u32,
    pub priority: Priority,
    pub state: ThinkState,
    /// Answers that were refused, and leases that expired. A mind that could not be reached does not count.
    pub attempts: u32,
    pub lease_epoch: u64,
    pub lease_owner: Option<Identity>,
    /// When the last lease was granted, and with it a call of that minute was spent. Renewing does not change it.
    pub leased_at: Timestamp,
    pub asked_at: Timestamp,
    pub not_before: Timestamp,
    pub deadline: Timestamp,
    /// When the reaper must look at this row again, in microseconds since 1970: end of lease, deadline or removal.
    #[index(btree)]
    pub reap_at_us: i64,
}

/// What the mind is told: versioned JSON, because the pinned host refuses added columns.
#[table(name = think_context, public)]
pub struct ThinkContext {
    #[primary_key]
    pub request: u64,
    pub version: u16,
    #[index(btree)]
    pub audience: u8,
    pub observed_tick: u64,
    pub payload: String,
    /// Why the last answer was refused, for the next attempt; empty before one was.
    pub refusal: String,
}

/// What came of it: the event that the action wrote, or the last error.
#[table(name = think_outcome, public)]
pub struct ThinkOutcome {
    #[primary_key]
    pub request: u64,
    pub version: u16,
    #[index(btree)]
    pub audience: u8,
    pub lease_epoch: u64,
    pub tick: u64,
    /// The id of the event; 0 where no action was applied.
    pub event: u64,
    /// Why none was; empty where one was.
    pub reason: String,
}

#[client_visibility_filter]
const REQUESTS_FOR_THINKERS: Filter = Filter::Sql(
    "SELECT think_request.* FROM think_request JOIN role_grant ON role_grant.audience = think_request.audience WHERE role_grant.identity = :sender",
);
#[client_visibility_filter]
const CONTEXTS_FOR_THINKERS: Filter = Filter::Sql(
    "SELECT think_context.* FROM think_context JOIN role_grant ON role_grant.audience = think_context.audience WHERE role_grant.identity = :sender",
);
#[client_visibility_filter]
const OUTCOMES_FOR_THINKERS: Filter = Filter::Sql(
    "SELECT think_outcome.* FROM think_outcome JOIN role_grant ON role_grant.audience = think_outcome.audience WHERE role_grant.identity = :sender",
);

#[must_use]
pub fn is_open(state: ThinkState) -> bool {
    matches!(state, ThinkState::Pending | ThinkState::Leased)
}

/// Deletes a request, what its mind was told and what came of it.
pub fn remove(ctx: &ReducerContext, request: u64) {
    ctx.db.think_context().request().delete(request);
    ctx.db.think_outcome().request().delete(request);
    ctx.db.think_request().id().delete(request);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pending_and_leased_requests_are_open() {
        use ThinkState::{Dead, Done, Expired, Leased, Pending};
        assert!([Pending, Leased].into_iter().all(is_open));
        assert!(![Done, Dead, Expired].into_iter().any(is_open));
    }
}
