//! What is kept in memory so that the database is not asked again: senders, compiled rules, pages of a catalog.

mod coding;
mod cursor;
mod pages;
mod rules;
mod senders;

pub(crate) use coding::Coding;
pub(crate) use cursor::Cursor;
pub(crate) use pages::KnownPages;
pub(crate) use rules::{KnownRules, Rules};
pub(crate) use senders::{KnownSenders, Secret};
