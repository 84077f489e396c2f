//! Players: each leads one agent, and acts through the same closed set as a mind.

use crate::core::action::{self, Action};
use crate::core::agent::Routine;
use crate::core::agent::{agent, agent_profile, Agent, AgentProfile, NO_ROUTE};
use crate::core::clock;
use crate::core::event::{self, Cause, Deed, Kind};
use crate::core::holding::{self, GOLD, TREASURY};
use crate::core::name::parse_name;
use crate::core::names_in_use;
use crate::core::pause;
use crate::core::player::{player, Player, MAX_PLAYERS};
use crate::core::region;
use crate::core::role::{self, Role};
use crate::core::session::is_connected;
use crate::core::speech::check_speech;
use crate::core::world::world;
use crate::slow_path::opening;
use spacetimedb::{reducer, ReducerContext, Table};

/// Enters the world under a name. The name and the body stay, and a second call by the same identity is rejected.
///
/// # Errors
/// When no world is founded or it stands still, the caller has another role or joined before, the world is full, or the
/// name is invalid, taken, or looks like another name or word of this world.
#[reducer]
pub fn join(ctx: &ReducerContext, name: String) -> Result<(), String> {
    let world = ctx.db.world().id().find(0).ok_or("no world is founded yet")?;
    if let Some(player) = ctx.db.player().identity().find(ctx.sender) {
        let own = ctx.db.agent_profile().id().find(player.agent).map_or_else(String::new, |own| own.name);
        return Err(format!("you are here already, as {own}"));
    }
    role::grant_player_to_caller(ctx)?;
    if ctx.db.player().count() >= u64::from(MAX_PLAYERS) {
        return Err(format!("the world is full: it has {MAX_PLAYERS} players already"));
    }
    pause::require_running(ctx)?;
    let name = parse_name(&name)?;
    names_in_use::names_near(ctx, &name).check(&name)?;
    let id = region::admit_player(ctx)?;
    let body = Agent::new(id, world.newcomer_place, Routine::PlayerControlled, NO_ROUTE, 0);
    ctx.db.agent_profile().insert(AgentProfile::new(id, &name, "A player."));
    names_in_use::register(ctx, id, &name);
    ctx.db.player().insert(Player { identity: ctx.sender, agent: id, online: is_connected(ctx, ctx.sender) });
    if holding::quantity_of(ctx, TREASURY, GOLD) >= world.newcomer_gold && world.newcomer_gold > 0 {
        holding::transfer(ctx, TREASURY, id, GOLD, world.newcomer_gold)?;
    }
    event::append(ctx, clock::moment(ctx)?, &body, Cause::OWN, Deed::plain(Kind::Arrive));
    ctx.db.agent().insert(body);
    Ok(())
}

/// Does something with the caller's body.
///
/// # Errors
/// When the caller is not a player, the world stands still, or it forbids the action. Nothing has changed then.
#[reducer]
pub fn act(ctx: &ReducerContext, action: Action) -> Result<(), String> {
    let body = body(ctx, "act")?;
    action::apply(ctx, clock::moment(ctx)?, body, &action, Cause::OWN).map(drop)
}

/// Asks an agent a question, wherever both are. Its mind answers later, and the world goes on meanwhile.
///
/// # Errors
/// When the caller is not a player, the world stands still, the agent is not there, is a player or has an open question,
/// the question cannot be said, or too many questions are open.
#[reducer]
pub fn ask(ctx: &ReducerContext, agent: u32, question: String) -> Result<(), String> {
    let asker = body(ctx, "ask an agent")?;
    opening::ask(ctx, agent, asker, check_speech(&question)?)
}

fn body(ctx: &ReducerContext, what: &str) -> Result<u32, String> {
    role::require(ctx, Role::Player, what)?;
    pause::require_running(ctx)?;
    let player = ctx.db.player().identity().find(ctx.sender);
    player.map(|player| player.agent).ok_or_else(|| "join the world first".into())
}

pub fn set_online(ctx: &ReducerContext, online: bool) {
    if let Some(player) = ctx.db.player().identity().find(ctx.sender).filter(|player| player.online != online) {
        ctx.db.player().identity().update(Player { online, ..player });
    }
}
