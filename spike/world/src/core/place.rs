//! Places, the exits that join them, and the routes that agents walk.

use spacetimedb::table;

#[table(name = place, public)]
pub struct Place {
    #[primary_key]
    pub id: u32,
    pub name: String,
    pub description: String,
}

/// A way out of a place, in one direction.
#[table(name = exit, public)]
pub struct Exit {
    #[primary_key]
    pub id: u32,
    #[index(btree)]
    pub from: u32,
    pub direction: String,
    pub to: u32,
}

/// A round that agents walk: each stop has an exit to the next, and the last one to the first. The route of an agent that
/// rests has one stop.
#[table(name = route, public)]
pub struct Route {
    #[primary_key]
    pub id: u32,
    pub stops: Vec<u32>,
}
