//! Who registered what, and when. Entries are written with the change that they tell of, or not at all.

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use super::{Page, Part, Store, sql::statements};
use crate::error::HubError;

/// Who changes something, and when.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    /// The sender's name.
    pub(crate) name: String,
    /// The hub's time, RFC 3339, UTC.
    pub(crate) time: String,
}

/// One change to what is registered.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AuditRow {
    /// When, RFC 3339, UTC, by the hub's clock.
    pub(crate) time: String,
    /// Who, by the name of the token.
    pub(crate) actor: String,
    /// What was done: an operation's id.
    pub(crate) action: String,
    /// To what: a hub's, widget's or catalog's name, a manifest's version.
    pub(crate) target: String,
    /// The ETag of what was written, where it has one.
    pub(crate) etag: Option<String>,
}

/// Keeps that `author` did `action` to `target`.
pub(super) fn note(
    work: &Connection,
    hub: &str,
    author: &Author,
    action: &str,
    (target, etag): (&str, Option<&str>),
) -> rusqlite::Result<()> {
    NOTE.on(work)?.execute(params![hub, author.time, author.name, action, target, etag])?;
    Ok(())
}

statements! {
    NOTE = "INSERT INTO audit (hub, time, actor, action, target, etag) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// A hub's entries before a sequence number.
    LISTING = "SELECT sequence, time, actor, action, target, etag FROM audit
        WHERE hub = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3";
}

fn entry(row: &Row<'_>) -> rusqlite::Result<(i64, AuditRow)> {
    let entry =
        AuditRow { time: row.get(1)?, actor: row.get(2)?, action: row.get(3)?, target: row.get(4)?, etag: row.get(5)? };
    Ok((row.get(0)?, entry))
}

impl Store {
    /// What was registered in a hub, newest first.
    pub(crate) async fn audit(&self, hub: &str, page: Page<i64>) -> Result<Part<i64, AuditRow>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| {
            let mut query = LISTING.on(connection)?;
            let rows = query.query_map(params![hub, page.after.unwrap_or(i64::MAX), page.rows()], entry)?;
            Ok(page.cut(rows.collect::<Result<_, _>>()?))
        })
        .await
    }
}
