//! What can be said, as speech or as a question.

const MAX_SPEECH: usize = 280;

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

    #[test]
    fn one_character_more_than_280_is_too_much_in_any_script() {
        for letter in ["a", "ä", "漢"] {
            assert!(check_speech(&letter.repeat(280)).is_ok());
            assert!(check_speech(&letter.repeat(281)).is_err());
        }
    }
}
