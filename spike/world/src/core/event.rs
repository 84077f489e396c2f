//! What happened because somebody decided it, a player or a mind: written once and never changed.
//!
//! An event is data and holds no sentence: `spike/client/sentence.ts` turns it into one for its reader. `kind` names what
//! happened and which columns count. The others hold 0, an empty text or `NOBODY`.
//!
//! | kind          | object     | quantity | gold        | words             |
//! |---------------|------------|----------|-------------|-------------------|
//! | `say`         | who asked  |          |             | what was said     |
//! | `go`          | who asked  |          |             | the direction     |
//! | `give`        | who got it | pieces   |             | the good          |
//! | `buy`, `sell` | who asked  | pieces   | paid in all | the good          |
//! | `wait`        | who asked  |          |             |                   |
//! | `arrive`      |            |          |             | where from        |
//! | `leave`       | who asked  |          |             | the direction     |
//! | `turn_back`   |            |          |             | why               |
//! | `no_answer`   | who asked  |          |             |                   |
//!
//! Agents and places go by id, since every client and the archive know their names. Goods and directions go by name, so
//! that the archive needs no further table to be read. `place` is where it happened: of a `go`, the place that was left.

use crate::core::agent::{Agent, NOBODY};
use crate::core::clock::Moment;
use spacetimedb::{table, ReducerContext, Table, Timestamp};

/// Raised whenever a column or a kind changes its meaning. A new kind alone does not raise it: a client shows a kind that
/// it does not know as such.
const VERSION: u16 = 1;
/// Sentinel for "no request", where an event names one.
pub const NO_REQUEST: u64 = 0;

/// Not called `Event`: the SDK has a type of that name, and generated bindings import both.
#[table(name = event, public, index(name = by_id, btree(columns = [id, tick])))]
#[derive(Clone)]
pub struct WorldEvent {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    pub version: u16,
    pub tick: u64,
    pub at: Timestamp,
    #[index(btree)]
    pub place: u32,
    /// One of [`Kind`]. Text, because the pinned host refuses a variant added to a stored enum.
    pub kind: String,
    /// The agent that did it.
    #[index(btree)]
    pub subject: u32,
    /// The agent that it is for, wherever that one is: who asked, or who was given something.
    #[index(btree)]
    pub object: u32,
    pub quantity: u32,
    pub gold: u32,
    pub words: String,
    /// The think request that this came of.
    pub request: u64,
}

/// The closed set of what an event can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Say,
    Go,
    Give,
    Buy,
    Sell,
    Wait,
    /// A player joined the world, or somebody came from the region that is named.
    Arrive,
    /// Somebody set out for another region.
    Leave,
    /// A journey was refused, and somebody stands again where it began.
    TurnBack,
    /// A request ended and nothing was done.
    NoAnswer,
}

impl Kind {
    /// The name that is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Go => "go",
            Self::Give => "give",
            Self::Buy => "buy",
            Self::Sell => "sell",
            Self::Wait => "wait",
            Self::Arrive => "arrive",
            Self::Leave => "leave",
            Self::TurnBack => "turn_back",
            Self::NoAnswer => "no_answer",
        }
    }
}

/// What was done, and with what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    pub kind: Kind,
    /// Who was given something.
    pub taker: Option<u32>,
    pub quantity: u32,
    pub gold: u32,
    pub words: String,
}

impl Deed {
    #[must_use]
    pub const fn plain(kind: Kind) -> Self {
        Self { kind, taker: None, quantity: 0, gold: 0, words: String::new() }
    }

    #[must_use]
    pub fn in_words(kind: Kind, words: String) -> Self {
        Self { words, ..Self::plain(kind) }
    }
}

/// What an event came of.
#[derive(Clone, Copy)]
pub struct Cause {
    /// The agent that asked, or `NOBODY`.
    pub asker: u32,
    pub request: u64,
}

impl Cause {
    /// Somebody simply did it.
    pub const OWN: Self = Self { asker: NOBODY, request: NO_REQUEST };
}

/// Writes an event and returns its id.
pub fn append(ctx: &ReducerContext, moment: Moment, subject: &Agent, cause: Cause, deed: Deed) -> u64 {
    let event = ctx.db.event().insert(WorldEvent {
        id: 0,
        version: VERSION,
        tick: moment.tick,
        at: moment.now,
        place: subject.place,
        kind: deed.kind.name().into(),
        subject: subject.id,
        object: deed.taker.unwrap_or(cause.asker),
        quantity: deed.quantity,
        gold: deed.gold,
        words: deed.words,
        request: cause.request,
    });
    event.id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_stored_under_the_name_that_clients_know() {
        use Kind::{Arrive, Buy, Give, Go, Leave, NoAnswer, Say, Sell, TurnBack, Wait};
        let names = [Say, Go, Give, Buy, Sell, Wait, Arrive, Leave, TurnBack, NoAnswer].map(Kind::name);
        assert_eq!(names, ["say", "go", "give", "buy", "sell", "wait", "arrive", "leave", "turn_back", "no_answer"]);
    }

    #[test]
    fn a_deed_in_words_has_its_words_and_nothing_else() {
        let Deed { kind, taker, quantity, gold, words } = Deed::in_words(Kind::Go, "north".into());
        assert_eq!((kind, taker, quantity, gold, words.as_str()), (Kind::Go, None, 0, 0, "north"));
        assert_eq!(Deed::in_words(Kind::Wait, String::new()), Deed::plain(Kind::Wait));
    }
}
