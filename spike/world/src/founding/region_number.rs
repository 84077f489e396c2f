//! Which part of a world this database is going to hold.

use crate::core::region::{self, Region, LAST};
use crate::core::role::{self, Role};
use spacetimedb::{reducer, ReducerContext};

/// Says which region this database is. Before the founding, because the agents get their ids from it.
///
/// # Errors
/// When the caller is not the owner, the world is founded, the number is above 254, or the name is not one short line.
#[reducer]
pub fn set_region(ctx: &ReducerContext, number: u32, name: String) -> Result<(), String> {
    role::require(ctx, Role::Owner, "name the region")?;
    let before = region::read(ctx)?;
    if before.residents > 0 {
        return Err(format!("this region is founded already, as number {}", before.number));
    }
    check_region(number, &name)?;
    region::write(ctx, Region { number, name, ..before });
    Ok(())
}

fn check_region(number: u32, name: &str) -> Result<(), String> {
    if number > LAST {
        return Err(format!("the region number {number} is out of range: use 0 to {LAST}"));
    }
    let length = name.chars().count();
    if !(1..=40).contains(&length) || name.chars().any(char::is_control) {
        return Err(format!("a region's name of {length} characters is out of range: use one line of 1 to 40"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_a_number_up_to_254_and_a_name_in_one_line() {
        assert_eq!(check_region(LAST, "South"), Ok(()));
        assert!(check_region(LAST + 1, "South").is_err());
        for name in [String::new(), "a".repeat(41), "a\tb".into()] {
            assert!(check_region(1, &name).is_err(), "{name:?}");
        }
    }
}
