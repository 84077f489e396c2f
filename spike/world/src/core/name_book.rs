//! The names and words in use, so that no two people have names that others would mix up.

use crate::core::lookalike::{beginnings, forms};
use std::collections::HashMap;

/// What commands and sentences say for people; a name may not begin with one of them either.
const PRONOUNS: &str =
    "all, anybody, anyone, everybody, everyone, no one, nobody, none, somebody, someone, the world, you, yourself";
/// Words that a client reads as a command, and those who seem to speak for the world.
const RESERVED: &str =
    "admin, administrator, agent, ask, buy, error, exit, give, go, help, host, inventory, look, me, moderator, \
    myself, narrator, off, owner, player, quit, say, self, sell, server, spellkave, system, the narrator, trade, \
    treasury, wait, watch, who, world";

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

fn is_word(word: &str, other: &str) -> bool {
    forms(word) == forms(other)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::core) fn book(names: &[&str]) -> NameBook {
        let mut book = NameBook::default();
        for name in names {
            book.add(name, Bearer::Somebody);
        }
        book
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
