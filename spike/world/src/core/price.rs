//! What a good costs at a stall. The price follows from the stock, so nobody has to set one.

/// What a good costs where nobody has any left.
pub const DEAREST: u32 = 12;

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
    fn each_piece_has_its_own_price() {
        assert_eq!([cost(4, 0), cost(4, 1), cost(4, 3)], [0, 8, 8 + 9 + 10]);
        assert_eq!([proceeds(4, 0), proceeds(4, 1), proceeds(4, 3)], [0, 7, 7 + 6 + 5]);
    }
}
