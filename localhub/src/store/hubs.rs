//! Hubs, their widgets, their catalogs.

use ops_manifest::HubIdentity;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::{Store, digest};
use crate::error::HubError;

/// A hub's identity.
pub(crate) type HubRow = HubIdentity;

/// A widget as the hub keeps it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WidgetRow {
    /// The hub's identifier; stable for as long as the widget exists.
    #[schema(example = "wgt_3fbd…")]
    pub(crate) id: String,
    /// Its name, unique in the hub.
    #[schema(example = "ops-env-coulombcore")]
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
}

/// A catalog with its ETag; the body is absent where the reader has it already.
#[derive(Debug)]
pub(crate) struct CatalogRow {
    /// The strong ETag, quotes included.
    pub(crate) etag: String,
    /// The bytes as they were put.
    pub(crate) body: Option<Vec<u8>>,
}

const WIDGET: &str = "SELECT id, name, kind, subject, title, view_context, created_at FROM widget";

fn widget(row: &Row<'_>) -> rusqlite::Result<WidgetRow> {
    Ok(WidgetRow {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        title: row.get(4)?,
        view_context: row.get(5)?,
        created_at: row.get(6)?,
    })
}

impl Store {
    /// Every hub, by name.
    pub(crate) async fn hubs(&self) -> Result<Vec<HubRow>, HubError> {
        self.run(|connection| {
            let mut query = connection.prepare_cached("SELECT body FROM hub ORDER BY slug")?;
            let bodies = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(bodies.iter().filter_map(|body| serde_json::from_str(body).ok()).collect())
        })
        .await
    }

    /// One hub.
    pub(crate) async fn hub(&self, slug: &str) -> Result<Option<HubRow>, HubError> {
        Ok(self.hubs().await?.into_iter().find(|hub| hub.slug == slug))
    }

    /// Makes or changes a hub.
    pub(crate) async fn put_hub(&self, hub: HubRow) -> Result<(), HubError> {
        self.run(move |connection| {
            let body = serde_json::to_string(&hub).unwrap_or_default();
            connection.execute(
                "INSERT INTO hub VALUES (?1, ?2) ON CONFLICT(slug) DO UPDATE SET body = ?2",
                [hub.slug, body],
            )?;
            Ok(())
        })
        .await
    }

    /// A hub's widgets in the order in which they were made.
    pub(crate) async fn widgets(&self, hub: &str) -> Result<Vec<WidgetRow>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let mut query = connection.prepare_cached(&format!("{WIDGET} WHERE hub = ?1 ORDER BY position"))?;
            Ok(query.query_map([hub], widget)?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// A widget with its hub, by identifier.
    pub(crate) async fn widget(&self, id: &str) -> Result<Option<(String, WidgetRow)>, HubError> {
        let id = id.to_owned();
        self.run(move |connection| {
            let hub = connection
                .query_row("SELECT hub FROM widget WHERE id = ?1", [&id], |row| row.get::<_, String>(0))
                .optional()?;
            let Some(hub) = hub else { return Ok(None) };
            Ok(Some((hub, connection.query_row(&format!("{WIDGET} WHERE id = ?1"), [&id], widget)?)))
        })
        .await
    }

    /// Makes or changes a widget; its identifier stays.
    pub(crate) async fn put_widget(&self, hub: &str, new: WidgetRow) -> Result<WidgetRow, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            connection.execute(
                "INSERT INTO widget SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(max(position), 0) + 1 FROM widget WHERE true
                 ON CONFLICT(hub, name) DO UPDATE SET kind = ?4, subject = ?5, title = ?6, view_context = ?7",
                params![new.id, hub, new.name, new.kind, new.subject, new.title, new.view_context, new.created_at],
            )?;
            Ok(connection.query_row(&format!("{WIDGET} WHERE hub = ?1 AND name = ?2"), [hub, new.name], widget)?)
        })
        .await
    }

    /// Replaces a hub's catalog; gives the new ETag.
    pub(crate) async fn put_catalog(&self, hub: &str, body: Vec<u8>) -> Result<String, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let etag = format!("\"{}\"", digest(&body));
            connection.execute(
                "INSERT INTO catalog VALUES (?1, ?2, ?3) ON CONFLICT(hub) DO UPDATE SET etag = ?2, body = ?3",
                params![hub, etag, body],
            )?;
            Ok(etag)
        })
        .await
    }

    /// A hub's catalog. Where `known` is its ETag, the body is not read.
    pub(crate) async fn catalog(&self, hub: &str, known: Option<String>) -> Result<Option<CatalogRow>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let etag: Option<String> =
                connection.query_row("SELECT etag FROM catalog WHERE hub = ?1", [&hub], |row| row.get(0)).optional()?;
            let Some(etag) = etag else { return Ok(None) };
            if known.is_some_and(|known| {
                known == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)
            }) {
                return Ok(Some(CatalogRow { etag, body: None }));
            }
            let body = connection.query_row("SELECT body FROM catalog WHERE hub = ?1", [&hub], |row| row.get(0))?;
            Ok(Some(CatalogRow { etag, body: Some(body) }))
        })
        .await
    }
}
