//! Manifests: draft, active, superseded.

use ops_manifest::Manifest;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use super::Store;
use crate::error::HubError;

/// A manifest as the hub keeps it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ManifestRow {
    /// The extension's version.
    #[schema(example = "0.1.0")]
    pub(crate) version: String,
    /// `draft`, `active` or `superseded`.
    #[schema(example = "active")]
    pub(crate) state: String,
    /// When it was sent, RFC 3339, UTC.
    pub(crate) created_at: String,
    /// Who sent it.
    pub(crate) created_by: String,
    /// When it became active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) activated_at: Option<String>,
    /// The document itself.
    pub(crate) manifest: Value,
}

const COLUMNS: &str = "SELECT version, state, created_at, created_by, activated_at, body FROM manifest";

fn manifest(row: &Row<'_>) -> rusqlite::Result<ManifestRow> {
    let body: String = row.get(5)?;
    Ok(ManifestRow {
        version: row.get(0)?,
        state: row.get(1)?,
        created_at: row.get(2)?,
        created_by: row.get(3)?,
        activated_at: row.get(4)?,
        manifest: serde_json::from_str(&body).unwrap_or_default(),
    })
}

fn latest(connection: &Connection, hub: &str, version: &str) -> Result<Option<ManifestRow>, HubError> {
    let query = format!("{COLUMNS} WHERE hub = ?1 AND version = ?2 ORDER BY revision DESC LIMIT 1");
    Ok(connection.query_row(&query, [hub, version], manifest).optional()?)
}

impl Store {
    /// A hub's manifests, newest first.
    pub(crate) async fn manifests(&self, hub: &str) -> Result<Vec<ManifestRow>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE hub = ?1 ORDER BY revision DESC"))?;
            Ok(query.query_map([hub], manifest)?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The latest manifest of a version.
    pub(crate) async fn manifest(&self, hub: &str, version: &str) -> Result<Option<ManifestRow>, HubError> {
        let (hub, version) = (hub.to_owned(), version.to_owned());
        self.run(move |connection| latest(connection, &hub, &version)).await
    }

    /// The active manifest, decoded.
    pub(crate) async fn active_manifest(&self, hub: &str) -> Result<Option<Manifest>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let query = format!("{COLUMNS} WHERE hub = ?1 AND state = 'active'");
            let row = connection.query_row(&query, [hub], manifest).optional()?;
            Ok(row.and_then(|row| serde_json::from_value(row.manifest).ok()))
        })
        .await
    }

    /// Keeps a draft. The same content again changes nothing; `true` where something was written.
    pub(crate) async fn put_draft(&self, hub: &str, row: ManifestRow) -> Result<(ManifestRow, bool), HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let known = latest(connection, &hub, &row.version)?;
            if let Some(known) = known.filter(|known| known.manifest == row.manifest && known.state != "superseded") {
                return Ok((known, false));
            }
            let work = connection.transaction()?;
            work.execute("DELETE FROM manifest WHERE hub = ?1 AND version = ?2 AND state = 'draft'", [&hub, &row.version])?;
            work.execute(
                "INSERT INTO manifest (hub, version, state, body, created_at, created_by) VALUES (?1, ?2, 'draft', ?3, ?4, ?5)",
                params![hub, row.version, row.manifest.to_string(), row.created_at, row.created_by],
            )?;
            work.commit()?;
            Ok((row, true))
        })
        .await
    }

    /// Makes the latest manifest of a version the active one, and the one before superseded.
    pub(crate) async fn activate(
        &self,
        hub: &str,
        version: &str,
        now: String,
    ) -> Result<Option<ManifestRow>, HubError> {
        let (hub, version) = (hub.to_owned(), version.to_owned());
        self.run(move |connection| {
            let Some(found) = latest(connection, &hub, &version)? else { return Ok(None) };
            if found.state == "active" {
                return Ok(Some(found));
            }
            let work = connection.transaction()?;
            work.execute("UPDATE manifest SET state = 'superseded' WHERE hub = ?1 AND state = 'active'", [&hub])?;
            work.execute(
                "UPDATE manifest SET state = 'active', activated_at = ?3 WHERE revision =
                 (SELECT max(revision) FROM manifest WHERE hub = ?1 AND version = ?2)",
                [&hub, &version, &now],
            )?;
            work.commit()?;
            latest(connection, &hub, &version)
        })
        .await
    }
}
