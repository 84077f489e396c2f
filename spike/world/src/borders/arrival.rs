//! A journey that leads here, as this region knows it.

use crate::core::traveller::Traveller;
use spacetimedb::{table, SpacetimeType, Timestamp};

#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrivalState {
    /// Held here and not alive, until the other region has let go.
    Pending,
    /// Lives here, or has lived here since.
    Arrived,
    /// Not taken in; the other region takes the traveller back.
    Refused,
}

/// It stays until the other region has forgotten the journey, so that a repeat changes nothing.
#[table(name = arrival, public)]
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The number that the region of departure gave it.
    #[primary_key]
    pub number: u64,
    pub state: ArrivalState,
    /// Why it was refused; empty where it was not.
    pub reason: String,
    /// Where the traveller will stand, or stood first.
    pub place: u32,
    pub at: Timestamp,
    pub traveller: Traveller,
}
