//! Offline validation: inventory, catalog, manifest, mapping and events, all errors at once.
//!
//! `document` reads JSON and TOML and keeps the place of every value; `catalog`, `manifest`,
//! `source`, `mapping`, `events` and `inventory` find what is wrong in one file or between two; `rules` names
//! what they look for; `report` prints it as text, JSON or SARIF.

pub(crate) mod catalog;
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod inventory;
pub(crate) mod manifest;
pub(crate) mod mapping;
mod place;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod source;
mod walk;

pub(crate) use place::{Place, Places};

use rules::Rule;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Which rule.
    pub(crate) rule: &'static Rule,
    /// The file, as it was named.
    pub(crate) file: String,
    /// Where in it.
    pub(crate) place: Place,
    /// What is wrong there, and what would cure it.
    pub(crate) message: String,
}
