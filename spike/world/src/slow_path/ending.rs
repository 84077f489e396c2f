//! How a request ends: its last state, and the outcome that thinkers see.

use crate::core::clock::Moment;
use crate::core::role::Role;
use crate::slow_path::request::{think_outcome, think_request, ThinkOutcome, ThinkRequest, ThinkState};
use crate::slow_path::stats::ThinkQueue;
use spacetimedb::{ReducerContext, Table, Timestamp};

const KEEP_ENDED_US: i64 = 60_000_000;
const VERSION: u16 = 2;

pub enum Ending {
    /// With an action, which wrote this event.
    Done { event: u64 },
    /// Its attempts are used up; this was the last error.
    Dead { reason: String },
    /// Its deadline passed.
    Expired,
}

/// Ends a request with its outcome. The reaper removes both after a while.
pub fn end(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue, row: ThinkRequest, ending: Ending) {
    let (state, event, reason) = last_words(ending);
    queue.transition(row.state, state);
    ctx.db.think_outcome().request().delete(row.id);
    ctx.db.think_outcome().insert(ThinkOutcome {
        request: row.id,
        version: VERSION,
        audience: Role::Thinker.audience(),
        lease_epoch: row.lease_epoch,
        tick: moment.tick,
        event,
        reason,
    });
    ctx.db.think_request().id().update(ended(row, state, moment.now));
}

fn ended(row: ThinkRequest, state: ThinkState, now: Timestamp) -> ThinkRequest {
    ThinkRequest { state, reap_at_us: now.to_micros_since_unix_epoch() + KEEP_ENDED_US, ..row }
}

/// The last state, the event that was written or 0, and the reason why none was.
fn last_words(ending: Ending) -> (ThinkState, u64, String) {
    match ending {
        Ending::Done { event } => (ThinkState::Done, event, String::new()),
        Ending::Dead { reason } => (ThinkState::Dead, 0, reason),
        Ending::Expired => (ThinkState::Expired, 0, "the deadline passed".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slow_path::lease::tests::{at, leased};

    #[test]
    fn a_request_ends_with_an_event_or_with_a_reason() {
        assert_eq!(last_words(Ending::Done { event: 7 }), (ThinkState::Done, 7, String::new()));
        assert_eq!(last_words(Ending::Dead { reason: "busy".into() }), (ThinkState::Dead, 0, "busy".into()));
        assert_eq!(last_words(Ending::Expired), (ThinkState::Expired, 0, "the deadline passed".into()));
    }

    #[test]
    fn an_ended_request_is_kept_for_a_minute() {
        let row = ended(leased(), ThinkState::Dead, at(60));
        assert_eq!((row.state, row.reap_at_us, row.id), (ThinkState::Dead, 120_000_000, leased().id));
    }
}
