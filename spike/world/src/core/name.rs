//! What an agent may be called.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::general_security_profile::IdentifierType::{Inclusion, Limited_Use, Recommended, Uncommon_Use};
use unicode_security::{GeneralSecurityProfile, MixedScript, RestrictionLevel, RestrictionLevelDetection};

const LENGTHS: std::ops::RangeInclusive<usize> = 2..=24;
/// More marks than any script stacks on one letter only hide the lines above and below.
const MOST_MARKS: usize = 4;
const VIRAMA: u8 = 9;
const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// Reads a name in any script. Names appear in other people's sentences and commands, so nothing in one may hide, end
/// the sentence, or mix scripts whose letters look alike (Unicode UTS #39, "highly restrictive").
/// Returns the name in Unicode's normal form C, with a straight apostrophe.
///
/// # Errors
/// Says what is wrong with the name, and what to use instead.
pub fn parse_name(typed: &str) -> Result<String, String> {
    let name: String = typed.nfc().map(|c| if c == '\u{2019}' { '\'' } else { c }).collect();
    let length = name.chars().count();
    if !LENGTHS.contains(&length) {
        return Err(format!("a name has {} to {} characters, not {length}", LENGTHS.start(), LENGTHS.end()));
    }
    check_characters(&name)?;
    check_words(&name)?;
    check_scripts(&name)?;
    Ok(name)
}

fn check_characters(name: &str) -> Result<(), String> {
    let mut before: Option<char> = None;
    let mut marks = 0;
    for c in name.chars() {
        if !is_allowed(c) && !joins(before, c) {
            return Err(format!("a name cannot hold {c:?}: use letters, digits, spaces, hyphens and apostrophes"));
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > 0 && (before == Some(c) || !before.is_some_and(|base| base.is_alphanumeric() || is_mark(base))) {
            return Err(format!("the mark {c:?} belongs to no letter of the name: leave it out"));
        }
        if marks > MOST_MARKS {
            return Err(format!("a letter of a name carries at most {MOST_MARKS} marks: leave out some"));
        }
        before = Some(c);
    }
    Ok(())
}

fn is_mark(c: char) -> bool {
    is_combining_mark(c) || c == JOINER || c == NON_JOINER
}

/// Letters, marks and digits in use today, and what stands between them: hyphens, apostrophes, middle dots.
fn is_allowed(c: char) -> bool {
    // Unicode lists the Thai and Lao vowel AM as a compatibility character; ordinary names hold it.
    matches!(c, ' ' | '-' | '\'' | '\u{e33}' | '\u{eb3}')
        || match c.identifier_type() {
            Some(Inclusion) => !c.is_ascii() && !matches!(c, JOINER | NON_JOINER),
            Some(Recommended | Limited_Use | Uncommon_Use) => c.is_alphanumeric() || is_combining_mark(c),
            _ => false,
        }
}

/// Whether an invisible joiner changes how the letter before it is written (RFC 5892, appendix A.1 and A.2).
fn joins(before: Option<char>, c: char) -> bool {
    before.is_some_and(|before| match c {
        JOINER => canonical_combining_class(before) == VIRAMA,
        NON_JOINER => {
            canonical_combining_class(before) == VIRAMA
                || matches!(before.script(), Script::Arabic | Script::Syriac) && before.is_alphabetic()
        }
        _ => false,
    })
}

fn check_words(name: &str) -> Result<(), String> {
    if !name.starts_with(char::is_alphabetic) || name.ends_with(' ') || name.contains("  ") {
        return Err("a name begins with a letter, and its spaces stand alone between words".into());
    }
    let is_whole = |word: &str| word.ends_with(|c: char| c.is_alphanumeric() || is_combining_mark(c));
    match name.split([' ', '-']).find(|word| !is_whole(word)) {
        Some(word) => Err(format!("a word of a name ends in a letter or a digit, and {word:?} does not")),
        None => Ok(()),
    }
}

/// One script, or Chinese, Japanese or Korean with Latin. A script in limited use has to stand alone.
fn check_scripts(name: &str) -> Result<(), String> {
    let letters: String = name.chars().filter(|c| !is_between(*c)).collect();
    if letters.is_single_script() || letters.as_str().check_restriction_level(RestrictionLevel::HighlyRestrictive) {
        return Ok(());
    }
    let mut scripts: Vec<&str> = Vec::new();
    for script in letters.chars().map(|c| c.script()).filter(|s| !matches!(s, Script::Common | Script::Inherited)) {
        if !scripts.contains(&script.full_name()) {
            scripts.push(script.full_name());
        }
    }
    Err(format!("the name {name} mixes {} letters: use one script", scripts.join(" and ")))
}

fn is_between(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | JOINER | NON_JOINER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_tongues_are_names() {
        for name in "Mira|Old Hob|Jean-Luc|O'Malley|Åsa|Anna 7|प्रिया|สมศักดิ์|อำนาจ|王芳|דוד|צ׳רלי|Мира|محمد|\
            علی\u{200c}رضا|ශ\u{dca}\u{200d}රී|Nguyễn Thị|김민수|さくら|山田 Taro|王 David|Ελένη|თამარ|Անի|ኣበበ|\
            Łukasz|Şeyma|ᏣᎳᎩ|བསྟན་འཛིན|ខ្មែរ|ချိုချို|தமிழ்|ਗੁਰਪ੍ਰੀਤ|a\u{331}bc"
            .split('|')
        {
            let normal: String = name.nfc().collect();
            assert_eq!(parse_name(name), Ok(normal), "{name}");
        }
    }

    #[test]
    fn a_name_is_kept_in_its_composed_form() {
        assert_eq!(parse_name("A\u{30a}sa"), Ok("Åsa".into()));
        assert_eq!(parse_name("O’Malley"), Ok("O'Malley".into()));
    }

    #[test]
    fn what_could_pass_for_something_else_is_no_name() {
        for name in "X| Mira|Mira |a  b|7th|Mira\n|<b>|Mira: says|Mira.|Mira'|Mira-|Mira - Odo|-Mira|Mi\u{200b}ra|\
            Mi\u{200d}ra|Mi\u{200c}ra|\u{202e}Mira|Mira\u{2066}|Mi\u{ad}ra|Mira\u{a0}Odo|Mi\u{34f}ra|\
            \u{3164}\u{3164}|\u{115f}ab|𝐌ira|Ｍira|Ⓜira|Mira½|Mira😀|ﬁona|\u{301}ab|M \u{301}a|\
            Mi\u{fe0f}ra|Mira\u{e0041}|M\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}a|\
            M\u{323}\u{307}\u{307}a"
            .split('|')
        {
            assert!(parse_name(name).is_err(), "{name:?}");
        }
        assert!(parse_name("").is_err());
        assert!(parse_name(&"a".repeat(25)).is_err());
    }

    #[test]
    fn letters_of_scripts_that_look_alike_are_not_mixed() {
        for name in ["\u{41c}ira", "Mir\u{430}", "Odο", "Мirа", "ᎷIRA", "Dаvid Smith", "دavid", "Anna Мира", "דוד Dа"]
        {
            let refusal = parse_name(name).unwrap_err();
            assert!(refusal.contains("use one script"), "{refusal}");
        }
        assert_eq!(
            parse_name("\u{41c}ira"),
            Err("the name \u{41c}ira mixes Cyrillic and Latin letters: use one script".into())
        );
    }
}
