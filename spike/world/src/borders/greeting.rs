//! What two regions tell each other through a relay before anybody crosses: who they are, and how far their journeys count.

use crate::core::border::{peer, Peer};
use crate::core::departure::{epoch_of, next_number, region_of};
use crate::core::region::{self, Region};
use crate::core::role::{self, Role};
use spacetimedb::{reducer, ReducerContext, Table};

/// Makes another region known, or opens the border to it again. A relay calls it whenever it has connected to both.
///
/// A region whose journeys count fewer than have arrived here was restored from an older copy, and an epoch tells us so
/// only when its owner has raised it. Without that the border is shut, and its reason names the remedy.
///
/// # Errors
/// When the caller is not a relay, or the other region has our own number.
#[reducer]
pub fn greet(ctx: &ReducerContext, other: Region) -> Result<(), String> {
    role::require(ctx, Role::Relay, "greet a region")?;
    let own = region::read(ctx)?;
    if other.number == own.number {
        return Err(format!("two regions have the number {}: give one of them another", own.number));
    }
    match ctx.db.peer().region().find(other.number) {
        None => {
            ctx.db.peer().insert(greeted(None, &other));
        }
        Some(before) => {
            let after = greeted(Some(&before), &other);
            if after != before {
                ctx.db.peer().region().update(after);
            }
        }
    }
    Ok(())
}

/// Shuts the border to a region, for example because its host does not answer. Anybody on the way stays on the way.
///
/// # Errors
/// When the caller is not a relay, or nobody has greeted that region.
#[reducer]
pub fn shut_border(ctx: &ReducerContext, region: u32, reason: String) -> Result<(), String> {
    role::require(ctx, Role::Relay, "shut a border")?;
    let before = ctx.db.peer().region().find(region).ok_or_else(|| unknown(region))?;
    if before.shut.is_empty() {
        ctx.db.peer().region().update(Peer { shut: reason, ..before });
    }
    Ok(())
}

/// The region in which a journey began.
///
/// # Errors
/// When no relay has greeted it, or the journey is of another epoch than the region's.
pub fn peer_of(ctx: &ReducerContext, number: u64) -> Result<Peer, String> {
    let region = region_of(number);
    let peer = ctx.db.peer().region().find(region).ok_or_else(|| unknown(region))?;
    check_epoch(&peer, number)?;
    Ok(peer)
}

fn check_epoch(peer: &Peer, number: u64) -> Result<(), String> {
    let epoch = epoch_of(number);
    if epoch > peer.epoch {
        return Err(format!("journey {number} is of epoch {epoch}, and {} has greeted in {}", peer.name, peer.epoch));
    }
    Ok(())
}

fn unknown(region: u32) -> String {
    format!("no relay has greeted region {region} yet")
}

/// What this region knows of the other after its greeting.
fn greeted(before: Option<&Peer>, other: &Region) -> Peer {
    let open = Peer {
        region: other.number,
        name: other.name.clone(),
        epoch: other.epoch,
        arrivals: before.map_or(0, |peer| peer.arrivals),
        shut: String::new(),
    };
    match before {
        Some(peer) if other.epoch < peer.epoch || next_number(other) <= peer.arrivals => Peer {
            epoch: peer.epoch,
            shut: format!(
                "{} counts its journeys from an older copy of itself: raise its epoch above {}",
                other.name, peer.epoch
            ),
            ..open
        },
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn south(epoch: u64, departures: u64) -> Region {
        Region { id: 0, number: 1, name: "South".into(), epoch, residents: 9, departures, routines: 9 }
    }

    #[test]
    fn a_greeting_opens_the_border() {
        let first = greeted(None, &south(1, 0));
        assert_eq!((first.region, first.epoch, first.shut.as_str()), (1, 1, ""));
        let again = greeted(Some(&Peer { shut: "it is down".into(), ..first }), &south(1, 4));
        assert_eq!(again.shut, "");
    }

    #[test]
    fn a_region_whose_journeys_go_backwards_is_shut_out_until_its_epoch_is_raised() {
        let known = Peer { arrivals: next_number(&south(1, 6)), ..greeted(None, &south(1, 7)) };
        assert_eq!(greeted(Some(&known), &south(1, 7)).shut, "");
        let restored = greeted(Some(&known), &south(1, 6));
        assert_eq!(restored.shut, "South counts its journeys from an older copy of itself: raise its epoch above 1");
        assert_eq!(greeted(Some(&restored), &south(2, 0)).shut, "", "a raised epoch opens it");
        let later = greeted(Some(&restored), &south(2, 0));
        assert!(!greeted(Some(&later), &south(1, 9)).shut.is_empty(), "an epoch never goes back");
    }

    #[test]
    fn a_journey_of_an_epoch_that_was_not_greeted_is_not_admitted() {
        let peer = greeted(None, &south(1, 0));
        assert_eq!(check_epoch(&peer, next_number(&south(1, 0))), Ok(()));
        assert!(check_epoch(&peer, next_number(&south(2, 0))).is_err());
    }
}
