//! How full the think queue is: counters that every transition keeps, and the public summary that the reaper refreshes.
//!
//! Only the scheduler writes the summary. Were it written by `ask`, `lease` or `submit`, every player who watches it would
//! be sent those calls with their arguments.
//!
//! Both tables list the seven counters as columns of their own. SQL on the pinned host cannot name a field of a nested
//! product, and its HTTP API answers with such a product as an array without names, so an operator would read `counts[3]`.

use crate::core::due::micros_between;
use crate::slow_path::budget;
use crate::slow_path::request::{think_request, Priority, ThinkState};
use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Open requests in the whole world. Beyond it agents carry on by routine.
pub const MAX_OPEN: u64 = 5_000;

/// One row, private: exact at every moment. A reducer reads it once, changes it in memory and writes it once.
#[table(name = think_queue)]
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct ThinkQueue {
    #[primary_key]
    pub id: u8,
    pub pending: u64,
    pub leased: u64,
    pub done: u64,
    pub dead: u64,
    pub expired: u64,
    /// Reflections of an agent that had an open request already, and those that a question replaced.
    pub coalesced: u64,
    /// Reflections that found the queue full, and those that gave way to a question then. A rejected `ask` is rolled back,
    /// and its caller knows.
    pub rejected: u64,
}

/// One row, public: the counters as the reaper last saw them.
#[table(name = think_summary, public)]
#[derive(Default)]
pub struct ThinkSummary {
    #[primary_key]
    pub id: u8,
    pub pending: u64,
    pub leased: u64,
    pub done: u64,
    pub dead: u64,
    pub expired: u64,
    pub coalesced: u64,
    pub rejected: u64,
    /// How long the oldest open request has waited, in microseconds.
    pub oldest_age_us: i64,
    /// Leases that the cap of this minute still has room for.
    pub calls_left: u32,
}

impl ThinkQueue {
    /// Counts a new request.
    ///
    /// # Errors
    /// When the queue is full; that is counted too.
    pub fn admit(&mut self) -> Result<(), String> {
        if self.is_full() {
            self.rejected += 1;
            return Err(format!("{MAX_OPEN} requests are open already"));
        }
        self.pending += 1;
        Ok(())
    }

    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.pending + self.leased >= MAX_OPEN
    }

    /// Counts a reflection that was not even opened, because the agent has an open request.
    pub fn coalesce(&mut self) {
        self.coalesced += 1;
    }

    /// Counts a pending reflection that a question to its agent replaces.
    pub fn coalesce_pending(&mut self) {
        self.pending -= 1;
        self.coalesced += 1;
    }

    /// Counts a pending reflection that leaves a full queue to a question.
    pub fn reject_pending(&mut self) {
        self.pending -= 1;
        self.rejected += 1;
    }

    /// Moves one request from the count of one state to that of another.
    pub fn transition(&mut self, from: ThinkState, to: ThinkState) {
        *self.of(from) -= 1;
        *self.of(to) += 1;
    }

    fn of(&mut self, state: ThinkState) -> &mut u64 {
        match state {
            ThinkState::Pending => &mut self.pending,
            ThinkState::Leased => &mut self.leased,
            ThinkState::Done => &mut self.done,
            ThinkState::Dead => &mut self.dead,
            ThinkState::Expired => &mut self.expired,
        }
    }
}

pub fn init(ctx: &ReducerContext) {
    ctx.db.think_queue().insert(ThinkQueue::default());
    ctx.db.think_summary().insert(ThinkSummary::default());
}

/// # Errors
/// When the module was never initialised, which the host does not allow.
pub fn read(ctx: &ReducerContext) -> Result<ThinkQueue, String> {
    ctx.db.think_queue().id().find(0).ok_or_else(|| "the world has no think queue".into())
}

pub fn write(ctx: &ReducerContext, queue: ThinkQueue) {
    ctx.db.think_queue().id().update(queue);
}

/// Shows the counters as they are now.
pub fn refresh_summary(ctx: &ReducerContext, now: Timestamp, queue: &ThinkQueue) {
    let by_state = ctx.db.think_request().by_state();
    let classes = [
        (ThinkState::Pending, Priority::Question),
        (ThinkState::Pending, Priority::Reflection),
        (ThinkState::Leased, Priority::Question),
        (ThinkState::Leased, Priority::Reflection),
    ];
    let oldest = classes.into_iter().filter_map(|class| by_state.filter(class).next());
    let asked_at = oldest.map(|request| request.asked_at).min();
    ctx.db.think_summary().id().update(ThinkSummary {
        id: queue.id,
        pending: queue.pending,
        leased: queue.leased,
        done: queue.done,
        dead: queue.dead,
        expired: queue.expired,
        coalesced: queue.coalesced,
        rejected: queue.rejected,
        oldest_age_us: asked_at.map_or(0, |asked_at| micros_between(asked_at, now).max(0)),
        calls_left: budget::calls_left(ctx, now),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transition_moves_one_request_from_state_to_state() {
        let mut queue = ThinkQueue::default();
        queue.admit().expect("room");
        queue.transition(ThinkState::Pending, ThinkState::Leased);
        queue.transition(ThinkState::Leased, ThinkState::Done);
        assert_eq!(queue, ThinkQueue { done: 1, ..ThinkQueue::default() });
    }

    #[test]
    fn every_reflection_is_counted_once_whatever_becomes_of_it() {
        let mut queue = ThinkQueue::default();
        for _ in 0..3 {
            queue.admit().expect("room");
        }
        queue.coalesce_pending();
        queue.reject_pending();
        assert_eq!(queue, ThinkQueue { pending: 1, coalesced: 1, rejected: 1, ..ThinkQueue::default() });
    }

    #[test]
    fn a_full_queue_admits_nothing_and_counts_what_it_rejects() {
        let mut queue = ThinkQueue { pending: MAX_OPEN - 1, leased: 1, ..ThinkQueue::default() };
        assert_eq!(queue.admit(), Err("5000 requests are open already".into()));
        assert_eq!((queue.pending, queue.rejected), (MAX_OPEN - 1, 1));
        queue.transition(ThinkState::Leased, ThinkState::Dead);
        assert_eq!(queue.admit(), Ok(()));
    }

    #[test]
    fn each_reflection_that_was_not_opened_counts_once() {
        let mut queue = ThinkQueue::default();
        queue.coalesce();
        queue.coalesce();
        assert_eq!(queue, ThinkQueue { coalesced: 2, ..ThinkQueue::default() });
    }
}
