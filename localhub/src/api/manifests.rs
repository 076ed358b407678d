//! Manifests: sent as a draft, then activated.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use ops_manifest::check::{self, Finding};
use serde_json::Value;

use super::{
    hub,
    page::{List, PageOf, tagged, unchanged},
};
use crate::{condition::Condition, live::Live, problem::Problem, sender::Sender, state::State, store::Kept};

/// A hub's manifests, newest first. Its ETag is another after every draft and every activation, and
/// is what `If-Match` of `createManifest` and `activateManifest` names.
pub(super) async fn list_manifests(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let page = page.of("manifests")?;
    let etag = state.store.manifests_etag(&slug).await?;
    if let Some(unchanged) = unchanged(&condition, &etag) {
        return Ok(unchanged);
    }
    Ok(List::new("manifests", state.store.manifests(&slug, page).await?).answer(&uri, etag))
}

/// One version's latest manifest.
pub(super) async fn get_manifest(
    Shared(state): Shared<Arc<State>>,
    Path((slug, version)): Path<(String, String)>,
    condition: Condition,
) -> Result<Response, Problem> {
    let (row, etag) = state.store.manifest(&slug, &version).await?.ok_or_else(|| unknown(&slug, &version))?;
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| (tagged(etag), Json(row)).into_response()))
}

/// Keeps a manifest as a draft. The same content again changes nothing. `If-Match` takes the ETag of
/// `listManifests`, and so does the answer's `ETag`.
pub(super) async fn create_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    Json(body): Json<Value>,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let manifest = check::check(&body).map_err(|findings| broken(&findings))?;
    if manifest.hub.slug != slug {
        let detail = format!("/hub/slug: '{}' is not this hub, '{slug}'.", manifest.hub.slug);
        return Err(Problem::unprocessable(detail));
    }
    for (at, kind) in manifest.event_types.iter().enumerate() {
        jsonschema::validator_for(&kind.metadata_schema).map_err(|error| {
            broken(&[Finding {
                rule: "schema",
                pointer: format!("/eventTypes/{at}/metadataSchema"),
                message: format!("'{}': {error}", kind.name),
            }])
        })?;
    }
    let version = manifest.extension.version;
    let kept = state.store.put_draft(&slug, &version, body, condition, state.author(&sender)).await??;
    let Kept { row, etag, is_new } = kept.ok_or_else(|| unknown(&slug, &version))?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, tagged(etag), Json(row)).into_response())
}

/// Makes a version's latest manifest the active one, also where it was superseded before; the one
/// that was active is superseded, and `supersedes` names its version. Widgets, their identifiers and
/// their events stay. `If-Match` takes the ETag of `listManifests`; without it, the last one wins.
pub(super) async fn activate_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, version)): Path<(String, String)>,
    condition: Condition,
) -> Result<Response, Problem> {
    let kept = state.store.activate(&slug, &version, condition, state.author(&sender)).await??;
    let Kept { row, etag, is_new } = kept.ok_or_else(|| unknown(&slug, &version))?;
    if is_new {
        state.tell(Live::Manifest(slug, version));
    }
    Ok((tagged(etag), Json(row)).into_response())
}

/// Everything that keeps a manifest from being sound, besides its shape.
fn broken(findings: &[Finding]) -> Problem {
    let words = findings.first().map(ToString::to_string).unwrap_or_default();
    let more = if findings.len() > 1 { "; `errors` has the others" } else { "" };
    let errors = findings.iter().map(|finding| (finding.pointer.clone(), finding.message.clone()));
    Problem::unprocessable(format!("The manifest: {words}{more}.")).with("errors", Problem::errors(errors))
}

fn unknown(slug: &str, version: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no manifest of version '{version}'."))
}
