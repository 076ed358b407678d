//! Evidence that the hub has not taken yet, kept in SQLite and sent exactly once.
//!
//! An event is kept before it is sent, under a key of its own, and goes when the hub has
//! acknowledged it. A program that is killed in between sends it again under the same key, and the
//! hub records one event.

mod fit;
pub(crate) mod send;
mod store;

pub(crate) use store::{Kept, Outbox, State};
