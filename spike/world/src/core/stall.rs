//! Where goods change hands for gold: a stall belongs to its keeper, and its prices follow from its stock.

use crate::core::account::Account;
use crate::core::agent::agent;
use crate::core::bargain::{purchase, sale, Bargain, Purse};
use crate::core::holding::{quantity_of, set, GOLD};
use crate::core::price::DEAREST;
use spacetimedb::{table, ReducerContext};

/// At most one in a place, open while its keeper is there.
#[table(name = stall, public)]
pub struct Stall {
    #[primary_key]
    pub place: u32,
    pub keeper: u32,
}

/// # Errors
/// When there is no stall in `place`, or its keeper is away.
pub fn keeper(ctx: &ReducerContext, place: u32) -> Result<u32, String> {
    let stall = ctx.db.stall().place().find(place).ok_or("there is no stall here")?;
    let present = ctx.db.agent().id().find(stall.keeper).is_some_and(|keeper| keeper.place == place);
    if present {
        Ok(stall.keeper)
    } else {
        Err("the keeper of the stall is away".into())
    }
}

/// Buys `quantity` pieces from the keeper of `place` for at most `most` gold. Returns what was paid.
///
/// # Errors
/// When the stall, the goods or the gold are not there, or the price is higher.
pub fn buy(ctx: &ReducerContext, place: u32, buyer: u32, good: u32, quantity: u32, most: u32) -> Result<u32, String> {
    let keeper = keeper_for(ctx, place, buyer, good)?;
    let before = (purse(ctx, keeper, good), purse(ctx, buyer, good));
    let bargain = purchase(before.0, before.1, quantity, most)?;
    settle(ctx, good, (keeper, before.0), (buyer, before.1), bargain);
    Ok(bargain.paid)
}

/// Sells `quantity` pieces to the keeper of `place` for at least `least` gold. Returns what was paid.
///
/// # Errors
/// When the stall, the goods or the gold are not there, or the price is lower.
pub fn sell(
    ctx: &ReducerContext,
    place: u32,
    seller: u32,
    good: u32,
    quantity: u32,
    least: u32,
) -> Result<u32, String> {
    let keeper = keeper_for(ctx, place, seller, good)?;
    let before = (purse(ctx, keeper, good), purse(ctx, seller, good));
    let bargain = sale(before.0, before.1, quantity, least)?;
    settle(ctx, good, (keeper, before.0), (seller, before.1), bargain);
    Ok(bargain.paid)
}

/// A trader's turn with the keeper of a stall: sells one piece of what it carries, or else buys one of what the stall has
/// most of. Of several goods it sells the one with the lowest id, and of equal stocks it buys the one with the highest.
/// Where neither is possible, nothing happens.
pub fn bargain(keeper: &mut Account, trader: &mut Account) {
    let deal = if let Some((carried, _)) = trader.wares().next() {
        sale(keeper.purse(carried), trader.purse(carried), 1, 0).map(|bargain| (carried, bargain))
    } else if let Some((offered, _)) = keeper.wares().max_by_key(|(_, quantity)| *quantity) {
        purchase(keeper.purse(offered), trader.purse(offered), 1, DEAREST).map(|bargain| (offered, bargain))
    } else {
        return;
    };
    if let Ok((good, bargain)) = deal {
        keeper.settle(good, bargain.keeper);
        trader.settle(good, bargain.customer);
    }
}

/// Writes both halves of a bargain. The purses are what both had when it was computed.
fn settle(ctx: &ReducerContext, good: u32, keeper: (u32, Purse), customer: (u32, Purse), bargain: Bargain) {
    for ((holder, before), after) in [(keeper, bargain.keeper), (customer, bargain.customer)] {
        set(ctx, holder, GOLD, before.gold, after.gold);
        set(ctx, holder, good, before.pieces, after.pieces);
    }
}

fn purse(ctx: &ReducerContext, holder: u32, good: u32) -> Purse {
    Purse { gold: quantity_of(ctx, holder, GOLD), pieces: quantity_of(ctx, holder, good) }
}

/// The keeper who deals with this customer in this good.
fn keeper_for(ctx: &ReducerContext, place: u32, customer: u32, good: u32) -> Result<u32, String> {
    let keeper = keeper(ctx, place)?;
    check_customer(keeper, customer, good)?;
    Ok(keeper)
}

fn check_customer(keeper: u32, customer: u32, good: u32) -> Result<(), String> {
    if keeper == customer {
        return Err("a keeper does not trade at their own stall".into());
    }
    if good == GOLD {
        return Err("gold cannot be bought or sold".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keeper_trades_goods_with_others() {
        assert_eq!(check_customer(1, 2, GOLD + 1), Ok(()));
        assert_eq!(check_customer(1, 1, GOLD + 1), Err("a keeper does not trade at their own stall".into()));
        assert_eq!(check_customer(1, 2, GOLD), Err("gold cannot be bought or sold".into()));
    }

    const SALT: u32 = GOLD + 1;
    const IRON: u32 = GOLD + 2;

    fn account(held: &[(u32, u32)]) -> Account {
        Account::of(0, held.iter().copied())
    }

    #[test]
    fn a_trader_buys_one_of_what_the_stall_has_most_of_and_sells_it_at_the_next_stall() {
        let (mut first, mut next) = (account(&[(GOLD, 20), (SALT, 2), (IRON, 4)]), account(&[(GOLD, 20)]));
        let mut trader = account(&[(GOLD, 12)]);
        bargain(&mut first, &mut trader);
        assert_eq!((first.purse(IRON), trader.purse(IRON)), (purse_of(28, 3), purse_of(4, 1)));
        bargain(&mut next, &mut trader);
        assert_eq!((next.purse(IRON), trader.purse(IRON)), (purse_of(9, 1), purse_of(15, 0)));
        assert_eq!(first.purse(SALT).pieces, 2, "the other ware stays");
    }

    #[test]
    fn where_nothing_can_be_bought_or_sold_nothing_happens() {
        for (keeper, trader) in [
            ([(GOLD, 20), (SALT, 0)], [(GOLD, 12), (SALT, 0)]),
            ([(GOLD, 20), (SALT, 2)], [(GOLD, 3), (SALT, 0)]),
            ([(GOLD, 3), (SALT, 0)], [(GOLD, 12), (SALT, 1)]),
        ] {
            let (mut after, mut own) = (account(&keeper), account(&trader));
            bargain(&mut after, &mut own);
            assert_eq!(
                (after.purse(SALT), own.purse(SALT)),
                (account(&keeper).purse(SALT), account(&trader).purse(SALT))
            );
        }
    }

    const fn purse_of(gold: u32, pieces: u32) -> Purse {
        Purse { gold, pieces }
    }
}
