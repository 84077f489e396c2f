//! The closed set of what can be done, by a player or by an agent whose mind has answered.
//!
//! The world checks each action against the present, not against what somebody was told, and applies it in the same
//! transaction.

use crate::core::agent::{agent, name_of, Agent};
use crate::core::border;
use crate::core::clock::Moment;
use crate::core::departure;
use crate::core::event::{self, Cause, Deed, Kind};
use crate::core::holding::{self, good};
use crate::core::place::exit;
use crate::core::said;
use crate::core::speech::check_speech;
use crate::core::stall;
use spacetimedb::{ReducerContext, SpacetimeType, Timestamp};

/// An argument of `submit`. On 1.x hosts everybody who sees its effect sees it too, so it holds only what the world shows.
/// No table stores this type, because a stored enum could not gain a variant.
#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub enum Action {
    Say(String),
    /// A direction that an exit of the actor's place has.
    Go(String),
    Give(Gift),
    /// From the stall of the place.
    Buy(Deal),
    /// To the stall of the place.
    Sell(Deal),
    /// Nothing: the routine goes on.
    Wait,
}

#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub struct Gift {
    /// The id of an agent in the same place.
    pub to: u32,
    /// By name; gold is one.
    pub good: String,
    pub quantity: u32,
}

/// Prices follow from what is on the stall, and may change before the deal is struck.
#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub struct Deal {
    pub good: String,
    pub quantity: u32,
    /// In all: the most that is paid, or the least that is taken.
    pub gold: u32,
}

/// Does it and writes the event. Returns the event's id.
///
/// # Errors
/// Says why the present world forbids it. The caller's reducer must fail with that error, which undoes what was written.
pub fn apply(ctx: &ReducerContext, moment: Moment, id: u32, action: &Action, cause: Cause) -> Result<u64, String> {
    let actor = ctx.db.agent().id().find(id).ok_or_else(|| format!("there is no agent {id}"))?;
    actor.require_here(ctx)?;
    let deed = match action {
        Action::Say(words) => {
            let words = check_speech(words)?;
            said::remember(ctx, actor.place, id, words);
            Deed::in_words(Kind::Say, words.into())
        }
        Action::Go(direction) => go(ctx, moment.now, &actor, direction)?,
        Action::Give(gift) => give(ctx, &actor, gift)?,
        Action::Buy(deal) => {
            let gold = stall::buy(ctx, actor.place, id, good_named(ctx, &deal.good)?, deal.quantity, deal.gold)?;
            traded(Kind::Buy, deal, gold)
        }
        Action::Sell(deal) => {
            let gold = stall::sell(ctx, actor.place, id, good_named(ctx, &deal.good)?, deal.quantity, deal.gold)?;
            traded(Kind::Sell, deal, gold)
        }
        Action::Wait => Deed::plain(Kind::Wait),
    };
    Ok(event::append(ctx, moment, &actor, cause, deed))
}

fn go(ctx: &ReducerContext, now: Timestamp, actor: &Agent, direction: &str) -> Result<Deed, String> {
    if let Some(exit) = ctx.db.exit().from().filter(actor.place).find(|exit| exit.direction == direction) {
        ctx.db.agent().id().update(actor.moved(exit.to));
        return Ok(Deed::in_words(Kind::Go, exit.direction));
    }
    let border = border::toward(ctx, actor.place, direction);
    let border = border.ok_or_else(|| format!("no exit leads \"{direction}\" from here"))?;
    departure::offer(ctx, now, actor, &border)?;
    Ok(Deed::in_words(Kind::Leave, border.direction))
}

fn give(ctx: &ReducerContext, actor: &Agent, gift: &Gift) -> Result<Deed, String> {
    let Gift { to, good, quantity } = gift;
    if ctx.db.agent().id().find(*to).is_none_or(|taker| taker.place != actor.place) {
        return Err(format!("{} is not here", name_of(ctx, *to)));
    }
    holding::transfer(ctx, actor.id, *to, good_named(ctx, good)?, *quantity)?;
    Ok(Deed { taker: Some(*to), quantity: *quantity, ..Deed::in_words(Kind::Give, good.clone()) })
}

fn traded(kind: Kind, deal: &Deal, gold: u32) -> Deed {
    Deed { quantity: deal.quantity, gold, ..Deed::in_words(kind, deal.good.clone()) }
}

fn good_named(ctx: &ReducerContext, name: &str) -> Result<u32, String> {
    let good = ctx.db.good().name().find(name.to_string());
    good.map(|good| good.id).ok_or_else(|| format!("nobody here knows a good called \"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_is_told_with_its_quantity_and_its_price() {
        let deal = Deal { good: "salt".into(), quantity: 3, gold: 99 };
        let Deed { kind, taker, quantity, gold, words } = traded(Kind::Sell, &deal, 21);
        assert_eq!((kind, taker, quantity, gold, words.as_str()), (Kind::Sell, None, 3, 21, "salt"));
    }
}
