//! A deal between the keeper of a stall and a customer. It is computed as a whole before anything is written.

use crate::core::holding::move_between;
use crate::core::price::{cost, proceeds};

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

#[cfg(test)]
mod tests {
    use super::*;

    const KEEPER: Purse = Purse { gold: 20, pieces: 4 };
    const CUSTOMER: Purse = Purse { gold: 30, pieces: 1 };

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

    #[test]
    fn the_whole_stock_can_be_bought_and_the_whole_purse_spent() {
        let all = purchase(KEEPER, CUSTOMER, 4, 99);
        assert_eq!(all.expect_err("a refusal"), "there are only 30, not 38");
        let rich = Purse { gold: 38, pieces: 0 };
        let bargain = purchase(KEEPER, rich, 4, 38).expect("a deal");
        assert_eq!(bargain.keeper, Purse { gold: 58, pieces: 0 });
        assert_eq!(bargain.customer, Purse { gold: 0, pieces: 4 });
    }
}
