//! Records read one by one: what cannot be read becomes a note.

use super::note;
use crate::{
    catalog::{ImportNote, Source},
    json::{self, Record, raw},
};

/// A record, with all texts as they can be shown.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn record(text: &str) -> Result<Record, String> {
    Record::of(json::read(text)?)
}

/// Hands every record of a list to `take`; a note for each that is none, or that `take` refuses.
pub fn each(
    section: &str,
    list: &str,
    notes: &mut Vec<ImportNote>,
    take: &mut dyn FnMut(Record) -> Result<(), String>,
) {
    let items = match raw::items(list) {
        Ok(items) => items,
        Err(error) => {
            notes.push(note(section, list, &error, Source::default()));
            return;
        }
    };
    for item in items {
        if let Err(error) = record(item).and_then(&mut *take) {
            notes.push(unread(section, item, &error));
        }
    }
}

/// What cannot be read, with its identifier first where it has one: an excerpt may not reach as far.
pub(super) fn unread(section: &str, text: &str, reason: &str) -> ImportNote {
    let id = raw::fields(text).ok().and_then(|fields| json::read(field(&fields, "id")?).ok());
    let label = id.as_ref().and_then(|id| id.as_str()).map_or_else(String::new, |id| [id, ": "].concat());
    note(section, &[&label, text].concat(), reason, Source::default())
}

/// The field of this name; of several the last.
#[must_use]
pub fn field<'a>(fields: &[(String, &'a str)], wanted: &str) -> Option<&'a str> {
    fields.iter().rev().find(|(name, _)| name == wanted).map(|(_, text)| *text)
}
