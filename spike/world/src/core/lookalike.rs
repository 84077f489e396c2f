//! Which names and words look alike.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// The shapes of the ASCII characters that have another one than their small letter. Computing them would hold the
/// writer for 20 ms in each new instance of the module, and about 30 µs for each name.
const ASCII_SHAPES: [(char, &str, &str); 10] = [
    ('"', "''", "''"),
    ('%', "°/₀", "°/₀"),
    ('0', "o", "o"),
    ('1', "l", "l"),
    ('I', "i", "l"),
    ('M', "rn", "rn"),
    ('`', "'", "'"),
    ('i', "i", "l"),
    ('m', "rn", "rn"),
    ('|', "l", "l"),
];

/// The forms of a name and of its beginnings. Two names that anybody could mix up share one of them.
#[must_use]
pub fn search_forms(name: &str) -> BTreeSet<String> {
    std::iter::once(name).chain(beginnings(name)).flat_map(forms).collect()
}

/// The name without its last word, without its last two words, and so on.
pub(super) fn beginnings(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices(' ').map(|(at, _)| &name[..at])
}

/// Two names look alike if one of these is equal: the shapes of their small letters, or those of their capitals.
/// A capital I has the shape of l and 1, and only its capitals show that a Cyrillic or Greek letter looks like a Latin one.
pub(super) fn forms(name: &str) -> [String; 2] {
    if !name.is_ascii() {
        return forms_of(name);
    }
    let mut forms = [String::with_capacity(name.len()), String::with_capacity(name.len())];
    for c in name.chars() {
        match ASCII_SHAPES.iter().find(|(odd, ..)| *odd == c) {
            Some((_, small, capital)) => {
                forms[0].push_str(small);
                forms[1].push_str(capital);
            }
            None => forms.iter_mut().for_each(|form| form.push(c.to_ascii_lowercase())),
        }
    }
    forms
}

fn forms_of(name: &str) -> [String; 2] {
    let small: String = name.nfkc().collect::<String>().to_lowercase();
    let capital: String = skeleton(&small.to_uppercase()).collect::<String>().to_lowercase();
    [shape(&small), shape(&capital)]
}

/// The skeleton of a skeleton's small letters: a zero becomes a capital O first, and an o then.
fn shape(text: &str) -> String {
    let once: String = skeleton(text).collect::<String>().to_lowercase();
    skeleton(&once).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::name_book::tests::book;

    #[test]
    fn a_lookalike_of_somebody_is_refused() {
        for (somebody, lookalike) in [
            ("Mira", "mira"),
            ("Mira", "MIRA"),
            ("Mira", "M1ra"),
            ("Mira", "Mlra"),
            ("MIra", "Mlra"),
            ("Mira", "Mıra"),
            ("Åsa", "åsa"),
            ("Odo", "Od0"),
            ("Corm", "Corrn"),
            ("Hob", "HOB"),
            ("Ada", "Ad\u{430}"),
            ("сор", "cop"),
            ("ΡΑΥΛ", "PAYΛ"),
            ("Old Hob", "old hob"),
            ("O'Malley", "O׳Malley"),
            ("علی\u{200c}رضا", "علیرضا"),
        ] {
            assert!(book(&[somebody]).check(lookalike).is_err(), "{lookalike} next to {somebody}");
            assert!(book(&[lookalike]).check(somebody).is_err(), "{somebody} next to {lookalike}");
        }
    }

    #[test]
    fn the_shapes_of_ascii_are_those_that_unicode_says() {
        for c in (0..128u8).map(char::from) {
            assert_eq!(forms(&c.to_string()), forms_of(&c.to_string()), "{c:?}");
        }
        for name in ["Mira", "MIM1", "Old Hob", "O'Malley-0"] {
            assert_eq!(forms(name), forms_of(name), "{name}");
        }
    }

    #[test]
    fn names_that_could_be_mixed_up_share_a_search_form() {
        for (one, other) in [
            ("Mira", "M1RA"),
            ("Mira", "mira what"),
            ("Old Hob", "0ld Hob Junior"),
            ("сор", "cop"),
            ("Hob", "HOB Ada Zoe"),
        ] {
            let shared = search_forms(one).intersection(&search_forms(other)).count();
            assert!(shared > 0, "{one} and {other}");
            assert!(book(&[one]).check(other).is_err(), "{other} next to {one}");
        }
        assert!(search_forms("Mira").is_disjoint(&search_forms("Odo")));
    }
}
