//! Why the world stands still, where everybody should know: a disk that is nearly full, or maintenance.
//!
//! While it does, players cannot act and no thought is leased: with a clock that merely pauses, they would go on writing.

use spacetimedb::{table, ReducerContext, Table};

const MAX_REASON: usize = 280;

/// One row while the world stands still for a reason, none otherwise. A table of its own, since a tick rewrites the clock.
#[table(name = pause_notice, public)]
pub struct PauseNotice {
    #[primary_key]
    pub id: u8,
    pub reason: String,
}

/// # Errors
/// A reason is one line of 1 to 280 characters.
pub fn check_reason(reason: &str) -> Result<&str, String> {
    let reason = reason.trim();
    let length = reason.chars().count();
    if length == 0 || length > MAX_REASON || reason.chars().any(char::is_control) {
        return Err(format!(
            "a reason of {length} characters is out of range: use one line of 1 to {MAX_REASON} characters"
        ));
    }
    Ok(reason)
}

/// Why the world stands still, if it does.
pub fn reason(ctx: &ReducerContext) -> Option<String> {
    ctx.db.pause_notice().id().find(0).map(|notice| notice.reason)
}

/// # Errors
/// When the world stands still, with the reason.
pub fn require_running(ctx: &ReducerContext) -> Result<(), String> {
    reason(ctx).map_or(Ok(()), |reason| Err(format!("the world stands still: {reason}")))
}

pub fn announce(ctx: &ReducerContext, reason: &str) {
    withdraw(ctx);
    ctx.db.pause_notice().insert(PauseNotice { id: 0, reason: reason.into() });
}

pub fn withdraw(ctx: &ReducerContext) {
    ctx.db.pause_notice().id().delete(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_trimmed_line_of_limited_length() {
        assert_eq!(check_reason(" the disk is nearly full "), Ok("the disk is nearly full"));
        assert!(check_reason(&"ä".repeat(280)).is_ok());
        for wrong in ["", " \t", "two\nlines", &"a".repeat(281)] {
            assert!(check_reason(wrong).unwrap_err().contains("out of range"), "{wrong}");
        }
    }
}
