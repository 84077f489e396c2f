//! What a relay does in the region of departure: release, take back, and at last forget.

use crate::core::agent::{agent, AWAY};
use crate::core::clock;
use crate::core::departure::{departure, Departure, DepartureState};
use crate::core::event::{self, Cause, Deed, Kind};
use crate::core::player::player;
use crate::core::role::{self, Role};
use crate::core::traveller::{remove_visitor, stamp, unload, Passport};
use spacetimedb::{reducer, ReducerContext};

/// Lets go of a traveller whom the other region holds as pending. What is left is a tombstone. A repeat changes nothing,
/// also after the journey was forgotten.
///
/// # Errors
/// When the caller is not a relay.
#[reducer]
pub fn release(ctx: &ReducerContext, number: u64) -> Result<(), String> {
    role::require(ctx, Role::Relay, "release a traveller")?;
    let Some(journey) = ctx.db.departure().number().find(number) else {
        return Ok(());
    };
    if journey.state == DepartureState::Released {
        return Ok(());
    }
    let traveller = journey.traveller.clone();
    let passport =
        Passport { agent: journey.agent, hops: traveller.hops, region: journey.region, farewell: Some(traveller) };
    let_go(ctx, passport);
    ctx.db.departure().number().update(Departure { state: DepartureState::Released, ..journey });
    Ok(())
}

/// Somebody no longer lives here, and what they held is not here either. A resident's row waits for them.
pub(crate) fn let_go(ctx: &ReducerContext, passport: Passport) {
    let who = passport.agent;
    unload(ctx, who);
    stamp(ctx, passport);
    if remove_visitor(ctx, who) {
        ctx.db.player().agent().delete(who);
    } else if let Some(resident) = ctx.db.agent().id().find(who).filter(|row| row.place != AWAY) {
        ctx.db.agent().id().update(resident.moved(AWAY));
    }
}

/// Takes a traveller back whom the other region refused. They stand again where they set out, with all that they had.
/// A repeat changes nothing.
///
/// # Errors
/// When the caller is not a relay, or the traveller was released already.
#[reducer]
pub fn take_back(ctx: &ReducerContext, number: u64, reason: String) -> Result<(), String> {
    role::require(ctx, Role::Relay, "take a traveller back")?;
    let Some(journey) = ctx.db.departure().number().find(number) else {
        return Ok(());
    };
    if journey.state == DepartureState::Released {
        return Err(format!("journey {number} was released: only its own region can end it"));
    }
    let waiting = ctx.db.agent().id().find(journey.agent).ok_or("nobody waits for this journey")?;
    let body = ctx.db.agent().id().update(waiting.moved(journey.from));
    event::append(ctx, clock::moment(ctx)?, &body, Cause::OWN, Deed::in_words(Kind::TurnBack, reason));
    ctx.db.departure().number().delete(number);
    Ok(())
}

/// Forgets a journey whose traveller lives in the other region. A repeat changes nothing.
///
/// # Errors
/// When the caller is not a relay, or the traveller was not released.
#[reducer]
pub fn forget_departure(ctx: &ReducerContext, number: u64) -> Result<(), String> {
    role::require(ctx, Role::Relay, "forget a journey")?;
    if let Some(journey) = ctx.db.departure().number().find(number) {
        if journey.state == DepartureState::Offered {
            return Err(format!("journey {number} to region {} is not over", journey.region));
        }
        ctx.db.departure().number().delete(number);
    }
    Ok(())
}
