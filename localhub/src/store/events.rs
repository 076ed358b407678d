//! Events: appended, never changed.

use ops_model::{Event, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Page, Part, Store, digest};
use crate::error::HubError;

/// An event to record; the hub has checked that it may be.
#[derive(Debug)]
pub(crate) struct NewEvent {
    /// The hub that its widget belongs to.
    pub(crate) hub: String,
    /// The event, complete.
    pub(crate) event: Event,
    /// The sender's key and body: the same key gives the same event once.
    pub(crate) idempotency: Option<(String, String)>,
}

/// What became of an event.
#[derive(Debug)]
pub(crate) enum Recorded {
    /// It is new, with its sequence number.
    New(i64, Event),
    /// It was recorded before under the same key.
    Before(Event),
    /// The key was used for another body.
    KeyTaken,
}

const COLUMNS: &str =
    "SELECT e.sequence, e.id, e.widget_id, w.name, e.event_type, e.view_context, e.metadata, e.time, e.actor
     FROM event e JOIN widget w ON w.id = e.widget_id";

/// The sequence number of a hub's latest event.
const LATEST: &str = "SELECT coalesce(max(sequence), 0) FROM event WHERE hub = ?1";

/// A hub's events before a sequence number.
fn newest_first() -> String {
    format!("{COLUMNS} WHERE e.hub = ?1 AND e.sequence < ?2 ORDER BY e.sequence DESC LIMIT ?3")
}

/// A hub's events after a sequence number.
fn oldest_first() -> String {
    format!("{COLUMNS} WHERE e.hub = ?1 AND e.sequence > ?2 ORDER BY e.sequence LIMIT ?3")
}

fn event(row: &Row<'_>) -> rusqlite::Result<(i64, Event)> {
    let (metadata, time): (String, String) = (row.get(6)?, row.get(7)?);
    let event = Event {
        id: row.get(1)?,
        widget_id: row.get(2)?,
        widget: row.get(3)?,
        event_type: row.get(4)?,
        view_context: row.get(5)?,
        metadata: serde_json::from_str(&metadata).unwrap_or_default(),
        time: Timestamp::parse(&time).unwrap_or_default(),
        actor: row.get(8)?,
    };
    Ok((row.get(0)?, event))
}

fn by_id(connection: &Connection, id: &str) -> Result<Event, HubError> {
    Ok(connection.query_row(&format!("{COLUMNS} WHERE e.id = ?1"), [id], event)?.1)
}

/// What became of a key's event, if the key was used before.
fn under_key(connection: &Connection, actor: &str, key: &str, body: &str) -> Result<Option<Recorded>, HubError> {
    let mut query =
        connection.prepare_cached("SELECT body_hash, event_id FROM idempotency WHERE actor = ?1 AND key = ?2")?;
    let known: Option<(String, String)> =
        query.query_row([actor, key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match known {
        None => None,
        Some((hash, id)) if hash == digest(body) => Some(Recorded::Before(by_id(connection, &id)?)),
        Some(_) => Some(Recorded::KeyTaken),
    })
}

impl Store {
    /// What became of the event that a sender sent under a key, if it did.
    pub(crate) async fn recorded(&self, actor: &str, key: &str, body: &str) -> Result<Option<Recorded>, HubError> {
        let (actor, key, body) = (actor.to_owned(), key.to_owned(), body.to_owned());
        self.run(move |connection| under_key(connection, &actor, &key, &body)).await
    }

    /// Records an event. When this returns, it is on disk.
    pub(crate) async fn record(&self, new: NewEvent) -> Result<Recorded, HubError> {
        self.run(move |connection| {
            let NewEvent { hub, event, idempotency } = new;
            let actor = event.actor.clone().unwrap_or_default();
            let work = connection.transaction()?;
            if let Some((key, body)) = &idempotency {
                if let Some(known) = under_key(&work, &actor, key, body)? {
                    return Ok(known);
                }
                let query = "INSERT INTO idempotency VALUES (?1, ?2, ?3, ?4)";
                work.execute(query, [&actor, key, &digest(body), &event.id])?;
            }
            let metadata = serde_json::to_string(&event.metadata).unwrap_or_default();
            work.execute(
                "INSERT INTO event (id, hub, widget_id, event_type, view_context, metadata, time, actor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![event.id, hub, event.widget_id, event.event_type, event.view_context, metadata, event.time.to_string(), actor],
            )?;
            let sequence = work.last_insert_rowid();
            work.commit()?;
            Ok(Recorded::New(sequence, event))
        })
        .await
    }

    /// A hub's events, newest first.
    pub(crate) async fn events(&self, hub: &str, page: Page<i64>) -> Result<Part<i64, Event>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let mut query = connection.prepare_cached(&newest_first())?;
            let rows = query.query_map(params![hub, page.after.unwrap_or(i64::MAX), page.rows()], event)?;
            Ok(page.cut(rows.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// A hub's events after a sequence number, oldest first.
    pub(crate) async fn events_after(&self, hub: &str, after: i64, limit: i64) -> Result<Vec<(i64, Event)>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let mut query = connection.prepare_cached(&oldest_first())?;
            Ok(query.query_map(params![hub, after, limit], event)?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The sequence number of a hub's latest event; 0 for none.
    pub(crate) async fn latest_sequence(&self, hub: &str) -> Result<i64, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let mut query = connection.prepare_cached(LATEST)?;
            Ok(query.query_row([hub], |row| row.get(0))?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::{LATEST, newest_first, oldest_first};
    use crate::store::plan::plan;

    #[test]
    fn listing_and_resuming_read_their_index_from_where_they_begin() {
        for query in [newest_first(), oldest_first()] {
            assert_eq!(
                plan(&query),
                [
                    "SEARCH e USING INDEX event_by_hub (hub=? AND sequence>?)"
                        .replace('>', if query.contains('<') { "<" } else { ">" }),
                    "SEARCH w USING INDEX sqlite_autoindex_widget_1 (id=?)".to_owned(),
                ]
            );
        }
        assert_eq!(plan(LATEST), ["SEARCH event USING COVERING INDEX event_by_hub (hub=?)"]);
    }
}
