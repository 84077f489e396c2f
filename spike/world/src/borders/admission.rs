//! What a relay does in the region of arrival: admit, activate, and at last forget.

use crate::borders::arrival::{arrival, Arrival, ArrivalState};
use crate::borders::greeting;
use crate::core::agent::{agent, Routine, AWAY};
use crate::core::border::{check_open, peer, Peer};
use crate::core::clock;
use crate::core::departure::{epoch_of, region_of};
use crate::core::event::{self, Cause, Deed, Kind};
use crate::core::names_in_use;
use crate::core::place::place;
use crate::core::player::{player, Player};
use crate::core::region::{self, home_of};
use crate::core::role::{self, role_grant, Role};
use crate::core::session::is_connected;
use crate::core::traveller::{goods_of, hops_of, settle, Traveller};
use spacetimedb::{reducer, ReducerContext, Table};

/// Holds a traveller as pending, or refuses them with a reason that their region will read. A repeat changes nothing.
///
/// # Errors
/// When the caller is not a relay, nobody has greeted the region of departure, its border is shut, or a later journey of
/// it was admitted before. Nothing has changed then, and the journey is still only offered.
#[reducer]
pub fn admit(ctx: &ReducerContext, number: u64, to: String, traveller: Traveller) -> Result<(), String> {
    role::require(ctx, Role::Relay, "admit a traveller")?;
    if ctx.db.arrival().number().find(number).is_some() {
        return Ok(());
    }
    let peer = greeting::peer_of(ctx, number)?;
    check_open(&peer)?;
    if number <= peer.arrivals && epoch_of(number) == peer.epoch {
        return Err(format!("journey {number} is over: {} has sent {} since", peer.name, peer.arrivals));
    }
    let (state, place, reason) = if hops_of(ctx, traveller.agent) >= traveller.hops {
        // It arrived before, and the region of departure was restored from an older copy.
        (ArrivalState::Arrived, AWAY, String::new())
    } else {
        match check(ctx, &to, &traveller) {
            Ok(place) => (ArrivalState::Pending, place, String::new()),
            Err(reason) => (ArrivalState::Refused, AWAY, reason),
        }
    };
    ctx.db.arrival().insert(Arrival { number, state, reason, place, at: clock::moment(ctx)?.now, traveller });
    ctx.db.peer().region().update(Peer { arrivals: number.max(peer.arrivals), ..peer });
    Ok(())
}

/// The place where the traveller will stand.
fn check(ctx: &ReducerContext, to: &str, traveller: &Traveller) -> Result<u32, String> {
    let place = ctx.db.place().iter().find(|place| place.name == to);
    let place = place.ok_or_else(|| format!("there is no place called {to} in that region"))?;
    let id = traveller.agent;
    let own = region::read(ctx)?;
    let here = ctx.db.agent().id().find(id);
    match here {
        // A resident whose row waits for them.
        Some(row) if home_of(id) == own.number && row.place == AWAY => {}
        Some(_) if home_of(id) == own.number => {
            return Err(format!("{} lives there and has not left", traveller.name));
        }
        Some(_) => return Err(format!("{} is there already", traveller.name)),
        None if home_of(id) == own.number && !own.ids().contains(&id) => {
            return Err(format!("nobody there ever had the id {id}"));
        }
        // A visitor, or a resident who joined after the copy from which this region was restored.
        None => names_in_use::names_near(ctx, &traveller.name).check(&traveller.name)?,
    }
    goods_of(ctx, &traveller.load)?;
    check_player(ctx, traveller)?;
    Ok(place.id)
}

fn check_player(ctx: &ReducerContext, traveller: &Traveller) -> Result<(), String> {
    let Some(identity) = traveller.player else {
        return Ok(());
    };
    if traveller.routine != Routine::PlayerControlled {
        return Err(format!("{} has a routine and a player", traveller.name));
    }
    if ctx.db.player().identity().find(identity).is_some_and(|player| player.agent != traveller.agent) {
        return Err("you have another body in that region".into());
    }
    match ctx.db.role_grant().identity().find(identity).map(|grant| grant.role) {
        None | Some(Role::Player) => Ok(()),
        Some(role) => Err(format!("you have the role {role:?} in that region, and cannot be a player there")),
    }
}

/// Lets a pending traveller live here, once their own region has let go. A repeat changes nothing.
///
/// # Errors
/// When the caller is not a relay, the journey was not admitted, or it was refused.
#[reducer]
pub fn activate(ctx: &ReducerContext, number: u64) -> Result<(), String> {
    role::require(ctx, Role::Relay, "activate a traveller")?;
    let journey = ctx.db.arrival().number().find(number);
    let journey = journey.ok_or_else(|| format!("journey {number} was not admitted here"))?;
    match journey.state {
        ArrivalState::Arrived => return Ok(()),
        ArrivalState::Refused => return Err(format!("journey {number} was refused: {}", journey.reason)),
        ArrivalState::Pending => {}
    }
    arrive(ctx, journey.place, &journey.traveller, greeting::peer_of(ctx, number)?.name)?;
    ctx.db.arrival().number().update(Arrival { state: ArrivalState::Arrived, ..journey });
    Ok(())
}

/// Lets a traveller live in `place`, with all that they brought.
///
/// # Errors
/// When this region does not know one of their goods.
pub(crate) fn arrive(ctx: &ReducerContext, place: u32, traveller: &Traveller, from: String) -> Result<(), String> {
    let goods = goods_of(ctx, &traveller.load)?;
    let body = settle(ctx, region::read(ctx)?.number, place, traveller, &goods);
    if let Some(identity) = traveller.player {
        role::make_player(ctx, identity);
        ctx.db.player().identity().delete(identity);
        ctx.db.player().insert(Player { identity, agent: body.id, online: is_connected(ctx, identity) });
    }
    event::append(ctx, clock::moment(ctx)?, &body, Cause::OWN, Deed::in_words(Kind::Arrive, from));
    Ok(())
}

/// Forgets a journey that is over, once the region of departure has. A repeat changes nothing.
///
/// # Errors
/// When the caller is not a relay, or the traveller is still pending.
#[reducer]
pub fn forget_arrival(ctx: &ReducerContext, number: u64) -> Result<(), String> {
    role::require(ctx, Role::Relay, "forget a journey")?;
    if let Some(journey) = ctx.db.arrival().number().find(number) {
        if journey.state == ArrivalState::Pending {
            return Err(format!("journey {number} from region {} is not over", region_of(number)));
        }
        ctx.db.arrival().number().delete(number);
    }
    Ok(())
}
