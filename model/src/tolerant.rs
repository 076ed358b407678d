//! Reading what a hub sends as data from outside: one bad record does not take the others down, and
//! says what is wrong with it.
//!
//! Records are read one by one. What cannot be read becomes a note, shown with what the importer could
//! not place. Characters that change how the text around them is shown (controls, directions) are
//! replaced, and a text that no screen holds is cut.

use std::{borrow::Cow, collections::BTreeMap, collections::BTreeSet};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::{
    catalog::{ImportNote, Source},
    event::Event,
    index::CatalogIndex,
    json::{LONGEST, is_unshowable, shown},
    reading::CatalogReading,
    timestamp::Timestamp,
};

/// How much of a bad record is shown, in characters.
const EXCERPT: usize = 160;

type Fields<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// A page of events.
#[derive(Clone, Debug, Default)]
pub struct EventPage {
    /// The hub's time.
    pub now: Timestamp,
    /// The events that could be read, in the order in which they came.
    pub events: Vec<Event>,
    /// One note for each that could not.
    pub notes: Vec<ImportNote>,
}

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

/// Reads a page of events.
///
/// # Errors
/// A sentence where it is no page of events.
pub fn events(bytes: &[u8]) -> Result<EventPage, String> {
    let fields: Fields<'_> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut notes = Vec::new();
    if !fields.contains_key("items") {
        return Err("missing field `items`".to_owned());
    }
    let mut events: Vec<Event> = list(&fields, "items", &mut notes);
    let mut known = BTreeSet::new();
    events.retain(|event| known.insert(event.id.clone()));
    Ok(EventPage { now: required(&fields, "now")?, events, notes })
}

/// Reads one event.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn event(text: &str) -> Result<Event, String> {
    record(text)
}

fn required<T: DeserializeOwned>(fields: &Fields<'_>, name: &str) -> Result<T, String> {
    let raw = fields.get(name).ok_or_else(|| ["missing field `", name, "`"].concat())?;
    record(raw.get()).map_err(|error| [name, ": ", &error].concat())
}

/// The records of a list that can be read; a note for each that cannot.
fn list<T: DeserializeOwned>(fields: &Fields<'_>, name: &str, notes: &mut Vec<ImportNote>) -> Vec<T> {
    let Some(raw) = fields.get(name) else { return Vec::new() };
    let items: Vec<&RawValue> = match serde_json::from_str(raw.get()) {
        Ok(items) => items,
        Err(error) => {
            notes.push(note(name, raw.get(), &error.to_string(), Source::default()));
            return Vec::new();
        }
    };
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        match record(item.get()) {
            Ok(one) => read.push(one),
            Err(error) => notes.push(note(name, item.get(), &error, place(item.get()))),
        }
    }
    read
}

fn record<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    if !is_suspicious(text) {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // By way of text: a second way of reading each kind of record would cost 7 kB of the bundle.
    serde_json::from_str(&cleaned(value).to_string()).map_err(|error| error.to_string())
}

/// Whether a record may hold what has to be cleaned: an escape, a character beyond ASCII text, or very
/// much of anything.
fn is_suspicious(text: &str) -> bool {
    text.len() > LONGEST || text.contains("\\u") || text.chars().any(is_unshowable)
}

pub(crate) fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(shown(&text, LONGEST)),
        Value::Array(items) => items.into_iter().map(cleaned).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (shown(&name, LONGEST), cleaned(value))).collect())
        }
        other => other,
    }
}

pub(crate) fn note(section: &str, text: &str, reason: &str, source: Source) -> ImportNote {
    let reason = shown(reason, EXCERPT);
    ImportNote { section: section.to_owned(), text: shown(text, EXCERPT), reason, about: None, source }
}

/// Where a record says that it stands, as far as that can be read.
fn place(text: &str) -> Source {
    #[derive(Deserialize)]
    struct Placed {
        source: Source,
    }
    serde_json::from_str::<Placed>(text).map_or_else(|_| Source::default(), |placed| placed.source)
}
