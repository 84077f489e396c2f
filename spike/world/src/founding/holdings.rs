//! What everybody on a map holds, and how much of it there may be.

use crate::core::holding::Good;
use std::collections::{HashMap, HashSet};

/// The most of one good in the whole world, so that no sum of holdings overflows.
const MOST: u64 = 1_000_000_000;

pub(super) fn check_sums(goods: &[Good], holdings: &[(u32, u32, u32)]) -> Result<(), String> {
    let mut sums: HashMap<u32, u64> = HashMap::new();
    let mut holders = HashSet::new();
    for (holder, good, quantity) in holdings {
        let sum = sums.entry(*good).or_default();
        *sum += u64::from(*quantity);
        let name = &goods[*good as usize].name;
        if *sum > MOST {
            return Err(format!("there is more than {MOST} of \"{name}\" on the map: use less"));
        }
        if !holders.insert((holder, good)) {
            return Err(format!("somebody holds \"{name}\" twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::founding::map::MapHolding;
    use crate::founding::sound_map::{fault, plan, sound_map};

    #[test]
    fn sums_that_would_overflow_are_refused() {
        assert!(fault(|map| map.newcomers.treasury = u32::MAX).contains("more than"));
    }

    #[test]
    fn a_good_may_come_to_a_thousand_million_and_no_more() {
        let treasury = |gold: u32| {
            let mut map = sound_map();
            map.newcomers.treasury = gold;
            plan(&map).map(drop)
        };
        let rest = 1_000_000_000 - 2 * 5;
        assert_eq!(treasury(rest), Ok(()));
        assert!(treasury(rest + 1).expect_err("a refusal").contains("more than 1000000000 of \"gold\""));
    }

    #[test]
    fn a_second_holding_of_one_good_is_refused() {
        let twice = fault(|map| map.agents[0].holds.push(MapHolding { good: "salt".into(), quantity: 1 }));
        assert_eq!(twice, "somebody holds \"salt\" twice");
    }
}
