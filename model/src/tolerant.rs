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
    catalog::{Catalog, ImportNote, SCHEMA_VERSION, Source},
    event::Event,
    timestamp::Timestamp,
};

/// The longest text that is kept, in characters.
const LONGEST: usize = 20_000;
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

/// Reads a catalog.
///
/// # Errors
/// A sentence where it is no catalog at all, or of a version that this code does not read.
pub fn catalog(bytes: &[u8]) -> Result<Catalog, String> {
    let fields: Fields<'_> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let schema: u32 = required(&fields, "schema")?;
    if schema != SCHEMA_VERSION {
        return Err(["schema ", &schema.to_string(), " is not ", &SCHEMA_VERSION.to_string()].concat());
    }
    let mut notes = Vec::new();
    let mut catalog = Catalog {
        schema,
        source: required(&fields, "source")?,
        placement: list(&fields, "placement", &mut notes),
        entities: list(&fields, "entities", &mut notes),
        relations: list(&fields, "relations", &mut notes),
        gaps: list(&fields, "gaps", &mut notes),
        questions: list(&fields, "questions", &mut notes),
        widgets: list(&fields, "widgets", &mut notes),
        first_events: list(&fields, "firstEvents", &mut notes),
        context: list(&fields, "context", &mut notes),
        notes: list(&fields, "notes", &mut notes),
    };
    let mut known = BTreeSet::new();
    catalog.entities.retain(|entity| {
        let is_new = known.insert(entity.id.clone());
        if !is_new {
            notes.push(note(
                "entities",
                &entity.id.to_string(),
                "there is an entity of this name already",
                entity.source,
            ));
        }
        is_new
    });
    catalog.notes.append(&mut notes);
    Ok(catalog)
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
/// A note that names it and says what is wrong with it.
pub fn event(text: &str) -> Result<Event, ImportNote> {
    record(text).map_err(|error| note("items", &labelled(text), &error, place(text)))
}

/// What a hub says of why it refused, as far as its body is `application/problem+json`: its `detail` and the
/// `message` of each of its `errors`; the status alone where it says nothing. Never empty, and showable.
#[must_use]
pub fn refusal(status: u16, body: &str) -> String {
    let problem: Value = serde_json::from_str(body).unwrap_or_default();
    let said = problem["detail"].as_str().map_or_else(|| ["HTTP ", &status.to_string()].concat(), str::to_owned);
    let errors = problem["errors"].as_array().into_iter().flatten().filter_map(|error| error["message"].as_str());
    shown(&[said.as_str()].into_iter().chain(errors).collect::<Vec<_>>().join(" "), LONGEST)
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
            Err(error) => notes.push(note(name, &labelled(item.get()), &error, place(item.get()))),
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

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(shown(&text, LONGEST)),
        Value::Array(items) => items.into_iter().map(cleaned).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (shown(&name, LONGEST), cleaned(value))).collect())
        }
        other => other,
    }
}

/// A text as it can be shown: without characters that reach beyond themselves, and no longer than `most`.
fn shown(text: &str, most: usize) -> String {
    let mut shown: String =
        text.chars().take(most).map(|one| if is_unshowable(one) { '\u{fffd}' } else { one }).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// Controls but for line breaks and tabs; marks, embeddings, overrides and isolates of direction; the
/// byte order mark.
const fn is_unshowable(one: char) -> bool {
    matches!(one,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn note(section: &str, text: &str, reason: &str, source: Source) -> ImportNote {
    let reason = shown(reason, EXCERPT);
    ImportNote { section: section.to_owned(), text: shown(text, EXCERPT), reason, about: None, source }
}

/// A record with its identifier first, where it has one: an excerpt may not reach as far.
fn labelled(text: &str) -> String {
    let fields: Option<Fields<'_>> = serde_json::from_str(text).ok();
    let id: Option<String> = fields.and_then(|fields| serde_json::from_str(fields.get("id")?.get()).ok());
    id.map_or_else(|| text.to_owned(), |id| [&id, ": ", text].concat())
}

/// Where a record says that it stands, as far as that can be read.
fn place(text: &str) -> Source {
    #[derive(Deserialize)]
    struct Placed {
        source: Source,
    }
    serde_json::from_str::<Placed>(text).map_or_else(|_| Source::default(), |placed| placed.source)
}
