//! The epoch of this region, which its owner raises after a restore.

use crate::core::region::{self, Region, HIGHEST_EPOCH};
use crate::core::role::{self, Role};
use spacetimedb::{reducer, ReducerContext};

/// Starts a new epoch, after the database was published anew or restored from a copy. Peers then reconcile with it.
///
/// # Errors
/// When the caller is not the owner, or `epoch` is not above the present one or above 4,095.
#[reducer]
pub fn raise_epoch(ctx: &ReducerContext, epoch: u64) -> Result<(), String> {
    role::require(ctx, Role::Owner, "raise the epoch")?;
    let before = region::read(ctx)?;
    if epoch <= before.epoch || epoch > HIGHEST_EPOCH {
        return Err(format!("the epoch {epoch} is out of range: use {} to {HIGHEST_EPOCH}", before.epoch + 1));
    }
    let after = Region { epoch, departures: 0, ..before.clone() };
    // Before the founding nobody has an id, and the residents of the map get the same ones in every epoch.
    region::write(ctx, if after.residents > 0 { after.keep_ids_back(epoch - before.epoch) } else { after });
    Ok(())
}
