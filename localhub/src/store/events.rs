//! Events: appended, never changed.

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Page, Part, Store, WidgetRow, digest, hubs, manifests, sql::statements, widgets};
use crate::error::HubError;

/// An event as the hub keeps and sends it. Its metadata is sent as it was kept, without being read.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventRow {
    /// The hub's identifier.
    pub(crate) id: String,
    /// The widget that it was recorded on.
    pub(crate) widget_id: String,
    /// The same by its name.
    pub(crate) widget: String,
    /// A type of the manifest that was active then.
    pub(crate) event_type: String,
    /// Where it was recorded from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) view_context: Option<String>,
    /// What was observed: an object.
    pub(crate) metadata: Box<RawValue>,
    /// When the hub accepted it, RFC 3339, UTC.
    pub(crate) time: String,
    /// Who recorded it.
    pub(crate) actor: String,
}

/// An event to record; the hub has checked that it may be.
#[derive(Debug)]
pub(crate) struct NewEvent {
    /// The hub that its widget belongs to.
    pub(crate) hub: String,
    /// The event, complete.
    pub(crate) event: EventRow,
    /// The sender's key and body: the same key gives the same event once.
    pub(crate) idempotency: Option<(String, String)>,
}

/// What became of an event.
#[derive(Debug)]
pub(crate) enum Recorded {
    /// It is new, with its sequence number.
    New(i64, EventRow),
    /// It was recorded before under the same key.
    Before(EventRow),
    /// The key was used for another body.
    KeyTaken,
}

/// Which of a hub's events are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventFilter {
    /// Those of the widget with this name.
    pub(crate) widget: Option<String>,
    /// Those of this type.
    pub(crate) event_type: Option<String>,
}

/// A page of a hub's events.
#[derive(Debug)]
pub(crate) struct EventList {
    /// The sequence number of the latest event of those that are wanted; 0 for none.
    pub(crate) latest: i64,
    /// The events; absent where the reader has them already.
    pub(crate) part: Option<Part<i64, EventRow>>,
}

/// What an event is to be recorded on.
#[derive(Debug)]
pub(crate) struct Target {
    /// The widget's hub.
    pub(crate) hub: String,
    /// The widget.
    pub(crate) widget: WidgetRow,
    /// The revision of the hub's active manifest.
    pub(crate) revision: Option<i64>,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT e.sequence, e.id, e.widget_id, w.name, e.event_type, e.view_context, e.metadata, e.time, e.actor
             FROM event e JOIN widget w ON w.id = e.widget_id WHERE ",
            $rest
        )
    };
}

statements! {
    OF_HUB = columns!("e.hub = ?1 AND e.sequence < ?2 ORDER BY e.sequence DESC LIMIT ?3");
    OF_TYPE = columns!("e.hub = ?1 AND e.event_type = ?4 AND e.sequence < ?2 ORDER BY e.sequence DESC LIMIT ?3");
    OF_WIDGET = columns!("e.widget_id = ?1 AND e.sequence < ?2 ORDER BY e.sequence DESC LIMIT ?3");
    OF_WIDGET_AND_TYPE =
        columns!("e.widget_id = ?1 AND e.event_type = ?4 AND e.sequence < ?2 ORDER BY e.sequence DESC LIMIT ?3");
    LATEST_OF_HUB = "SELECT coalesce(max(sequence), 0) FROM event WHERE hub = ?1";
    LATEST_OF_TYPE = "SELECT coalesce(max(sequence), 0) FROM event WHERE hub = ?1 AND event_type = ?2";
    LATEST_OF_WIDGET = "SELECT coalesce(max(sequence), 0) FROM event WHERE widget_id = ?1";
    LATEST_OF_WIDGET_AND_TYPE = "SELECT coalesce(max(sequence), 0) FROM event WHERE widget_id = ?1 AND event_type = ?2";
    /// A hub's events after a sequence number.
    AFTER = columns!("e.hub = ?1 AND e.sequence > ?2 ORDER BY e.sequence LIMIT ?3");
    BY_ID = columns!("e.id = ?1");
    KEY = "SELECT body_hash, event_id FROM idempotency WHERE actor = ?1 AND key = ?2";
    PUT_KEY = "INSERT INTO idempotency VALUES (?1, ?2, ?3, ?4)";
    PUT = "INSERT INTO event (id, hub, widget_id, event_type, view_context, metadata, time, actor)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
}

fn event(row: &Row<'_>) -> rusqlite::Result<(i64, EventRow)> {
    let event = EventRow {
        id: row.get(1)?,
        widget_id: row.get(2)?,
        widget: row.get(3)?,
        event_type: row.get(4)?,
        view_context: row.get(5)?,
        metadata: RawValue::from_string(row.get(6)?).unwrap_or_else(|_| RawValue::NULL.to_owned()),
        time: row.get(7)?,
        actor: row.get(8)?,
    };
    Ok((row.get(0)?, event))
}

fn rows(query: &mut Statement<'_>, values: impl rusqlite::Params) -> Result<Vec<(i64, EventRow)>, HubError> {
    Ok(query.query_map(values, event)?.collect::<Result<_, _>>()?)
}

/// What became of a key's event, if the key was used before.
fn under_key(connection: &Connection, actor: &str, key: &str, body: &str) -> Result<Option<Recorded>, HubError> {
    let known: Option<(String, String)> =
        KEY.on(connection)?.query_row([actor, key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match known {
        None => None,
        Some((hash, id)) if hash == digest(body) => {
            Some(Recorded::Before(BY_ID.on(connection)?.query_row([id], event)?.1))
        }
        Some(_) => Some(Recorded::KeyTaken),
    })
}

/// Appends an event; gives its sequence number.
fn append(work: &Connection, hub: &str, event: &EventRow) -> Result<i64, HubError> {
    let EventRow { id, widget_id, event_type, view_context, metadata, time, actor, .. } = event;
    PUT.on(work)?.execute(params![id, hub, widget_id, event_type, view_context, metadata.get(), time, actor])?;
    Ok(work.last_insert_rowid())
}

/// The latest of the events that are wanted, and a page of them unless the reader has it.
fn list(
    work: &Connection,
    hub: &str,
    filter: &EventFilter,
    page: &Page<i64>,
    has: impl FnOnce(i64) -> bool,
) -> Result<EventList, HubError> {
    let widget = filter.widget.as_deref().map(|name| widgets::id(work, hub, name)).transpose()?;
    // No widget has this name: none of its events.
    let is_unknown = widget.as_ref().is_some_and(Option::is_none);
    let (of, kind) = (widget.flatten(), filter.event_type.as_deref());
    let (latest, listing) = match (&of, kind) {
        (None, None) => (LATEST_OF_HUB, OF_HUB),
        (None, Some(_)) => (LATEST_OF_TYPE, OF_TYPE),
        (Some(_), None) => (LATEST_OF_WIDGET, OF_WIDGET),
        (Some(_), Some(_)) => (LATEST_OF_WIDGET_AND_TYPE, OF_WIDGET_AND_TYPE),
    };
    let of = of.as_deref().unwrap_or(hub);
    let mut latest = latest.on(work)?;
    let latest = match kind {
        _ if is_unknown => 0,
        None => latest.query_row([of], |row| row.get(0))?,
        Some(kind) => latest.query_row([of, kind], |row| row.get(0))?,
    };
    if has(latest) {
        return Ok(EventList { latest, part: None });
    }
    let (end, count) = (page.after.unwrap_or(i64::MAX), page.rows());
    let rows = match kind {
        _ if is_unknown => Vec::new(),
        None => rows(&mut *listing.on(work)?, params![of, end, count])?,
        Some(kind) => rows(&mut *listing.on(work)?, params![of, end, count, kind])?,
    };
    Ok(EventList { latest, part: Some(page.cut(rows)) })
}

impl Store {
    /// What became of the event that a sender sent under a key, if it did.
    pub(crate) async fn recorded(&self, actor: &str, key: &str, body: &str) -> Result<Option<Recorded>, HubError> {
        let (actor, key, body) = (actor.to_owned(), key.to_owned(), body.to_owned());
        self.read(move |connection| under_key(connection, &actor, &key, &body)).await
    }

    /// The widget with this identifier, with what its events are held to.
    pub(crate) async fn target(&self, widget: &str) -> Result<Option<Target>, HubError> {
        let id = widget.to_owned();
        self.read(move |connection| {
            let Some((hub, widget)) = widgets::by_id(connection, &id)? else { return Ok(None) };
            let revision = manifests::active_revision(connection, &hub)?;
            Ok(Some(Target { hub, widget, revision }))
        })
        .await
    }

    /// Records an event. When this returns, it is on disk. `then` hears of it first, of several events
    /// in the order of their sequence numbers.
    pub(crate) async fn record(
        &self,
        new: NewEvent,
        then: impl FnOnce(&Recorded) + Send + 'static,
    ) -> Result<Recorded, HubError> {
        let work = move |work: &Connection| {
            let NewEvent { hub, event, idempotency } = new;
            if let Some((key, body)) = &idempotency {
                if let Some(known) = under_key(work, &event.actor, key, body)? {
                    return Ok(known);
                }
                PUT_KEY.on(work)?.execute([&event.actor, key, &digest(body), &event.id])?;
            }
            Ok(Recorded::New(append(work, &hub, &event)?, event))
        };
        self.writer.shared(work, then).await
    }

    /// Appends events that nobody checked, in one commit.
    pub(crate) async fn append_events(&self, hub: &str, events: Vec<EventRow>) -> Result<(), HubError> {
        let hub = hub.to_owned();
        self.write(move |work| {
            for event in &events {
                append(work, &hub, event)?;
            }
            Ok(())
        })
        .await
    }

    /// A hub's events, newest first; `None` where there is no such hub. `has` says of the sequence
    /// number of the latest one whether the reader has this page already.
    pub(crate) async fn events(
        &self,
        hub: &str,
        filter: EventFilter,
        page: Page<i64>,
        has: impl FnOnce(i64) -> bool + Send + 'static,
    ) -> Result<Option<EventList>, HubError> {
        let hub = hub.to_owned();
        self.read(move |work| {
            Ok(match hubs::is_there(work, &hub)? {
                true => Some(list(work, &hub, &filter, &page, has)?),
                false => None,
            })
        })
        .await
    }

    /// A hub's events after a sequence number, oldest first.
    pub(crate) async fn events_after(
        &self,
        hub: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<(i64, EventRow)>, HubError> {
        let hub = hub.to_owned();
        self.read(move |work| rows(&mut *AFTER.on(work)?, params![hub, after, limit])).await
    }
}
