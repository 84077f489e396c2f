//! Who crosses a border, with everything that they take along.

use crate::core::agent::{agent, agent_profile, Agent, AgentProfile, Routine, NO_ROUTE};
use crate::core::holding::{endow, good, holding, set};
use crate::core::names_in_use;
use crate::core::region::home_of;
use spacetimedb::{table, Identity, ReducerContext, SpacetimeType, Table};

/// A person on the way. Goods go by name, because each region numbers its own.
#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub struct Traveller {
    pub agent: u32,
    pub name: String,
    pub persona: String,
    pub routine: Routine,
    /// Borders crossed in this life, this one included. Of two copies of a person, the one with more is the later.
    pub hops: u32,
    pub load: Vec<Load>,
    /// The player who leads this body.
    pub player: Option<Identity>,
}

#[derive(SpacetimeType, Clone, Debug, PartialEq)]
pub struct Load {
    pub good: String,
    pub quantity: u32,
}

/// What this region knows about somebody who has crossed a border of it, in either direction.
#[table(name = passport, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Passport {
    #[primary_key]
    pub agent: u32,
    pub hops: u32,
    /// Where they are, as far as this region knows.
    pub region: u32,
    /// What they were and had when they last left this region: the region where they went may be restored from a copy that
    /// is older. Empty before that.
    pub farewell: Option<Traveller>,
}

/// Somebody of another region who is here.
#[table(name = visitor, public)]
pub struct Visitor {
    #[primary_key]
    pub agent: u32,
    pub home: u32,
}

/// What somebody holds, by name.
pub fn load_of(ctx: &ReducerContext, who: u32) -> Vec<Load> {
    let mut load: Vec<Load> = (ctx.db.holding().holder().filter(who))
        .filter_map(|row| {
            let good = ctx.db.good().id().find(row.good)?;
            Some(Load { good: good.name, quantity: row.quantity })
        })
        .collect();
    // The host lists the rows of a key in no particular order, and a repeated offer must be the same.
    load.sort_unstable_by(|one, other| one.good.cmp(&other.good));
    load
}

/// # Errors
/// When this region does not know one of the goods.
pub fn goods_of(ctx: &ReducerContext, load: &[Load]) -> Result<Vec<(u32, u32)>, String> {
    load.iter()
        .map(|Load { good: name, quantity }| {
            let good = ctx.db.good().name().find(name.clone());
            good.map(|good| (good.id, *quantity)).ok_or_else(|| format!("nobody there knows the good {name}"))
        })
        .collect()
}

/// Takes from somebody all that they hold, because it has gone with them.
pub fn unload(ctx: &ReducerContext, who: u32) {
    for row in ctx.db.holding().holder().filter(who).collect::<Vec<_>>() {
        set(ctx, who, row.good, row.quantity, 0);
    }
}

/// Lets somebody live in `place`: a resident in the row that waited for them, anybody else in a new one.
pub fn settle(ctx: &ReducerContext, own_region: u32, place: u32, traveller: &Traveller, goods: &[(u32, u32)]) -> Agent {
    let id = traveller.agent;
    let body = if let Some(waiting) = ctx.db.agent().id().find(id) {
        ctx.db.agent().id().update(waiting.moved(place))
    } else {
        ctx.db.agent_profile().insert(AgentProfile::new(id, &traveller.name, &traveller.persona));
        names_in_use::register(ctx, id, &traveller.name);
        if home_of(id) != own_region {
            ctx.db.visitor().insert(Visitor { agent: id, home: home_of(id) });
        }
        ctx.db.agent().insert(Agent::new(id, place, traveller.routine, NO_ROUTE, 0))
    };
    for (good, quantity) in goods {
        endow(ctx, id, *good, *quantity);
    }
    stamp(ctx, Passport { agent: id, hops: traveller.hops, region: own_region, farewell: None });
    body
}

/// Removes somebody who belongs elsewhere. A resident's row stays, so that it waits for them and their name stays taken.
/// Returns whether it was a visitor.
pub fn remove_visitor(ctx: &ReducerContext, who: u32) -> bool {
    if !ctx.db.visitor().agent().delete(who) {
        return false;
    }
    ctx.db.agent().id().delete(who);
    ctx.db.agent_profile().id().delete(who);
    names_in_use::forget(ctx, who);
    true
}

/// Notes how often somebody has crossed borders, and where they are now.
pub fn stamp(ctx: &ReducerContext, passport: Passport) {
    if ctx.db.passport().agent().find(passport.agent).is_some() {
        ctx.db.passport().agent().update(passport);
    } else {
        ctx.db.passport().insert(passport);
    }
}

/// How many borders somebody has crossed, as far as this region knows.
pub fn hops_of(ctx: &ReducerContext, agent: u32) -> u32 {
    ctx.db.passport().agent().find(agent).map_or(0, |passport| passport.hops)
}
