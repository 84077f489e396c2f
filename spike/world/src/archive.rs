//! How events leave memory: an archivist stores those older than a window, and only then the world deletes them.
//!
//! The archivist proves what it has by count and hash, so the world never deletes what the archive does not hold.

use crate::core::clock;
use crate::core::event::{event, WorldEvent};
use crate::core::role::{self, Role};
use sha2::{Digest, Sha256};
use spacetimedb::{reducer, table, ReducerContext, Table, TimeDuration};
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
    if window_ms < LEAST_WINDOW_MS {
        return Err(format!(
            "window_ms {window_ms} is too short, because a crash may undo {LEAST_WINDOW_MS} ms: use at least that"
        ));
    }
    ctx.db.archive().id().update(Archive { window_ms, ..read(ctx)? });
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
    if events.len() != count as usize || count > MAX_BATCH {
        return Err(format!(
            "up to event {last} the world has {}, not {count}; at most {MAX_BATCH} a call",
            events.len()
        ));
    }
    let kept_from = clock::moment(ctx)?.now - TimeDuration::from_micros(i64::from(archive.window_ms) * 1_000);
    if let Some(young) = events.iter().find(|event| event.at > kept_from) {
        return Err(format!("event {} is within the window of {} ms", young.id, archive.window_ms));
    }
    let own = digest(&events);
    if own != sha256 {
        return Err(format!("the events up to {last} have the hash {own}, not {sha256}"));
    }
    for event in &events {
        ctx.db.event().id().delete(event.id);
    }
    ctx.db.archive().id().update(Archive { last, archived: archive.archived + u64::from(count), ..archive });
    Ok(())
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
    use spacetimedb::Timestamp;

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
}
