//! JSON in the browser: [`serde_json`]'s values, read and written without its machinery.
//!
//! What reads and writes any type costs code for each type, and brings the reading and printing of
//! floating point numbers along, tables included: a quarter of the bundle. Here a text becomes a
//! [`Value`] and a value a text; what a record means is for its own reader to say, by [`Record`].
//! [`raw`] takes a document apart without reading its records, so that a bad one hurts itself alone;
//! `pull` is the reader beneath, which a catalog is read with as it arrives.

pub(crate) mod pull;
pub mod raw;
mod read;
mod record;
mod write;

pub use read::read;
pub(crate) use read::value;
pub use record::{Record, kind_of};
pub use serde_json::{Map, Value};
pub use write::{pretty, write};

/// A text as it can be shown, cut where no screen holds it.
pub(crate) fn shown(text: &str) -> String {
    pull::shown(text, pull::LONGEST)
}
