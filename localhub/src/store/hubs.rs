//! Hubs.

use ops_manifest::HubIdentity;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Author, Page, Part, Store, audit, etag, sql::statements};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

/// A hub's identity.
pub(crate) type HubRow = HubIdentity;

/// The ETag of a hub's identity.
pub(crate) fn hub_etag(hub: &HubRow) -> String {
    etag(body(hub))
}

fn body(hub: &HubRow) -> String {
    serde_json::to_string(hub).unwrap_or_default()
}

statements! {
    ONE = "SELECT body FROM hub WHERE slug = ?1";
    IS_THERE = "SELECT true FROM hub WHERE slug = ?1";
    LISTING = "SELECT slug, body FROM hub WHERE slug > ?1 ORDER BY slug LIMIT ?2";
    PUT = "INSERT INTO hub (slug, body) VALUES (?1, ?2) ON CONFLICT(slug) DO UPDATE SET body = ?2";
}

/// Whether there is a hub of this name.
pub(super) fn is_there(connection: &Connection, slug: &str) -> Result<bool, HubError> {
    Ok(IS_THERE.on(connection)?.query_row([slug], |_| Ok(())).optional()?.is_some())
}

fn one(connection: &Connection, slug: &str) -> Result<Option<HubRow>, HubError> {
    let body: Option<String> = ONE.on(connection)?.query_row([slug], |row| row.get(0)).optional()?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

impl Store {
    /// Hubs, by name.
    pub(crate) async fn hubs(&self, page: Page<String>) -> Result<Part<String, HubRow>, HubError> {
        self.read(move |connection| {
            let mut query = LISTING.on(connection)?;
            let after = page.after.as_deref().unwrap_or_default();
            let rows =
                query.query_map(params![after, page.rows()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            let rows = rows.collect::<Result<Vec<_>, _>>()?.into_iter();
            Ok(page.cut(rows.filter_map(|(slug, body)| Some((slug, serde_json::from_str(&body).ok()?))).collect()))
        })
        .await
    }

    /// One hub.
    pub(crate) async fn hub(&self, slug: &str) -> Result<Option<HubRow>, HubError> {
        let slug = slug.to_owned();
        self.read(move |connection| one(connection, &slug)).await
    }

    /// Makes or changes a hub.
    pub(crate) async fn put_hub(
        &self,
        hub: HubRow,
        condition: Condition,
        author: Author,
    ) -> Result<Result<(), Moved>, HubError> {
        self.write(move |work| {
            let known = one(work, &hub.slug)?;
            if let Err(moved) = condition.check(known.as_ref().map(hub_etag).as_deref()) {
                return Ok(Err(moved));
            }
            if known.as_ref() != Some(&hub) {
                PUT.on(work)?.execute([&hub.slug, &body(&hub)])?;
                audit::note(work, &hub.slug, &author, "putHub", (&hub.slug, Some(&hub_etag(&hub))))?;
            }
            Ok(Ok(()))
        })
        .await
    }
}
