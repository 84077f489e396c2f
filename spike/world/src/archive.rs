//! How events leave memory: an archivist stores those older than a window, and only then the world deletes them.
//!
//! The archivist proves what it has by count and hash, so the world never deletes what the archive does not hold.

use crate::core::clock;
use crate::core::event::{event, WorldEvent};
use crate::core::role::{self, Role};
use sha2::{Digest, Sha256};
use spacetimedb::{reducer, table, ReducerContext, Table, TimeDuration, Timestamp};
use std::fmt::Write;

/// The pinned host syncs a commit within half a second. A younger event may vanish with a crash, and its id may come back
/// with another event.
const LEAST_WINDOW_MS: u32 = 2_000;
const WINDOW_MS: u32 = 120_000;
/// Events acknowledged in one call: more would hold the writer while others wait.
const MAX_BATCH: u32 = 250;

/// One row: how long events are kept, and what has left.
#[table(name = archive, public)]
pub struct Archive {
    #[primary_key]
    pub id: u8,
    pub window_ms: u32,
    /// The last event that was archived and deleted.
    pub last: u64,
    /// How many were, since the founding.
    pub archived: u64,
}

pub fn init(ctx: &ReducerContext) {
    ctx.db.archive().insert(Archive { id: 0, window_ms: WINDOW_MS, last: 0, archived: 0 });
}

fn read(ctx: &ReducerContext) -> Result<Archive, String> {
    ctx.db.archive().id().find(0).ok_or_else(|| "the world has no archive".into())
}

/// Sets how long the world keeps events.
///
/// # Errors
/// When the caller is not the owner, or the window is too short to be safe from a crash.
#[reducer]
pub fn set_retention(ctx: &ReducerContext, window_ms: u32) -> Result<(), String> {
    role::require(ctx, Role::Owner, "set the retention")?;
    check_window(window_ms)?;
    ctx.db.archive().id().update(Archive { window_ms, ..read(ctx)? });
    Ok(())
}

fn check_window(window_ms: u32) -> Result<(), String> {
    if window_ms < LEAST_WINDOW_MS {
        return Err(format!(
            "window_ms {window_ms} is too short, because a crash may undo {LEAST_WINDOW_MS} ms: use at least that"
        ));
    }
    Ok(())
}

/// Deletes the events up to `last`, which the caller has stored durably. A repeat is Ok and does nothing.
///
/// # Errors
/// When the caller is not an archivist, `count` or `sha256` differ from what the world has, or an event is within the window.
/// Nothing is deleted then.
#[reducer]
pub fn acknowledge(ctx: &ReducerContext, last: u64, count: u32, sha256: String) -> Result<(), String> {
    role::require(ctx, Role::Archivist, "acknowledge events")?;
    let archive = read(ctx)?;
    if last <= archive.last {
        return Ok(());
    }
    let events: Vec<WorldEvent> = ctx.db.event().by_id().filter(..=last).take(MAX_BATCH as usize + 1).collect();
    check_batch(&events, last, count, &sha256)?;
    check_age(&events, clock::moment(ctx)?.now, archive.window_ms)?;
    for event in &events {
        ctx.db.event().id().delete(event.id);
    }
    ctx.db.archive().id().update(Archive { last, archived: archive.archived + u64::from(count), ..archive });
    Ok(())
}

/// Whether `events`, all that the world has up to `last`, are those that the archivist stored.
fn check_batch(events: &[WorldEvent], last: u64, count: u32, sha256: &str) -> Result<(), String> {
    if events.len() != count as usize || count > MAX_BATCH {
        return Err(format!(
            "up to event {last} the world has {}, not {count}; at most {MAX_BATCH} a call",
            events.len()
        ));
    }
    let own = digest(events);
    if own != sha256 {
        return Err(format!("the events up to {last} have the hash {own}, not {sha256}"));
    }
    Ok(())
}

fn check_age(events: &[WorldEvent], now: Timestamp, window_ms: u32) -> Result<(), String> {
    let kept_from = now - TimeDuration::from_micros(i64::from(window_ms) * 1_000);
    match events.iter().find(|event| event.at > kept_from) {
        Some(young) => Err(format!("event {} is within the window of {window_ms} ms", young.id)),
        None => Ok(()),
    }
}

/// SHA-256 in hex over one line per event: its columns in order, separated by tabs, which no text can hold.
#[must_use]
pub fn digest(events: &[WorldEvent]) -> String {
    let mut hash = Sha256::new();
    for event in events {
        let WorldEvent { id, version, tick, at, place, kind, subject, object, quantity, gold, words, request } = event;
        let at = at.to_micros_since_unix_epoch();
        hash.update(format!("{id}\t{version}\t{tick}\t{at}\t{place}\t{kind}\t{subject}\t{object}\t"));
        hash.update(format!("{quantity}\t{gold}\t{words}\t{request}\n"));
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::agent::NOBODY;

    fn event(id: u64, words: &str) -> WorldEvent {
        WorldEvent {
            id,
            version: 1,
            tick: 1,
            at: Timestamp::from_micros_since_unix_epoch(1_000_000),
            place: 2,
            kind: "say".into(),
            subject: 3,
            object: NOBODY,
            quantity: 0,
            gold: 0,
            words: words.into(),
            request: 4,
        }
    }

    /// The same line is in `spike/archivist/digest.test.ts`: both sides must count alike.
    #[test]
    fn the_digest_equals_that_of_the_archivist() {
        assert_eq!(digest(&[event(7, "Å")]), "9bcc481ad56864131cf6bf5da05035d5580fb91672d726014a1ecd89b5faccb7");
    }

    #[test]
    fn one_letter_one_event_or_another_order_changes_the_digest() {
        let whole = digest(&[event(1, "a"), event(2, "b")]);
        for other in [vec![event(1, "a"), event(2, "c")], vec![event(1, "a")], vec![event(2, "b"), event(1, "a")]] {
            assert_ne!(digest(&other), whole);
        }
    }

    #[test]
    fn a_window_that_a_crash_may_undo_is_too_short() {
        assert_eq!([0, 1_999, 2_000, u32::MAX].map(|window| check_window(window).is_ok()), [false, false, true, true]);
    }

    #[test]
    fn a_batch_with_another_count_or_another_hash_is_rejected() {
        let events = [event(1, "a"), event(2, "b")];
        let refusal = |count, sha256: &str| check_batch(&events, 2, count, sha256).expect_err("a refusal");
        assert_eq!(check_batch(&events, 2, 2, &digest(&events)), Ok(()));
        for count in [0, 1, 3] {
            let said = refusal(count, &digest(&events));
            assert_eq!(said, format!("up to event 2 the world has 2, not {count}; at most 250 a call"));
        }
        assert!(refusal(2, "").starts_with("the events up to 2 have the hash "));
    }

    #[test]
    fn a_batch_has_at_most_250_events() {
        let events = |count| (1..=count).map(|id| event(id, "")).collect::<Vec<_>>();
        let (most, more) = (events(250), events(251));
        assert_eq!(check_batch(&most, 250, 250, &digest(&most)), Ok(()));
        assert!(check_batch(&more, 251, 251, &digest(&more)).is_err());
    }

    #[test]
    fn an_event_is_kept_until_it_is_as_old_as_the_window() {
        let at = |us| Timestamp::from_micros_since_unix_epoch(us);
        let young = WorldEvent { at: at(2_000_000), ..event(2, "b") };
        let events = [event(1, "a"), young];
        assert_eq!(check_age(&events, at(4_000_000), 2_000), Ok(()));
        let said = check_age(&events, at(3_999_999), 2_000);
        assert_eq!(said, Err("event 2 is within the window of 2000 ms".into()));
        assert_eq!(check_age(&[], at(0), 2_000), Ok(()));
    }
}
