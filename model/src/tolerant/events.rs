//! Reading evidence.

use std::collections::HashSet;

use serde_json::Value;

use super::records::{each, field, record, unread};
use crate::{
    catalog::ImportNote,
    event::{Claim, Event, EventRule, MetRule},
    json::{self, Record, kind_of, raw},
    timestamp::Timestamp,
};

/// A page of events.
#[derive(Clone, Debug, Default)]
pub struct EventPage {
    /// The hub's time.
    pub now: Timestamp,
    /// The number from which the stream of events goes on, where the hub says one.
    pub latest: Option<String>,
    /// The events that could be read, in the order in which they came.
    pub events: Vec<Event>,
    /// One note for each that could not.
    pub notes: Vec<ImportNote>,
}

/// Reads a page of events.
///
/// # Errors
/// A sentence where it is no page of events.
pub fn events(bytes: &[u8]) -> Result<EventPage, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "this is no text in UTF-8".to_owned())?;
    let fields = raw::fields(text)?;
    let need = |name: &str| field(&fields, name).ok_or_else(|| ["missing field `", name, "`"].concat());
    let latest = field(&fields, "latest").and_then(|text| text.strip_prefix('"')?.strip_suffix('"')).map(str::to_owned);
    let mut page = EventPage { now: now(text)?, latest, ..EventPage::default() };
    let mut known = HashSet::new();
    each("items", need("items")?, &mut page.notes, &mut |fields| {
        let event = read(fields)?;
        if known.insert(event.id.clone()) {
            page.events.push(event);
        }
        Ok(())
    });
    Ok(page)
}

/// Reads one event.
///
/// # Errors
/// A note that names it and says what is wrong with it.
pub fn event(text: &str) -> Result<Event, ImportNote> {
    record(text).and_then(read).map_err(|error| unread("items", text, &error))
}

/// Reads the hub's time, `now`, of an answer.
///
/// # Errors
/// A sentence that says what it is instead.
pub fn now(text: &str) -> Result<Timestamp, String> {
    let fields = raw::fields(text)?;
    let now = field(&fields, "now").ok_or("missing field `now`")?;
    let now = json::read(now)?;
    let text = now.as_str().ok_or_else(|| ["now: expected a text, not ", kind_of(&now)].concat())?;
    Timestamp::parse(text).map_err(|error| ["now: ", &error].concat())
}

/// Reads how events of a type are judged.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn rule(mut record: Record) -> Result<EventRule, String> {
    let mut met = Vec::new();
    for one in record.list("met")? {
        let mut one = Record::of(one)?;
        met.push(MetRule {
            field: one.text("field")?,
            equals_field: one.maybe_text("equalsField")?,
            one_of: one.list("oneOf")?,
        });
    }
    Ok(EventRule {
        claim: record.parsed("claim", |text| Claim::parse(text).ok_or("no claim that is known"))?,
        subjects: record.kinds("subjects")?,
        freshness_seconds: record.number("freshnessSeconds")?,
        met,
    })
}

fn read(mut record: Record) -> Result<Event, String> {
    Ok(Event {
        id: record.text("id")?,
        widget_id: record.text("widgetId")?,
        widget: record.maybe_text("widget")?,
        event_type: record.text("eventType")?,
        view_context: record.maybe_text("viewContext")?,
        metadata: match record.take("metadata") {
            None => json::Map::new(),
            Some(Value::Object(fields)) => fields,
            Some(other) => return Err(["metadata: expected an object, not ", kind_of(&other)].concat()),
        },
        time: record.parsed("time", Timestamp::parse)?,
        actor: record.maybe_text("actor")?,
    })
}
