//! The closed set of what can be done in the world, by a player or by an agent whose mind has answered. The world checks
//! each action against the present, not against what somebody was told, and applies it in the same transaction.

use crate::core::agent::agent;
use crate::core::event::{self, Cause};
use crate::core::holding::{self, good};
use crate::core::place::exit;
use crate::core::speech::check_speech;
use crate::core::stall;
use spacetimedb::{ReducerContext, SpacetimeType};

/// An argument of `submit`, so on 1.x hosts it is seen by whoever sees its effect: it holds only what the world shows.
/// Stored as text, never as this type, because a stored enum could not gain a variant.
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

/// Does it, and records it as an event.
///
/// # Errors
/// Says why the present world forbids it. The caller's reducer must fail with that: a deal has two halves.
pub fn apply(ctx: &ReducerContext, id: u32, action: &Action, mut cause: Cause) -> Result<String, String> {
    let Some(actor) = ctx.db.agent().id().find(id) else {
        return Err(format!("there is no agent {id}"));
    };
    let text = match action {
        Action::Say(words) => format!("says: {}", check_speech(words)?),
        Action::Go(direction) => {
            let exit = (ctx.db.exit().from().filter(actor.place)).find(|exit| exit.direction == *direction);
            let Some(exit) = exit else {
                return Err(format!("no exit leads \"{direction}\" from here"));
            };
            ctx.db.agent().id().update(actor.moved(exit.to));
            format!("goes {direction}")
        }
        Action::Give(Gift { to, good, quantity }) => {
            if (ctx.db.agent().id().find(*to)).is_none_or(|taker| taker.place != actor.place) {
                return Err(format!("agent {to} is not here"));
            }
            holding::transfer(ctx, id, *to, good_named(ctx, good)?, *quantity)?;
            cause.hearer = *to;
            format!("gives {quantity} {good} to agent {to}")
        }
        Action::Buy(Deal { good, quantity, gold }) => {
            let paid = stall::buy(ctx, actor.place, id, good_named(ctx, good)?, *quantity, *gold)?;
            format!("buys {quantity} {good} for {paid} gold")
        }
        Action::Sell(Deal { good, quantity, gold }) => {
            let paid = stall::sell(ctx, actor.place, id, good_named(ctx, good)?, *quantity, *gold)?;
            format!("sells {quantity} {good} for {paid} gold")
        }
        Action::Wait => "waits".into(),
    };
    event::append(ctx, &actor, cause, text.clone());
    Ok(text)
}

fn good_named(ctx: &ReducerContext, name: &str) -> Result<u32, String> {
    let good = ctx.db.good().name().find(name.to_string());
    good.map(|good| good.id).ok_or_else(|| format!("nobody here knows a good called \"{name}\""))
}
