//! What agents own. Gold is a good like any other, so one function moves everything, and nothing is made or lost.

use spacetimedb::{table, ReducerContext, Table};

/// The id of gold among the goods.
pub const GOLD: u32 = 0;
/// Holds the gold that newcomers are given: a newcomer must not make gold out of nothing.
pub const TREASURY: u32 = u32::MAX;

#[table(name = good, public)]
pub struct Good {
    #[primary_key]
    pub id: u32,
    #[unique]
    pub name: String,
}

/// How much of a good somebody holds; nothing is no row.
#[table(name = holding, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Made of holder and good, so that one row is found without an index over both.
    #[primary_key]
    pub id: u64,
    #[index(btree)]
    pub holder: u32,
    pub good: u32,
    pub quantity: u32,
}

#[must_use]
pub const fn key(holder: u32, good: u32) -> u64 {
    (holder as u64) << 32 | good as u64
}

pub fn quantity_of(ctx: &ReducerContext, holder: u32, good: u32) -> u32 {
    ctx.db.holding().id().find(key(holder, good)).map_or(0, |row| row.quantity)
}

/// Only a founding and a lab put things into the world.
pub fn endow(ctx: &ReducerContext, holder: u32, good: u32, quantity: u32) {
    set(ctx, holder, good, quantity_of(ctx, holder, good), quantity);
}

/// # Errors
/// When the giver has less than that, or giver and taker are one.
pub fn transfer(ctx: &ReducerContext, from: u32, to: u32, good: u32, quantity: u32) -> Result<(), String> {
    hand_over(ctx, good, (from, quantity_of(ctx, from, good)), (to, quantity_of(ctx, to, good)), quantity)
}

/// As `transfer`, for whoever has just read what both hold: a tick of traders is made of these.
///
/// # Errors
/// When the giver has less than that, or giver and taker are one.
pub fn hand_over(
    ctx: &ReducerContext,
    good: u32,
    (from, had): (u32, u32),
    (to, held): (u32, u32),
    quantity: u32,
) -> Result<(), String> {
    let (left, right) = move_between(had, held, quantity)?;
    if from == to {
        return Err("nobody can give to themselves".into());
    }
    set(ctx, from, good, had, left);
    set(ctx, to, good, held, right);
    Ok(())
}

/// What both have after `quantity` went from the first to the second; their sum stays.
///
/// # Errors
/// When there is not so much to give, or nothing is given.
pub fn move_between(from: u32, to: u32, quantity: u32) -> Result<(u32, u32), String> {
    if quantity == 0 {
        return Err("nothing is no quantity".into());
    }
    let left = from.checked_sub(quantity).ok_or_else(|| format!("{quantity} is more than the {from} there are"))?;
    let right = to.checked_add(quantity).ok_or("nobody can hold so much")?;
    Ok((left, right))
}

/// What was held tells whether there is a row, so that none is looked for.
fn set(ctx: &ReducerContext, holder: u32, good: u32, held: u32, quantity: u32) {
    let (id, holdings) = (key(holder, good), ctx.db.holding());
    match (held, quantity) {
        (0, 0) => {}
        (0, _) => drop(holdings.insert(Holding { id, holder, good, quantity })),
        (_, 0) => drop(holdings.id().delete(id)),
        _ => drop(holdings.id().update(Holding { id, holder, good, quantity })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_loses_the_other_gains() {
        assert_eq!(move_between(5, 2, 3), Ok((2, 5)));
    }

    #[test]
    fn more_than_there_is_cannot_be_given() {
        assert_eq!(move_between(2, 0, 3), Err("3 is more than the 2 there are".into()));
        assert!(move_between(2, 0, 0).is_err());
        assert!(move_between(2, u32::MAX, 1).is_err());
    }

    #[test]
    fn every_pair_of_holder_and_good_has_a_key_of_its_own() {
        assert_ne!(key(1, 0), key(0, 1));
        assert_eq!(key(TREASURY, GOLD) >> 32, u64::from(TREASURY));
    }
}
