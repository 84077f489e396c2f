//! What every path rests on: the rows of the world, its time, its events, its roles, and what can be done in it.

pub mod action;
pub mod agent;
pub mod clock;
pub mod due;
pub mod event;
pub mod fault;
pub mod holding;
pub mod name;
pub mod place;
pub mod role;
pub mod session;
pub mod speech;
pub mod stall;
pub mod world;
