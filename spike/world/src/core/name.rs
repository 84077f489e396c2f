//! What an agent may be called.

const LENGTHS: std::ops::RangeInclusive<usize> = 2..=24;

/// # Errors
/// A name has 2 to 24 letters, digits, spaces, hyphens and apostrophes. It begins with a letter, and each space stands
/// alone between two words. Names appear in other people's sentences, so nothing else may pass for a name.
pub fn check_name(name: &str) -> Result<(), String> {
    let length = name.chars().count();
    if !LENGTHS.contains(&length) {
        return Err(format!("a name has {} to {} characters, not {length}", LENGTHS.start(), LENGTHS.end()));
    }
    if let Some(odd) = name.chars().find(|c| !c.is_alphanumeric() && !" -'".contains(*c)) {
        return Err(format!("a name cannot hold {odd:?}"));
    }
    if !name.starts_with(char::is_alphabetic) || name.ends_with(' ') || name.contains("  ") {
        return Err("a name begins with a letter, and its spaces stand alone between words".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_tongues_are_names() {
        for name in ["Mira", "Old Hob", "Jean-Luc", "O'Malley", "Åsa", "Agent 7"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_could_pass_for_something_else_is_no_name() {
        for name in ["", "X", " Mira", "Mira ", "a  b", "7th", "Mira\n", "<b>", "Mira: says", &"a".repeat(25)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
