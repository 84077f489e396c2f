//! The exits of a map that lead into other regions.

use crate::core::border::Border;
use crate::core::region::Region;
use crate::founding::keys::{check_label, Keys};
use crate::founding::map::WorldMap;
use std::collections::HashSet;

/// Whether the place that a border leads to exists only the other region knows: it refuses a journey to one that does not.
///
/// # Errors
/// Names the border that starts nowhere, leads into its own region, shares its direction with another way out, or has a
/// bad direction.
pub fn plan_borders(map: &WorldMap, places: &Keys, region: &Region) -> Result<Vec<Border>, String> {
    let mut taken: HashSet<(&str, &str)> =
        map.exits.iter().map(|exit| (exit.from.as_str(), exit.direction.as_str())).collect();
    let mut borders = Vec::new();
    for (id, border) in (0u32..).zip(&map.borders) {
        let label = format!("border \"{}\" of \"{}\"", border.direction, border.from);
        let from = places.find(&border.from, &label)?;
        check_label("direction", &border.direction)?;
        check_label("place beyond a border", &border.to)?;
        if border.region == region.number {
            return Err(format!("{label} leads into its own region {}: make it an exit", region.number));
        }
        if !taken.insert((&border.from, &border.direction)) {
            return Err(format!("{label} shares its direction with another way out"));
        }
        let (direction, to) = (border.direction.clone(), border.to.clone());
        borders.push(Border { id, from, direction, region: border.region, to });
    }
    Ok(borders)
}

#[cfg(test)]
mod tests {
    use crate::founding::map::MapBorder;
    use crate::founding::sound_map::{fault, plan, sound_map};

    fn border(from: &str, direction: &str, region: u32) -> MapBorder {
        MapBorder { from: from.into(), direction: direction.into(), region, to: "The Quay".into() }
    }

    #[test]
    fn a_border_leads_from_a_place_into_another_region() {
        let mut map = sound_map();
        map.borders = vec![border("market", "east", 1)];
        let borders = plan(&map).expect("a sound map").borders;
        assert_eq!((borders[0].from, borders[0].region, borders[0].to.as_str()), (1, 1, "The Quay"));
    }

    #[test]
    fn a_border_that_starts_nowhere_leads_home_or_shares_its_direction_is_refused() {
        for (wrong, said) in [
            (
                border("moon", "east", 1),
                "border \"east\" of \"moon\" names the place \"moon\", which is not on the map",
            ),
            (border("gate", "east", 0), "border \"east\" of \"gate\" leads into its own region 0: make it an exit"),
            (border("gate", "north", 1), "border \"north\" of \"gate\" shares its direction with another way out"),
        ] {
            assert_eq!(fault(|map| map.borders.push(wrong)), said);
        }
    }

    #[test]
    fn nobody_may_be_called_like_a_way_over_the_border() {
        let said = fault(|map| {
            map.borders.push(border("gate", "seaward", 1));
            map.agents[1].name = "Seaward".into();
        });
        assert!(said.contains("the direction seaward"), "{said}");
    }
}
