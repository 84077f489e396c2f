//! Where goods change hands for gold: a stall belongs to its keeper, and its prices follow from its stock.

use crate::core::agent::agent;
use crate::core::holding::{holding, move_between, quantity_of, set, GOLD};
use spacetimedb::{table, ReducerContext};

/// At most one in a place, open while its keeper is there.
#[table(name = stall, public)]
pub struct Stall {
    #[primary_key]
    pub place: u32,
    pub keeper: u32,
}

/// What a good costs where nobody has any left.
const DEAREST: u32 = 12;

/// A price falls by one with each piece on the stall, and never below one. The keeper asks for a piece what the keeper
/// would pay to have it back, so buying and selling in a circle makes no gold.
#[must_use]
pub fn price(stock: u32) -> u32 {
    DEAREST.saturating_sub(stock).max(1)
}

/// The price of buying `quantity` pieces one after another, dearer with each.
#[must_use]
pub fn cost(stock: u32, quantity: u32) -> u32 {
    (0..quantity).fold(0, |sum, piece| sum.saturating_add(price(stock.saturating_sub(piece))))
}

/// What the keeper pays for `quantity` pieces one after another, less with each.
#[must_use]
pub fn proceeds(stock: u32, quantity: u32) -> u32 {
    (1..=quantity).fold(0, |sum, piece| sum.saturating_add(price(stock.saturating_add(piece))))
}

/// What one party to a deal has of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Purse {
    pub gold: u32,
    pub pieces: u32,
}

/// A deal that can be struck: what was paid, and what both parties have afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bargain {
    pub paid: u32,
    pub keeper: Purse,
    pub customer: Purse,
}

/// Both halves of a purchase, computed before either is written.
///
/// # Errors
/// When the stall has too few pieces, the customer too little gold, or the price is above `most`.
pub fn purchase(keeper: Purse, customer: Purse, quantity: u32, most: u32) -> Result<Bargain, String> {
    if quantity > keeper.pieces {
        return Err(format!("the stall has {}, not {quantity}", keeper.pieces));
    }
    let (stock, bought) = move_between(keeper.pieces, customer.pieces, quantity)?;
    let paid = cost(keeper.pieces, quantity);
    if paid > most {
        return Err(format!("that costs {paid} gold, more than {most}"));
    }
    let (left, earned) = move_between(customer.gold, keeper.gold, paid)?;
    Ok(Bargain { paid, keeper: Purse { gold: earned, pieces: stock }, customer: Purse { gold: left, pieces: bought } })
}

/// Both halves of a sale, computed before either is written.
///
/// # Errors
/// When the customer has too few pieces, the keeper too little gold, or the price is below `least`.
pub fn sale(keeper: Purse, customer: Purse, quantity: u32, least: u32) -> Result<Bargain, String> {
    let (left, stock) = move_between(customer.pieces, keeper.pieces, quantity)?;
    let paid = proceeds(keeper.pieces, quantity);
    if paid < least {
        return Err(format!("that brings {paid} gold, less than {least}"));
    }
    let (spent, earned) = move_between(keeper.gold, customer.gold, paid)?;
    Ok(Bargain { paid, keeper: Purse { gold: spent, pieces: stock }, customer: Purse { gold: earned, pieces: left } })
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
/// most of. Where neither is possible, nothing happens.
pub fn bargain(ctx: &ReducerContext, keeper: u32, trader: u32) {
    let goods = |holder: u32| ctx.db.holding().holder().filter(holder).filter(|row| row.good != GOLD);
    let gold = |holder: u32| quantity_of(ctx, holder, GOLD);
    if let Some(carried) = goods(trader).next() {
        let before = purse(ctx, keeper, carried.good);
        let own = Purse { gold: gold(trader), pieces: carried.quantity };
        if let Ok(bargain) = sale(before, own, 1, 0) {
            settle(ctx, carried.good, (keeper, before), (trader, own), bargain);
        }
    } else if let Some(offered) = goods(keeper).max_by_key(|row| row.quantity) {
        let before = Purse { gold: gold(keeper), pieces: offered.quantity };
        let own = Purse { gold: gold(trader), pieces: 0 };
        if let Ok(bargain) = purchase(before, own, 1, DEAREST) {
            settle(ctx, offered.good, (keeper, before), (trader, own), bargain);
        }
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
    if keeper == customer {
        return Err("a keeper does not trade at their own stall".into());
    }
    if good == GOLD {
        return Err("gold cannot be bought or sold".into());
    }
    Ok(keeper)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEEPER: Purse = Purse { gold: 20, pieces: 4 };
    const CUSTOMER: Purse = Purse { gold: 30, pieces: 1 };

    #[test]
    fn what_is_scarce_is_dear_and_nothing_is_free() {
        assert_eq!((price(0), price(5), price(1_000)), (12, 7, 1));
    }

    #[test]
    fn buying_and_selling_back_makes_no_gold() {
        for stock in 0..30 {
            for quantity in 1..=stock {
                assert_eq!(cost(stock, quantity), proceeds(stock - quantity, quantity), "{quantity} of {stock}");
            }
        }
    }

    #[test]
    fn a_huge_quantity_costs_a_huge_price_and_does_not_overflow() {
        assert!(cost(3, 10_000) >= 10_000);
    }

    #[test]
    fn a_purchase_moves_gold_one_way_and_pieces_the_other() {
        let bargain = purchase(KEEPER, CUSTOMER, 2, 17).expect("a deal");
        assert_eq!(bargain.paid, 17, "8 for the first and 9 for the second");
        assert_eq!(bargain.keeper, Purse { gold: 37, pieces: 2 });
        assert_eq!(bargain.customer, Purse { gold: 13, pieces: 3 });
    }

    #[test]
    fn a_sale_moves_gold_and_pieces_the_other_way() {
        let bargain = sale(KEEPER, CUSTOMER, 1, 7).expect("a deal");
        assert_eq!(bargain.paid, 7);
        assert_eq!(bargain.keeper, Purse { gold: 13, pieces: 5 });
        assert_eq!(bargain.customer, Purse { gold: 37, pieces: 0 });
    }

    #[test]
    fn a_deal_that_one_party_cannot_keep_is_rejected_with_the_reason() {
        let poor = Purse { gold: 3, pieces: 1 };
        let refusal = |deal: Result<Bargain, String>| deal.expect_err("a refusal");
        assert_eq!(refusal(purchase(KEEPER, CUSTOMER, 5, 99)), "the stall has 4, not 5");
        assert_eq!(refusal(purchase(KEEPER, CUSTOMER, 1, 7)), "that costs 8 gold, more than 7");
        assert_eq!(refusal(purchase(KEEPER, poor, 1, 99)), "there are only 3, not 8");
        assert_eq!(refusal(sale(KEEPER, CUSTOMER, 2, 0)), "there are only 1, not 2");
        assert_eq!(refusal(sale(KEEPER, CUSTOMER, 1, 8)), "that brings 7 gold, less than 8");
        assert_eq!(refusal(sale(poor, CUSTOMER, 1, 0)), "there are only 3, not 10");
        for nothing in [purchase(KEEPER, CUSTOMER, 0, 9), sale(KEEPER, CUSTOMER, 0, 0)] {
            assert_eq!(refusal(nothing), "quantity must be at least 1");
        }
    }
}
