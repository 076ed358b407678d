//! Reading what a hub sends as data from outside: one bad record does not take the others down, and
//! says what is wrong with it.
//!
//! Records are read one by one. What cannot be read becomes a note, shown with what the importer could
//! not place. Characters that change how the text around them is shown (controls, directions) are
//! replaced, and a text that no screen holds is cut: [`crate::json`] does that.

mod events;
mod records;
mod refusal;

pub use events::{EventPage, event, events, now, rule};
pub use records::{each, field, record};
pub use refusal::refusal;

use crate::{
    catalog::CatalogIndex,
    catalog::{ImportNote, Source},
    json::pull::shown,
    reading::CatalogReading,
};

/// How much of a bad record is shown, in characters.
const EXCERPT: usize = 160;

/// Reads a catalog that is there as a whole: one document, or one page of it.
///
/// # Errors
/// A sentence where it is no catalog at all, or of a version that this code does not read.
pub fn catalog(bytes: &[u8]) -> Result<CatalogIndex, String> {
    let mut reading = CatalogReading::default();
    reading.feed(bytes);
    reading.step(&mut || false)?;
    reading.end_page()?;
    Ok(reading.index().clone())
}

pub(crate) fn note(section: &str, text: &str, reason: &str, source: Source) -> ImportNote {
    let reason = shown(reason, EXCERPT);
    ImportNote { section: section.to_owned(), text: shown(text, EXCERPT), reason, about: None, source }
}
