//! The keys and names of a map, and the numbers that the rows use instead.

use std::collections::HashMap;

/// Keys or names in the order of their numbers.
pub struct Keys<'a> {
    of: &'static str,
    ids: HashMap<&'a str, u32>,
}

impl<'a> Keys<'a> {
    /// Numbers the keys from 0.
    ///
    /// # Errors
    /// When one is empty, has a control character or is there twice.
    pub fn of(of: &'static str, keys: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut ids = HashMap::new();
        for (id, key) in (0u32..).zip(keys) {
            check_label(of, key)?;
            if ids.insert(key, id).is_some() {
                return Err(format!("the {of} \"{key}\" is there twice"));
            }
        }
        Ok(Self { of, ids })
    }

    /// # Errors
    /// When the map has no such key. It names the user of the key too.
    pub fn find(&self, key: &str, user: &str) -> Result<u32, String> {
        let id = self.ids.get(key).copied();
        id.ok_or_else(|| format!("{user} names the {} \"{key}\", which is not on the map", self.of))
    }
}

/// Goods and directions stand in events, whose digest separates fields by tabs and events by lines.
///
/// # Errors
/// When the label is empty or has a control character.
pub fn check_label(of: &str, label: &str) -> Result<(), String> {
    if label.is_empty() {
        return Err(format!("a {of} on the map is empty"));
    }
    if label.chars().any(char::is_control) {
        return Err(format!("the {of} {label:?} holds a control character: use text in one line"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::founding::sound_map::fault;

    #[test]
    fn a_key_or_name_used_twice_is_refused() {
        assert!(fault(|map| map.places[1].key = "gate".into()).contains("there twice"));
        assert!(fault(|map| map.agents[1].name = "Mira".into()).contains("there twice"));
        assert!(fault(|map| map.goods[0] = "gold".into()).contains("there twice"));
    }

    #[test]
    fn a_label_that_is_empty_or_has_a_control_character_is_refused() {
        assert_eq!(fault(|map| map.goods[0] = String::new()), "a good on the map is empty");
        assert!(fault(|map| map.goods[0] = "sa\tlt".into()).contains("control character"));
        assert!(fault(|map| map.exits[0].direction = "north\n".into()).contains("control character"));
    }
}
