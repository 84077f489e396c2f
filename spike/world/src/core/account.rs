//! What one agent holds, read once and written once by a reducer that changes it many times.
//!
//! In one tick a keeper may deal with dozens of traders, and each deal changes the same few quantities. They change in
//! memory, and the rows are written at the end.

use crate::core::bargain::Purse;
use crate::core::holding::{holding, set, GOLD};
use spacetimedb::ReducerContext;
use std::collections::BTreeMap;

/// Holdings by good. A good that is not listed is not held.
pub struct Account {
    holder: u32,
    goods: BTreeMap<u32, Quantity>,
}

#[derive(Clone, Copy, Default)]
struct Quantity {
    /// In the table.
    stored: u32,
    now: u32,
}

impl Account {
    pub fn read(ctx: &ReducerContext, holder: u32) -> Self {
        Self::of(holder, ctx.db.holding().holder().filter(holder).map(|row| (row.good, row.quantity)))
    }

    pub(crate) fn of(holder: u32, held: impl Iterator<Item = (u32, u32)>) -> Self {
        let goods = held.map(|(good, stored)| (good, Quantity { stored, now: stored })).collect();
        Self { holder, goods }
    }

    /// Writes the rows that differ from the table.
    pub fn write(&mut self, ctx: &ReducerContext) {
        for (good, Quantity { stored, now }) in self.changed() {
            set(ctx, self.holder, good, stored, now);
        }
        self.goods.values_mut().for_each(|quantity| quantity.stored = quantity.now);
    }

    fn changed(&self) -> impl Iterator<Item = (u32, Quantity)> + '_ {
        let all = self.goods.iter().map(|(good, quantity)| (*good, *quantity));
        all.filter(|(_, quantity)| quantity.stored != quantity.now)
    }

    /// What it has for a deal in one good.
    #[must_use]
    pub fn purse(&self, good: u32) -> Purse {
        Purse { gold: self.quantity_of(GOLD), pieces: self.quantity_of(good) }
    }

    /// Replaces what it had before a deal in one good.
    pub fn settle(&mut self, good: u32, purse: Purse) {
        self.goods.entry(GOLD).or_default().now = purse.gold;
        self.goods.entry(good).or_default().now = purse.pieces;
    }

    /// What it can trade for gold, with quantities, by the id of the good.
    pub fn wares(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (self.goods.iter().map(|(good, quantity)| (*good, quantity.now)))
            .filter(|(good, quantity)| *good != GOLD && *quantity > 0)
    }

    fn quantity_of(&self, good: u32) -> u32 {
        self.goods.get(&good).map_or(0, |quantity| quantity.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: u32 = GOLD + 1;
    const IRON: u32 = GOLD + 2;

    #[test]
    fn a_purse_holds_gold_and_pieces_of_one_good() {
        let account = Account::of(7, [(GOLD, 5), (SALT, 2)].into_iter());
        assert_eq!(account.purse(SALT), Purse { gold: 5, pieces: 2 });
        assert_eq!(account.purse(IRON), Purse { gold: 5, pieces: 0 });
    }

    #[test]
    fn gold_and_what_was_sold_out_are_no_wares() {
        let mut account = Account::of(7, [(IRON, 3), (GOLD, 5), (SALT, 2)].into_iter());
        account.settle(SALT, Purse { gold: 9, pieces: 0 });
        assert_eq!(account.wares().collect::<Vec<_>>(), [(IRON, 3)]);
    }

    #[test]
    fn a_row_that_ends_as_it_was_is_not_written() {
        let mut account = Account::of(7, [(GOLD, 5), (SALT, 2)].into_iter());
        account.settle(SALT, Purse { gold: 9, pieces: 1 });
        account.settle(IRON, Purse { gold: 5, pieces: 1 });
        let changed: Vec<_> = account.changed().map(|(good, Quantity { stored, now })| (good, stored, now)).collect();
        assert_eq!(changed, [(SALT, 2, 1), (IRON, 0, 1)]);
    }
}
