//! The closed set of what a mind may answer. The world checks each answer against the present, not against what the
//! mind was told, and applies it in the same transaction.

use crate::agent::{agent, Agent};
use crate::event;
use crate::place::exit;
use spacetimedb::{ReducerContext, SpacetimeType};

const MAX_SPEECH: usize = 280;

/// An argument of `submit`, so on 1.x hosts it is seen by whoever sees its effect: it holds only what the world shows.
/// Stored as text, never as this type, because a stored enum could not gain a variant.
#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub enum Action {
    Say(String),
    /// A direction that an exit of the agent's present place has.
    Go(String),
    /// The mind decided to do nothing: the routine goes on.
    Wait,
}

/// Does what the mind decided.
///
/// # Errors
/// Says why the present world forbids it; nothing has changed then.
pub fn apply(ctx: &ReducerContext, id: u32, tick: u64, action: &Action) -> Result<String, String> {
    let Some(agent) = ctx.db.agent().id().find(id) else {
        return Err(format!("agent {id} is gone"));
    };
    match action {
        Action::Say(words) => {
            let text = format!("says: {}", check_speech(words)?);
            event::record(ctx, tick, agent.place, id, text.clone());
            Ok(text)
        }
        Action::Go(direction) => {
            let exit = (ctx.db.exit().from().filter(agent.place)).find(|exit| exit.direction == *direction);
            let Some(exit) = exit else {
                return Err(format!("no exit leads \"{direction}\" from where agent {id} is"));
            };
            let text = format!("goes {direction}");
            event::record(ctx, tick, agent.place, id, text.clone());
            ctx.db.agent().id().update(Agent { place: exit.to, ..agent });
            Ok(text)
        }
        Action::Wait => Ok("waits".into()),
    }
}

/// # Errors
/// Speech is one line of at most 280 characters.
pub fn check_speech(words: &str) -> Result<&str, String> {
    let words = words.trim();
    if words.is_empty() {
        return Err("there is nothing to say".into());
    }
    let length = words.chars().count();
    if length > MAX_SPEECH {
        return Err(format!("{length} characters are more than the {MAX_SPEECH} that can be said at once"));
    }
    if words.chars().any(char::is_control) {
        return Err("control characters cannot be said".into());
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_trimmed_and_kept() {
        assert_eq!(check_speech(" They pay in old coin. "), Ok("They pay in old coin."));
    }

    #[test]
    fn empty_long_and_unprintable_speech_is_refused_with_a_reason() {
        assert_eq!(check_speech(" \t"), Err("there is nothing to say".into()));
        assert!(check_speech(&"a".repeat(281)).unwrap_err().starts_with("281 characters"));
        assert!(check_speech("line\nbreak").unwrap_err().contains("control"));
    }

    #[test]
    fn speech_is_counted_in_characters_not_bytes() {
        assert!(check_speech(&"ä".repeat(280)).is_ok());
    }
}
