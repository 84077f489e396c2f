//! Who may do what: every reducer asks here and nowhere else.

use crate::core::fault::{self, Fault};
use spacetimedb::{reducer, table, Identity, ReducerContext, SpacetimeType, Table};

/// All are named from the start: the pinned host refuses a variant added to a stored type.
#[derive(SpacetimeType, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Owner,
    Thinker,
    Archivist,
    Player,
    Relay,
}

/// One role per identity. Public, so that everybody can see whom the world trusts, and because the pinned host refuses a
/// visibility filter that joins a table which the subscriber may not see.
#[table(name = role_grant, public)]
pub struct RoleGrant {
    #[primary_key]
    pub identity: Identity,
    pub role: Role,
    /// The role as a number: visibility filters join on it, and the host compares numbers but not enums.
    #[index(btree)]
    pub audience: u8,
}

impl Role {
    /// The number by which visibility filters know this role.
    #[must_use]
    pub const fn audience(self) -> u8 {
        self as u8
    }
}

/// The publisher of the module owns the world.
pub fn init(ctx: &ReducerContext) {
    grant(ctx, ctx.sender, Role::Owner);
}

/// # Errors
/// When the caller does not hold `role`. Roles do not include each other: an owner is not a thinker.
pub fn require(ctx: &ReducerContext, role: Role, what: &str) -> Result<(), String> {
    if fault::broken(ctx, Fault::Roles) {
        return Ok(());
    }
    check_role(ctx.db.role_grant().identity().find(ctx.sender).map(|grant| grant.role), role, what)
}

fn check_role(held: Option<Role>, role: Role, what: &str) -> Result<(), String> {
    if held == Some(role) {
        Ok(())
    } else {
        Err(format!("only the role {role:?} may {what}"))
    }
}

/// On 1.x hosts every client can call a scheduled reducer, so each of them calls this first.
///
/// # Errors
/// When the caller is anybody but the module itself.
pub fn require_scheduler(ctx: &ReducerContext, what: &str) -> Result<(), String> {
    if ctx.sender == ctx.identity() || fault::broken(ctx, Fault::ClockGuard) {
        return Ok(());
    }
    Err(format!("only the world's own scheduler may {what}"))
}

/// Makes the caller a player, unless they hold another role.
///
/// # Errors
/// When the caller holds a role other than that.
pub fn grant_player_to_caller(ctx: &ReducerContext) -> Result<(), String> {
    let held = ctx.db.role_grant().identity().find(ctx.sender).map(|grant| grant.role);
    check_may_play(held)?;
    if held.is_none() {
        grant(ctx, ctx.sender, Role::Player);
    }
    Ok(())
}

/// Makes somebody a player who arrived from another region, unless they have a role.
pub fn make_player(ctx: &ReducerContext, identity: Identity) {
    if ctx.db.role_grant().identity().find(identity).is_none() {
        grant(ctx, identity, Role::Player);
    }
}

fn check_may_play(held: Option<Role>) -> Result<(), String> {
    match held {
        None | Some(Role::Player) => Ok(()),
        Some(role) => {
            Err(format!("you have the role {role:?}, and cannot be a player too: join with another identity"))
        }
    }
}

fn grant(ctx: &ReducerContext, identity: Identity, role: Role) {
    ctx.db.role_grant().insert(RoleGrant { identity, role, audience: role.audience() });
}

/// Gives `identity` a role. It replaces the role that the identity has.
///
/// # Errors
/// When the caller is not the owner, or would change their own role.
#[reducer]
pub fn grant_role(ctx: &ReducerContext, identity: Identity, role: Role) -> Result<(), String> {
    require(ctx, Role::Owner, "grant a role")?;
    check_not_own(ctx.sender, identity)?;
    ctx.db.role_grant().identity().delete(identity);
    grant(ctx, identity, role);
    Ok(())
}

/// Takes its role from `identity`.
///
/// # Errors
/// When the caller is not the owner, would lose their own role, or `identity` has none.
#[reducer]
pub fn revoke_role(ctx: &ReducerContext, identity: Identity) -> Result<(), String> {
    require(ctx, Role::Owner, "revoke a role")?;
    check_not_own(ctx.sender, identity)?;
    if ctx.db.role_grant().identity().delete(identity) {
        Ok(())
    } else {
        Err(format!("{identity} holds no role"))
    }
}

/// Without an owner nobody could ever grant a role again.
fn check_not_own(caller: Identity, identity: Identity) -> Result<(), String> {
    if identity == caller {
        return Err("an owner cannot change their own role".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Role; 5] = [Role::Owner, Role::Thinker, Role::Archivist, Role::Player, Role::Relay];

    #[test]
    fn visibility_filters_know_the_roles_by_the_numbers_0_to_4() {
        assert_eq!(ALL.map(Role::audience), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_role_includes_itself_only() {
        for role in ALL {
            for held in ALL {
                assert_eq!(check_role(Some(held), role, "wait").is_ok(), held == role, "{held:?} as {role:?}");
            }
            assert_eq!(check_role(None, role, "wait"), Err(format!("only the role {role:?} may wait")));
        }
    }

    #[test]
    fn nobody_changes_their_own_role() {
        let [own, other] = [1, 2].map(|byte| Identity::from_byte_array([byte; 32]));
        assert_eq!(check_not_own(own, own), Err("an owner cannot change their own role".into()));
        assert_eq!(check_not_own(own, other), Ok(()));
    }

    #[test]
    fn only_players_and_those_without_a_role_may_play() {
        assert_eq!(check_may_play(None), Ok(()));
        assert_eq!(ALL.map(|role| check_may_play(Some(role)).is_ok()), [false, false, false, true, false]);
    }
}
