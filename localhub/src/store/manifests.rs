//! Manifests: draft, active, superseded, and active again.

use ops_manifest::Manifest;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use super::{Author, Page, Part, Store, audit, etag, sql::statements};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

/// A manifest as the hub keeps it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ManifestRow {
    /// The extension's version.
    pub(crate) version: String,
    /// Whether it is in force.
    pub(crate) state: ManifestState,
    /// When it was sent, RFC 3339, UTC.
    pub(crate) created_at: String,
    /// Who sent it.
    pub(crate) created_by: String,
    /// When it became active, the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) activated_at: Option<String>,
    /// The version that its activation superseded, the last time: the one to go back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) supersedes: Option<String>,
    /// The document itself.
    pub(crate) manifest: Value,
}

/// Whether a manifest is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ManifestState {
    /// Not yet.
    Draft,
    /// It is; the only one of its hub.
    Active,
    /// No longer, and it can be again.
    Superseded,
}

/// A manifest that was written, with the ETag of its hub's list afterwards.
#[derive(Debug)]
pub(crate) struct Kept {
    /// It.
    pub(crate) row: ManifestRow,
    /// The list's ETag.
    pub(crate) etag: String,
    /// Whether anything changed.
    pub(crate) is_new: bool,
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT revision, version, state, created_at, created_by, activated_at, supersedes, body FROM manifest ",
            $rest
        )
    };
}

statements! {
    /// A hub's manifests before a revision.
    LISTING = columns!("WHERE hub = ?1 AND revision < ?2 ORDER BY revision DESC LIMIT ?3");
    LATEST = columns!("WHERE hub = ?1 AND version = ?2 ORDER BY revision DESC LIMIT 1");
    STATES = "SELECT h.generation || ' ' || coalesce(group_concat(m.revision || m.state || m.created_at, ' '), '')
        FROM hub h LEFT JOIN manifest m ON m.hub = h.slug WHERE h.slug = ?1";
    ACTIVE = "SELECT body FROM manifest WHERE hub = ?1 AND state = 'active'";
    ACTIVE_REVISION = "SELECT revision FROM manifest WHERE hub = ?1 AND state = 'active'";
    ACTIVE_VERSION = "SELECT version FROM manifest WHERE hub = ?1 AND state = 'active'";
    OF_REVISION = "SELECT body FROM manifest WHERE revision = ?1";
    /// The active manifests of all hubs, which an index of them alone leads to.
    ACTIVE_ONES = "SELECT body FROM manifest WHERE state = 'active'";
    DROP_DRAFT = "DELETE FROM manifest WHERE hub = ?1 AND version = ?2 AND state = 'draft'";
    PUT_DRAFT = "INSERT INTO manifest (hub, version, state, body, created_at, created_by)
        VALUES (?1, ?2, 'draft', ?3, ?4, ?5)";
    SUPERSEDE = "UPDATE manifest SET state = 'superseded' WHERE hub = ?1 AND state = 'active'";
    ACTIVATE = "UPDATE manifest SET state = 'active', activated_at = ?2, supersedes = ?3 WHERE revision = ?1";
    RAISE_GENERATION = "UPDATE hub SET generation = generation + 1 WHERE slug = ?1";
}

fn manifest(row: &Row<'_>) -> rusqlite::Result<(i64, ManifestRow)> {
    let (state, body): (String, String) = (row.get(2)?, row.get(7)?);
    let manifest = ManifestRow {
        version: row.get(1)?,
        state: match state.as_str() {
            "active" => ManifestState::Active,
            "draft" => ManifestState::Draft,
            _ => ManifestState::Superseded,
        },
        created_at: row.get(3)?,
        created_by: row.get(4)?,
        activated_at: row.get(5)?,
        supersedes: row.get(6)?,
        manifest: serde_json::from_str(&body).unwrap_or_default(),
    };
    Ok((row.get(0)?, manifest))
}

fn latest(connection: &Connection, hub: &str, version: &str) -> Result<Option<(i64, ManifestRow)>, HubError> {
    Ok(LATEST.on(connection)?.query_row([hub, version], manifest).optional()?)
}

/// The ETag of a hub's list: another after every write, also where a state comes back.
fn list_etag(connection: &Connection, hub: &str) -> Result<String, HubError> {
    let state: Option<String> = STATES.on(connection)?.query_row([hub], |row| row.get(0))?;
    Ok(etag(state.unwrap_or_default()))
}

/// The revision of a hub's active manifest; the document of a revision never changes.
pub(super) fn active_revision(connection: &Connection, hub: &str) -> Result<Option<i64>, HubError> {
    Ok(ACTIVE_REVISION.on(connection)?.query_row([hub], |row| row.get(0)).optional()?)
}

fn kept(work: &Connection, hub: &str, version: &str, is_new: bool) -> Result<Option<Kept>, HubError> {
    let Some((_, row)) = latest(work, hub, version)? else { return Ok(None) };
    Ok(Some(Kept { row, etag: list_etag(work, hub)?, is_new }))
}

impl Store {
    /// A hub's manifests, newest first.
    pub(crate) async fn manifests(&self, hub: &str, page: Page<i64>) -> Result<Part<i64, ManifestRow>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| {
            let mut query = LISTING.on(connection)?;
            let rows = query.query_map(params![hub, page.after.unwrap_or(i64::MAX), page.rows()], manifest)?;
            Ok(page.cut(rows.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// The ETag of a hub's manifests.
    pub(crate) async fn manifests_etag(&self, hub: &str) -> Result<String, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| list_etag(connection, &hub)).await
    }

    /// The latest manifest of a version, with its own ETag.
    pub(crate) async fn manifest(&self, hub: &str, version: &str) -> Result<Option<(ManifestRow, String)>, HubError> {
        let (hub, version) = (hub.to_owned(), version.to_owned());
        self.read(move |connection| {
            let found = latest(connection, &hub, &version)?.map(|(revision, row)| {
                let state = serde_json::to_string(&row).unwrap_or_default();
                (row, etag(format!("{revision} {state}")))
            });
            Ok(found)
        })
        .await
    }

    /// The active manifest, decoded.
    pub(crate) async fn active_manifest(&self, hub: &str) -> Result<Option<Manifest>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| {
            let body: Option<String> = ACTIVE.on(connection)?.query_row([hub], |row| row.get(0)).optional()?;
            Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
        })
        .await
    }

    /// The manifest of a revision, decoded.
    pub(crate) async fn manifest_of_revision(&self, revision: i64) -> Result<Option<Manifest>, HubError> {
        self.read(move |connection| {
            let body: Option<String> =
                OF_REVISION.on(connection)?.query_row([revision], |row| row.get(0)).optional()?;
            Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
        })
        .await
    }

    /// Whether the active manifest of any hub registers an event type.
    pub(crate) async fn registers(&self, event_type: &str) -> Result<bool, HubError> {
        let event_type = event_type.to_owned();
        self.read(move |connection| {
            let mut query = ACTIVE_ONES.on(connection)?;
            let bodies = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            let mut manifests = bodies.iter().filter_map(|body| serde_json::from_str::<Manifest>(body).ok());
            Ok(manifests.any(|manifest| manifest.event_types.iter().any(|kind| kind.name == event_type)))
        })
        .await
    }

    /// Keeps a draft. The same content again changes nothing.
    pub(crate) async fn put_draft(
        &self,
        hub: &str,
        version: &str,
        document: Value,
        condition: Condition,
        author: Author,
    ) -> Result<Result<Option<Kept>, Moved>, HubError> {
        let (hub, version) = (hub.to_owned(), version.to_owned());
        self.write(move |work| {
            if let Err(moved) = condition.check(Some(&list_etag(work, &hub)?)) {
                return Ok(Err(moved));
            }
            let known = latest(work, &hub, &version)?;
            if known.is_some_and(|(_, known)| known.manifest == document && known.state != ManifestState::Superseded) {
                return Ok(Ok(kept(work, &hub, &version, false)?));
            }
            DROP_DRAFT.on(work)?.execute([&hub, &version])?;
            PUT_DRAFT.on(work)?.execute(params![hub, version, document.to_string(), author.time, author.name])?;
            RAISE_GENERATION.on(work)?.execute([&hub])?;
            let kept = kept(work, &hub, &version, true)?;
            audit::note(
                work,
                &hub,
                &author,
                "createManifest",
                (&version, kept.as_ref().map(|kept| kept.etag.as_str())),
            )?;
            Ok(Ok(kept))
        })
        .await
    }

    /// Makes the latest manifest of a version the active one, and the one before superseded.
    pub(crate) async fn activate(
        &self,
        hub: &str,
        version: &str,
        condition: Condition,
        author: Author,
    ) -> Result<Result<Option<Kept>, Moved>, HubError> {
        let (hub, version) = (hub.to_owned(), version.to_owned());
        self.write(move |work| {
            let Some((revision, found)) = latest(work, &hub, &version)? else { return Ok(Ok(None)) };
            if let Err(moved) = condition.check(Some(&list_etag(work, &hub)?)) {
                return Ok(Err(moved));
            }
            if found.state == ManifestState::Active {
                return Ok(Ok(kept(work, &hub, &version, false)?));
            }
            let before: Option<String> = ACTIVE_VERSION.on(work)?.query_row([&hub], |row| row.get(0)).optional()?;
            SUPERSEDE.on(work)?.execute([&hub])?;
            ACTIVATE.on(work)?.execute(params![revision, author.time, before])?;
            RAISE_GENERATION.on(work)?.execute([&hub])?;
            let kept = kept(work, &hub, &version, true)?;
            audit::note(
                work,
                &hub,
                &author,
                "activateManifest",
                (&version, kept.as_ref().map(|kept| kept.etag.as_str())),
            )?;
            Ok(Ok(kept))
        })
        .await
    }
}
