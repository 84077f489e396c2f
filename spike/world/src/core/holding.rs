//! What agents own. Gold is a good like any other, so one function moves everything, and nothing is made or lost.

use spacetimedb::{table, ReducerContext, Table};

/// The id of gold among the goods.
pub const GOLD: u32 = 0;
/// Holds the gold that newcomers are given, so that a newcomer does not make gold out of nothing.
pub const TREASURY: u32 = u32::MAX;

#[table(name = good, public)]
pub struct Good {
    #[primary_key]
    pub id: u32,
    #[unique]
    pub name: String,
}

/// How much of a good somebody holds. Who holds none has no row.
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
    if from == to {
        return Err("nobody can give to themselves".into());
    }
    let had = quantity_of(ctx, from, good);
    let held = quantity_of(ctx, to, good);
    let (left, right) = move_between(had, held, quantity)?;
    set(ctx, from, good, had, left);
    set(ctx, to, good, held, right);
    Ok(())
}

/// What both have after `quantity` went from the first to the second; their sum stays.
///
/// # Errors
/// When the first has less than that, or the quantity is 0.
pub fn move_between(from: u32, to: u32, quantity: u32) -> Result<(u32, u32), String> {
    if quantity == 0 {
        return Err("quantity must be at least 1".into());
    }
    let left = from.checked_sub(quantity).ok_or_else(|| format!("there are only {from}, not {quantity}"))?;
    let right = to.checked_add(quantity).ok_or("nobody can hold so much")?;
    Ok((left, right))
}

/// Writes what `holder` now has. `held` is what they had, which says whether there is a row without looking for it.
pub(crate) fn set(ctx: &ReducerContext, holder: u32, good: u32, held: u32, quantity: u32) {
    let id = key(holder, good);
    let holdings = ctx.db.holding();
    match change(held, quantity) {
        Change::Nothing => {}
        Change::Insert => drop(holdings.insert(Holding { id, holder, good, quantity })),
        Change::Delete => drop(holdings.id().delete(id)),
        Change::Update => drop(holdings.id().update(Holding { id, holder, good, quantity })),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
    Nothing,
    Insert,
    Delete,
    Update,
}

/// What happens to the row. Holding nothing means having no row.
const fn change(held: u32, quantity: u32) -> Change {
    match (held, quantity) {
        (0, 0) => Change::Nothing,
        (0, _) => Change::Insert,
        (_, 0) => Change::Delete,
        _ => Change::Update,
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
    fn rejects_more_than_there_is_and_less_than_one() {
        assert_eq!(move_between(2, 0, 3), Err("there are only 2, not 3".into()));
        assert_eq!(move_between(2, 0, 0), Err("quantity must be at least 1".into()));
        assert!(move_between(2, u32::MAX, 1).is_err());
    }

    #[test]
    fn every_pair_of_holder_and_good_has_its_own_key() {
        assert_ne!(key(1, 0), key(0, 1));
        assert_eq!(key(TREASURY, GOLD) >> 32, u64::from(TREASURY));
    }

    #[test]
    fn the_key_has_the_holder_in_its_upper_half_and_the_good_in_its_lower() {
        assert_eq!(key(1, 2), 0x1_0000_0002);
    }

    #[test]
    fn the_last_piece_can_be_given() {
        assert_eq!(move_between(3, 0, 3), Ok((0, 3)));
        assert_eq!(move_between(1, u32::MAX - 1, 1), Ok((0, u32::MAX)));
    }

    #[test]
    fn nobody_has_a_row_of_nothing() {
        assert_eq!([change(0, 0), change(0, 3), change(3, 0)], [Change::Nothing, Change::Insert, Change::Delete]);
        assert_eq!([change(3, 2), change(3, 3)], [Change::Update; 2]);
    }
}
