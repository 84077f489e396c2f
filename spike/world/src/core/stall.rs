//! Where goods change hands for gold: a stall belongs to its keeper, and its prices follow from what is left.

use crate::core::agent::agent;
use crate::core::holding::{good, hand_over, holding, quantity_of, transfer, GOLD};
use spacetimedb::{table, ReducerContext};

/// One a place at most, open while its keeper is there.
#[table(name = stall, public)]
pub struct Stall {
    #[primary_key]
    pub place: u32,
    pub keeper: u32,
}

/// What a good costs where nobody has any left.
const DEAREST: u32 = 12;

/// A price falls by one with each piece on the stall, and is never nothing. What the keeper asks for a piece is what
/// the keeper would pay to have it back, so that no round of buying and selling makes gold.
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

/// Buys `quantity` pieces from the keeper of `place` for at most `most` gold. @return what was paid
///
/// # Errors
/// When the stall, the goods or the gold are not there, or the price is higher.
pub fn buy(ctx: &ReducerContext, place: u32, buyer: u32, good: u32, quantity: u32, most: u32) -> Result<u32, String> {
    let keeper = keeper_for(ctx, place, buyer, good)?;
    buy_from(ctx, (keeper, quantity_of(ctx, keeper, good)), buyer, good, quantity, most)
}

fn buy_from(
    ctx: &ReducerContext,
    (keeper, stock): (u32, u32),
    buyer: u32,
    good: u32,
    quantity: u32,
    most: u32,
) -> Result<u32, String> {
    if quantity > stock {
        return Err(format!("the stall has {stock}, not {quantity}"));
    }
    let price = cost(stock, quantity);
    if price > most {
        return Err(format!("that costs {price} gold, more than {most}"));
    }
    transfer(ctx, buyer, keeper, GOLD, price)?;
    hand_over(ctx, good, (keeper, stock), (buyer, quantity_of(ctx, buyer, good)), quantity)?;
    Ok(price)
}

/// Sells `quantity` pieces to the keeper of `place` for at least `least` gold. @return what was paid
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
    sell_to(ctx, keeper, (seller, quantity_of(ctx, seller, good)), good, quantity, least)
}

fn sell_to(
    ctx: &ReducerContext,
    keeper: u32,
    (seller, held): (u32, u32),
    good: u32,
    quantity: u32,
    least: u32,
) -> Result<u32, String> {
    if quantity > held {
        return Err(format!("{quantity} is more than the {held} there are"));
    }
    let stock = quantity_of(ctx, keeper, good);
    let price = proceeds(stock, quantity);
    if price < least {
        return Err(format!("that brings {price} gold, less than {least}"));
    }
    transfer(ctx, keeper, seller, GOLD, price)?;
    hand_over(ctx, good, (seller, held), (keeper, stock), quantity)?;
    Ok(price)
}

fn keeper_for(ctx: &ReducerContext, place: u32, customer: u32, good: u32) -> Result<u32, String> {
    let keeper = keeper(ctx, place)?;
    if keeper == customer {
        return Err("a keeper does not trade at their own stall".into());
    }
    if good == GOLD {
        return Err("gold is what one pays with".into());
    }
    ctx.db.good().id().find(good).map(|_| keeper).ok_or_else(|| format!("there is no good {good}"))
}

/// A trader's turn with the keeper of a stall: sells a piece of what it carries, or else buys one of what the stall has
/// most of. Where nothing can be bought or sold, nothing happens.
pub fn bargain(ctx: &ReducerContext, keeper: u32, trader: u32) {
    let goods = |holder: u32| ctx.db.holding().holder().filter(holder).filter(|row| row.good != GOLD);
    if let Some(carried) = goods(trader).next() {
        let _ = sell_to(ctx, keeper, (trader, carried.quantity), carried.good, 1, 0);
    } else if let Some(offered) = goods(keeper).max_by_key(|row| row.quantity) {
        let _ = buy_from(ctx, (keeper, offered.quantity), trader, offered.good, 1, DEAREST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_scarce_is_dear_and_nothing_is_free() {
        assert_eq!((price(0), price(5), price(1_000)), (12, 7, 1));
    }

    #[test]
    fn buying_and_selling_back_makes_no_gold() {
        for stock in 0..30 {
            for count in 1..=stock {
                assert_eq!(cost(stock, count), proceeds(stock - count, count), "{count} of {stock}");
            }
        }
    }

    #[test]
    fn a_count_out_of_all_bounds_is_no_bargain_and_no_overflow() {
        assert!(cost(3, 10_000) >= 10_000);
    }
}
