//! Exits that lead into another region.

use spacetimedb::{table, ReducerContext};

/// A way out of a place into a place of another region, in one direction. `to` is that place's name there.
#[table(name = border, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    #[primary_key]
    pub id: u32,
    #[index(btree)]
    pub from: u32,
    pub direction: String,
    pub region: u32,
    pub to: String,
}

pub fn toward(ctx: &ReducerContext, place: u32, direction: &str) -> Option<Border> {
    ctx.db.border().from().filter(place).find(|border| border.direction == direction)
}

/// A region that journeys lead to or come from. Its row appears when a relay first greets it.
#[table(name = peer, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    #[primary_key]
    pub region: u32,
    pub name: String,
    pub epoch: u64,
    /// The highest number of a journey that came from it in this epoch.
    pub arrivals: u64,
    /// Why nobody may cross; empty while the border is open.
    pub shut: String,
}

/// # Errors
/// When the border to that region is shut. Names the reason.
pub fn require_open(ctx: &ReducerContext, region: u32) -> Result<(), String> {
    match ctx.db.peer().region().find(region) {
        Some(peer) => check_open(&peer),
        None => Err("nobody has come through this border yet, and no relay serves it".into()),
    }
}

/// # Errors
/// When the border to the peer is shut. Names the reason.
pub fn check_open(peer: &Peer) -> Result<(), String> {
    if peer.shut.is_empty() {
        return Ok(());
    }
    Err(format!("the border to {} is shut: {}", peer.name, peer.shut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shut_border_says_why() {
        let peer = |shut: &str| Peer { region: 1, name: "South".into(), epoch: 1, arrivals: 0, shut: shut.into() };
        assert_eq!(check_open(&peer("")), Ok(()));
        assert_eq!(check_open(&peer("it is down")), Err("the border to South is shut: it is down".into()));
    }
}
