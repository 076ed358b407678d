//! The hubs' widgets: active, or retired, with their events kept.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::{Author, Page, Part, Store, audit, etag, sql::statements};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

/// A widget as the hub keeps it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WidgetRow {
    /// The hub's identifier; stable for as long as the hub keeps the widget, retired or not.
    pub(crate) id: String,
    /// Its name, unique in the hub.
    pub(crate) name: String,
    /// A kind of the active manifest.
    pub(crate) kind: String,
    /// The entity that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<String>,
    /// Its heading.
    pub(crate) title: String,
    /// The view context of what is recorded from it.
    pub(crate) view_context: String,
    /// When it was made, RFC 3339, UTC.
    pub(crate) created_at: String,
    /// Whether it takes events.
    pub(crate) state: WidgetState,
    /// When it was retired, RFC 3339, UTC; absent for an active one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retired_at: Option<String>,
    /// Its ETag, quotes included; the same as `getWidget` has in its header.
    pub(crate) etag: String,
}

/// Whether a widget takes events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WidgetState {
    /// It does, and is shown.
    Active,
    /// It does not, and is not shown; its events stay.
    Retired,
}

/// What a widget is to be.
#[derive(Clone, Debug)]
pub(crate) struct NewWidget {
    /// The identifier, where there is none of this name yet.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) subject: Option<String>,
    pub(crate) title: String,
    pub(crate) view_context: String,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT position, id, name, kind, subject, title, view_context, created_at, retired_at, hub FROM widget ",
            $rest
        )
    };
}

statements! {
    /// A hub's widgets after a position.
    LISTING = columns!("WHERE hub = ?1 AND position > ?2 ORDER BY position LIMIT ?3");
    ALL = columns!("WHERE hub = ?1 ORDER BY position");
    NAMED = columns!("WHERE hub = ?1 AND name = ?2");
    BY_ID = columns!("WHERE id = ?1");
    ID = "SELECT id FROM widget WHERE hub = ?1 AND name = ?2";
    PUT = "INSERT INTO widget (id, hub, name, kind, subject, title, view_context, created_at, position)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(max(position), 0) + 1 FROM widget WHERE hub = ?2
        ON CONFLICT(hub, name) DO UPDATE SET kind = ?4, subject = ?5, title = ?6, view_context = ?7, retired_at = NULL";
    RETIRE = "UPDATE widget SET retired_at = ?3 WHERE hub = ?1 AND name = ?2";
}

fn widget(row: &Row<'_>) -> rusqlite::Result<(i64, WidgetRow)> {
    let retired_at: Option<String> = row.get(8)?;
    let mut widget = WidgetRow {
        id: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        subject: row.get(4)?,
        title: row.get(5)?,
        view_context: row.get(6)?,
        created_at: row.get(7)?,
        state: if retired_at.is_some() { WidgetState::Retired } else { WidgetState::Active },
        retired_at,
        etag: String::new(),
    };
    widget.etag = etag(serde_json::to_string(&widget).unwrap_or_default());
    Ok((row.get(0)?, widget))
}

fn one(connection: &Connection, hub: &str, name: &str) -> Result<Option<WidgetRow>, HubError> {
    Ok(NAMED.on(connection)?.query_row([hub, name], widget).optional()?.map(|(_, widget)| widget))
}

/// A widget with its hub, by identifier.
pub(super) fn by_id(connection: &Connection, id: &str) -> Result<Option<(String, WidgetRow)>, HubError> {
    Ok(BY_ID.on(connection)?.query_row([id], |row| Ok((row.get(9)?, widget(row)?.1))).optional()?)
}

/// The identifier of a hub's widget.
pub(super) fn id(connection: &Connection, hub: &str, name: &str) -> Result<Option<String>, HubError> {
    Ok(ID.on(connection)?.query_row([hub, name], |row| row.get(0)).optional()?)
}

/// Whether a widget is active and says what is to be said.
fn is_same(known: &WidgetRow, new: &NewWidget) -> bool {
    known.state == WidgetState::Active
        && (&known.kind, &known.subject, &known.title, &known.view_context)
            == (&new.kind, &new.subject, &new.title, &new.view_context)
}

impl Store {
    /// A hub's widgets in the order in which they were made.
    pub(crate) async fn widgets(&self, hub: &str, page: Page<i64>) -> Result<Part<i64, WidgetRow>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| {
            let mut query = LISTING.on(connection)?;
            let rows = query.query_map(params![hub, page.after.unwrap_or(i64::MIN), page.rows()], widget)?;
            Ok(page.cut(rows.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// The ETag of a hub's list of widgets: another when any of them is.
    pub(crate) async fn widgets_etag(&self, hub: &str) -> Result<String, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| {
            let mut query = ALL.on(connection)?;
            let rows = query.query_map([hub], widget)?;
            let etags = rows.map(|row| Ok(row?.1.etag)).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(etag(etags.concat()))
        })
        .await
    }

    /// A widget of a hub, by name.
    pub(crate) async fn widget_named(&self, hub: &str, name: &str) -> Result<Option<WidgetRow>, HubError> {
        let (hub, name) = (hub.to_owned(), name.to_owned());
        self.read(move |connection| one(connection, &hub, &name)).await
    }

    /// Makes or changes a widget, and revives a retired one; its identifier stays.
    pub(crate) async fn put_widget(
        &self,
        hub: &str,
        new: NewWidget,
        condition: Condition,
        author: Author,
    ) -> Result<Result<WidgetRow, Moved>, HubError> {
        let hub = hub.to_owned();
        self.write(move |work| {
            let known = one(work, &hub, &new.name)?;
            if let Err(moved) = condition.check(known.as_ref().map(|known| known.etag.as_str())) {
                return Ok(Err(moved));
            }
            if let Some(known) = known.filter(|known| is_same(known, &new)) {
                return Ok(Ok(known));
            }
            let time = &author.time;
            let values = params![new.id, hub, new.name, new.kind, new.subject, new.title, new.view_context, time];
            PUT.on(work)?.execute(values)?;
            let (_, row) = NAMED.on(work)?.query_row([&hub, &new.name], widget)?;
            audit::note(work, &hub, &author, "putWidget", (&new.name, Some(&row.etag)))?;
            Ok(Ok(row))
        })
        .await
    }

    /// Takes a widget out of use; its row and its events stay. `false` where there is none of this name.
    pub(crate) async fn retire_widget(
        &self,
        hub: &str,
        name: &str,
        condition: Condition,
        author: Author,
    ) -> Result<Result<bool, Moved>, HubError> {
        let (hub, name) = (hub.to_owned(), name.to_owned());
        self.write(move |work| {
            let Some(known) = one(work, &hub, &name)? else { return Ok(Ok(false)) };
            if let Err(moved) = condition.check(Some(&known.etag)) {
                return Ok(Err(moved));
            }
            if known.state == WidgetState::Active {
                RETIRE.on(work)?.execute([&hub, &name, &author.time])?;
                audit::note(work, &hub, &author, "retireWidget", (&name, None))?;
            }
            Ok(Ok(true))
        })
        .await
    }
}
