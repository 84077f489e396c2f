//! Ends what nobody else ends: leases that expired, deadlines that passed, and rows that are no longer needed.

use crate::core::agent::agent;
use crate::core::clock::{self, Moment};
use crate::core::event::{self, Cause, Deed, Kind};
use crate::core::role;
use crate::slow_path::ending::{end, Ending};
use crate::slow_path::request::{remove, think_request, ThinkRequest, ThinkState};
use crate::slow_path::retry;
use crate::slow_path::stats::{self, ThinkQueue};
use spacetimedb::{reducer, table, ReducerContext, ScheduleAt, Table, TimeDuration};

const REAP_PERIOD_US: i64 = 1_000_000;
/// Rows that one run handles. A thousand leases that end together must not hold the writer together.
const MAX_REAPED: usize = 200;

#[table(name = reap_schedule, scheduled(reap))]
pub struct ReapSchedule {
    #[primary_key]
    #[auto_inc]
    pub scheduled_id: u64,
    pub scheduled_at: ScheduleAt,
}

pub fn init(ctx: &ReducerContext) {
    ctx.db
        .reap_schedule()
        .insert(ReapSchedule { scheduled_id: 0, scheduled_at: TimeDuration::from_micros(REAP_PERIOD_US).into() });
}

/// Ends leases and deadlines that have passed, removes what ended a while ago, and refreshes the summary.
///
/// # Errors
/// When anybody but the scheduler calls.
#[reducer]
pub fn reap(ctx: &ReducerContext, _schedule: ReapSchedule) -> Result<(), String> {
    role::require_scheduler(ctx, "reap")?;
    let moment = clock::moment(ctx)?;
    let before = stats::read(ctx)?;
    let mut queue = before.clone();
    reap_due(ctx, moment, &mut queue);
    stats::refresh_summary(ctx, moment.now, &queue);
    if queue != before {
        stats::write(ctx, queue);
    }
    Ok(())
}

/// Handles the rows whose time has come. Running it twice changes nothing more.
fn reap_due(ctx: &ReducerContext, moment: Moment, queue: &mut ThinkQueue) {
    let until = moment.now.to_micros_since_unix_epoch();
    let due: Vec<ThinkRequest> = ctx.db.think_request().reap_at_us().filter(..=until).take(MAX_REAPED).collect();
    for row in due {
        match row.state {
            ThinkState::Pending | ThinkState::Leased if row.deadline <= moment.now => {
                end(ctx, moment, queue, row, Ending::Expired);
            }
            ThinkState::Pending => {}
            ThinkState::Leased => retry::expire(ctx, moment, queue, row),
            ThinkState::Done => remove(ctx, row.id),
            ThinkState::Dead | ThinkState::Expired => {
                append_no_answer(ctx, moment, &row);
                remove(ctx, row.id);
            }
        }
    }
}

/// Writes that a request ended without an action. Only the scheduler may write this event: if `give_back` did, every
/// subscriber of `event` would also receive its `reason`.
fn append_no_answer(ctx: &ReducerContext, moment: Moment, row: &ThinkRequest) {
    if let Some(agent) = ctx.db.agent().id().find(row.agent) {
        let cause = Cause { asker: row.asker, request: row.id };
        event::append(ctx, moment, &agent, cause, Deed::plain(Kind::NoAnswer));
    }
}
