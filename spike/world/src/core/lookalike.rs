//! Which names and words look alike, so that no two people have names that others would mix up.

use std::collections::{BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// What commands and sentences say for people; a name may not begin with one of them either.
const PRONOUNS: &str =
    "all, anybody, anyone, everybody, everyone, no one, nobody, none, somebody, someone, the world, you, yourself";
/// Words that a client reads as a command, and those who seem to speak for the world.
const RESERVED: &str =
    "admin, administrator, agent, ask, buy, error, exit, give, go, help, host, inventory, look, me, moderator, \
    myself, narrator, off, owner, player, quit, say, self, sell, server, spellkave, system, the narrator, trade, \
    treasury, wait, watch, who, world";

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

/// Who or what has a name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    Somebody,
    Place,
    Good,
    Direction,
    Pronoun,
    Reserved,
}

/// The names in use, each under the forms in which lookalikes are equal.
pub struct NameBook {
    taken: HashMap<String, (String, Bearer)>,
    /// The beginnings, up to the end of a word, of what people are called.
    beginnings: HashMap<String, String>,
}

impl Default for NameBook {
    fn default() -> Self {
        let mut book = Self { taken: HashMap::new(), beginnings: HashMap::new() };
        for (words, kind) in [(PRONOUNS, Bearer::Pronoun), (RESERVED, Bearer::Reserved)] {
            for word in words.split(", ") {
                book.add(word, kind);
            }
        }
        book
    }
}

impl NameBook {
    pub fn add(&mut self, name: &str, kind: Bearer) {
        for form in forms(name) {
            self.taken.entry(form).or_insert_with(|| (name.into(), kind));
        }
        if kind == Bearer::Somebody {
            for form in beginnings(name).flat_map(forms) {
                self.beginnings.entry(form).or_insert_with(|| name.into());
            }
        }
    }

    /// # Errors
    /// When the name would be taken for another name or word, or a command for one of them would reach the other.
    pub fn check(&self, name: &str) -> Result<(), String> {
        if let Some((other, kind)) = forms(name).iter().find_map(|form| self.taken.get(form)) {
            return Err(match kind {
                Bearer::Somebody if other.to_lowercase() == name.to_lowercase() => {
                    format!("somebody is called {name} already: choose another name")
                }
                Bearer::Somebody => format!("{name} looks like {other}, who lives here: choose another name"),
                Bearer::Place => format!("{name} would be taken for the place {other}: choose another name"),
                Bearer::Good => format!("{name} would be taken for the good {other}: choose another name"),
                Bearer::Direction => format!("{name} would be taken for the direction {other}: choose another name"),
                Bearer::Pronoun | Bearer::Reserved => {
                    format!("{name} would be taken for the word \"{other}\": choose another name")
                }
            });
        }
        let joined = || name.replace(' ', "-");
        for form in beginnings(name).flat_map(forms) {
            match self.taken.get(&form) {
                Some((other, Bearer::Somebody)) => {
                    return Err(format!(
                        "{name} begins with the name of {other}, and commands could not tell them apart: use {}",
                        joined()
                    ));
                }
                Some((other, Bearer::Pronoun)) => {
                    return Err(format!("{name} begins with the word \"{other}\": choose another name"));
                }
                _ => {}
            }
        }
        if name
            .split_once(' ')
            .is_some_and(|(first, rest)| is_word(first, "agent") && rest.starts_with(char::is_numeric))
        {
            return Err(format!("{name} would be taken for the number of an agent: use {}", joined()));
        }
        match forms(name).iter().find_map(|form| self.beginnings.get(form)) {
            Some(other) => Err(format!(
                "{other} lives here, and begins with {name}, so commands could not tell you apart: add a word or a letter"
            )),
            None => Ok(()),
        }
    }
}

/// The forms of a name and of its beginnings. Two names that anybody could mix up share one of them.
#[must_use]
pub fn search_forms(name: &str) -> BTreeSet<String> {
    std::iter::once(name).chain(beginnings(name)).flat_map(forms).collect()
}

fn is_word(word: &str, other: &str) -> bool {
    forms(word) == forms(other)
}

/// The name without its last word, without its last two words, and so on.
fn beginnings(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices(' ').map(|(at, _)| &name[..at])
}

/// Two names look alike if one of these is equal: the shapes of their small letters, or those of their capitals.
/// A capital I has the shape of l and 1, and only its capitals show that a Cyrillic or Greek letter looks like a Latin one.
fn forms(name: &str) -> [String; 2] {
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

    fn book(names: &[&str]) -> NameBook {
        let mut book = NameBook::default();
        for name in names {
            book.add(name, Bearer::Somebody);
        }
        book
    }

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

    #[test]
    fn people_with_different_names_live_side_by_side() {
        let book = book(&["Mira", "Odo", "Anna", "प्रिया", "王芳", "דוד", "Åsa", "Old Hob"]);
        for name in
            ["Mirat", "Miro", "Asa", "Мира", "प्रिय", "王方", "Hob", "Annabel", "Anna-Maria", "Olda", "Old-Hob", "Salty"]
        {
            assert_eq!(book.check(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn no_name_begins_with_another() {
        let fault = book(&["Mira"]).check("Mira What").unwrap_err();
        assert!(fault.contains("begins with the name of Mira") && fault.contains("use Mira-What"), "{fault}");
        for (somebody, other) in [("Mira", "mira what"), ("Mira", "M1ra What Now"), ("Old Hob", "Old Hob Junior")] {
            assert!(book(&[somebody]).check(other).is_err(), "{other}");
            assert!(book(&[other]).check(somebody).is_err(), "{somebody}");
        }
    }

    #[test]
    fn words_of_commands_and_sentences_are_no_names() {
        for name in "You|YOU|Y0u|me|Everybody|Nobody|The World|Narrator|Look|Watch|Off|Quit|Agent 7|agent 12|\
            You Fool|Somebody Else|The World Ends|System|Adm1n"
            .split('|')
        {
            assert!(NameBook::default().check(name).is_err(), "{name}");
        }
        for name in ["Youssef", "Watchful", "Allan", "Lookman", "Offa", "Hera", "He Jiankui", "Go Ara", "Agent Smith"] {
            assert_eq!(NameBook::default().check(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn places_goods_and_directions_are_no_names() {
        let mut book = NameBook::default();
        book.add("The Market", Bearer::Place);
        book.add("salt", Bearer::Good);
        book.add("north", Bearer::Direction);
        for name in ["the market", "Salt", "Sa1t", "North", "N0rth"] {
            let refusal = book.check(name).unwrap_err();
            assert!(refusal.contains("would be taken for the"), "{refusal}");
        }
        assert_eq!(book.check("North West"), Ok(()));
    }
}
