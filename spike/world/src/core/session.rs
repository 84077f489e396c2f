//! Who is connected. The host reports connections that a crash cut off when it next starts this database.

use spacetimedb::{table, ConnectionId, Identity, ReducerContext, Table, Timestamp};

/// One open connection. An HTTP call is a connection too, for as long as it takes.
#[table(name = session)]
pub struct Session {
    #[primary_key]
    pub connection: ConnectionId,
    #[index(btree)]
    pub identity: Identity,
    pub since: Timestamp,
}

pub fn open(ctx: &ReducerContext) {
    let Some(connection) = ctx.connection_id else {
        return;
    };
    ctx.db.session().connection().delete(connection);
    ctx.db.session().insert(Session { connection, identity: ctx.sender, since: ctx.timestamp });
}

pub fn close(ctx: &ReducerContext) {
    if let Some(connection) = ctx.connection_id {
        ctx.db.session().connection().delete(connection);
    }
}

pub fn is_connected(ctx: &ReducerContext, identity: Identity) -> bool {
    ctx.db.session().identity().filter(identity).next().is_some()
}
