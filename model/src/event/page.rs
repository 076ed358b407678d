//! Events as a hub sends them: pages of them, and one by one in its stream.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Event;
use crate::{catalog::ImportNote, lenient, timestamp::Timestamp};

/// The name under which events that cannot be read are noted.
const SECTION: &str = "items";

/// A page of events.
#[derive(Clone, Debug, Default)]
pub struct EventPage {
    /// The hub's time.
    pub now: Timestamp,
    /// The number from which the stream of events goes on, where the hub says one.
    pub latest: Option<String>,
    /// The events that could be read, in the order in which they came, each once.
    pub events: Vec<Event>,
    /// One note for each that could not.
    pub notes: Vec<ImportNote>,
}

#[derive(Deserialize)]
#[serde(expecting = "a page of events")]
struct Document<'a> {
    now: Timestamp,
    latest: Option<String>,
    #[serde(borrow)]
    items: &'a RawValue,
}

impl EventPage {
    /// Reads a page of events. An event that cannot be read becomes a note; the others count.
    ///
    /// ```
    /// use ops_model::EventPage;
    /// let page = EventPage::read(br#"{"now": "2026-06-06T08:00:00Z", "items": [{"id": "7"}]}"#)?;
    /// assert_eq!(page.notes[0].text, r#"7: {"id": "7"}"#);
    /// assert_eq!(page.notes[0].reason, "missing field `widgetId`");
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// A sentence where it is no page of events.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let Document { now, latest, items } = lenient::document(bytes)?;
        let mut notes = Vec::new();
        let mut events: Vec<Event> = lenient::list(SECTION, Some(items), &mut notes);
        let mut known = HashSet::new();
        events.retain(|event| known.insert(event.id.clone()));
        Ok(Self { now, latest, events, notes })
    }
}

impl Event {
    /// Reads one event of a stream.
    ///
    /// # Errors
    /// A note that names it and says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, ImportNote> {
        lenient::record(text).map_err(|why| lenient::unread(SECTION, text, &why))
    }
}

/// Reads the hub's time, `now`, of a message of its stream.
///
/// # Errors
/// A sentence that says what it is instead.
pub fn now(text: &str) -> Result<Timestamp, String> {
    #[derive(Deserialize)]
    struct Clock {
        now: Timestamp,
    }
    lenient::record(text).map(|Clock { now }| now)
}
