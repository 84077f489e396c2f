//! What was last said in each place, so that a mind can answer what its agent hears. Events hold the same words, but
//! finding the last of a place would read all of them.

use spacetimedb::{table, ReducerContext, SpacetimeType, Table};

/// Lines that are kept of each place.
const MAX_LINES: usize = 3;

/// One row for each place where anybody spoke, private: who was there heard it, and the event tells everybody else.
#[table(name = said)]
pub struct Said {
    #[primary_key]
    pub place: u32,
    /// Oldest first.
    pub lines: Vec<SpokenLine>,
}

#[derive(SpacetimeType, Clone, PartialEq, Eq, Debug)]
pub struct SpokenLine {
    /// The agent that spoke.
    pub speaker: u32,
    pub words: String,
}

/// Keeps the words as the last ones said in the place.
pub fn remember(ctx: &ReducerContext, place: u32, speaker: u32, words: &str) {
    let line = SpokenLine { speaker, words: words.into() };
    if let Some(mut said) = ctx.db.said().place().find(place) {
        push(&mut said.lines, line);
        ctx.db.said().place().update(said);
    } else {
        ctx.db.said().insert(Said { place, lines: vec![line] });
    }
}

fn push(lines: &mut Vec<SpokenLine>, line: SpokenLine) {
    lines.push(line);
    lines.drain(..lines.len().saturating_sub(MAX_LINES));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_three_lines_stay_oldest_first() {
        let mut lines = Vec::new();
        for speaker in 1..=5 {
            push(&mut lines, SpokenLine { speaker, words: "Well?".into() });
        }
        assert_eq!(lines.iter().map(|line| line.speaker).collect::<Vec<_>>(), [3, 4, 5]);
    }
}
