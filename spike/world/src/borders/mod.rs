//! The border between regions: how somebody leaves one database and lives on in another, exactly once.
//!
//! A journey has four steps. Each is one call of a relay, each may come twice, and a relay makes the next one only when
//! it has seen the last one for longer than the host takes to sync: a commit is visible before it is durable.
//!
//! | step     | where | before                   | after                                     |
//! |----------|-------|--------------------------|-------------------------------------------|
//! | offer    | home  | lives here               | locked here (`departure`, offered)        |
//! | admit    | there | unknown                  | pending there (`arrival`), or refused     |
//! | release  | home  | locked here              | gone from here (`departure`, released)    |
//! | activate | there | pending there            | lives there                               |
//!
//! After a refusal the home takes the traveller back. Then both sides forget. At most one copy ever lives, and one is
//! always locked, pending or alive.

pub mod admission;
pub mod arrival;
pub mod epoch;
pub mod greeting;
pub mod reconciliation;
pub mod release;
