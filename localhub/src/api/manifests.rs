//! Manifests: sent as a draft, then activated.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use ops_manifest::Manifest;
use serde_json::Value;

use super::{
    ProblemBody, hub,
    page::{List, PageOf, tagged, unchanged},
};
use crate::{
    access::{Scope, Sender},
    condition::Condition,
    live::Live,
    problem::Problem,
    server::State,
    store::{Kept, ManifestRow},
};

/// A hub's manifests, newest first. Its ETag is another after every draft and every activation, and
/// is what `If-Match` of `createManifest` and `activateManifest` names.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/manifests", operation_id = "listManifests", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub"), PageOf),
    responses((status = 200, body = List<ManifestRow>), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_manifests(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    hub(&state, &slug).await?;
    let page = page.of("manifests")?;
    let etag = state.store.manifests_etag(&slug).await?;
    if let Some(unchanged) = unchanged(&condition, &etag) {
        return Ok(unchanged);
    }
    Ok(List::new("manifests", state.store.manifests(&slug, page).await?).answer(&uri, etag))
}

/// One version's latest manifest.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/manifests/{version}", operation_id = "getManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub"), ("version" = String, Path, example = "0.1.0")),
    responses((status = 200, body = ManifestRow), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, version)): Path<(String, String)>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    let (row, etag) = state.store.manifest(&slug, &version).await?.ok_or_else(|| unknown(&slug, &version))?;
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| (tagged(etag), Json(row)).into_response()))
}

/// Keeps a manifest as a draft. The same content again changes nothing. `If-Match` takes the ETag of
/// `listManifests`, and so does the answer's `ETag`.
#[utoipa::path(post, path = "/api/v2/hubs/{hub}/manifests", operation_id = "createManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub")),
    request_body(content = Value, description = "The manifest."),
    responses((status = 201, body = ManifestRow, description = "Kept as a draft."), (status = 200, body = ManifestRow, description = "Known already."),
        (status = 400, body = ProblemBody, content_type = "application/problem+json"), (status = 412, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn create_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    Json(body): Json<Value>,
) -> Result<Response, Problem> {
    sender.must(Scope::Register)?;
    hub(&state, &slug).await?;
    let manifest: Manifest =
        serde_json::from_value(body.clone()).map_err(|error| Problem::bad(format!("The manifest: {error}.")))?;
    if manifest.hub.slug != slug {
        return Err(Problem::bad(format!("/hub/slug: '{}' is not this hub, '{slug}'.", manifest.hub.slug)));
    }
    let version = manifest.extension.version;
    semver::Version::parse(&version)
        .map_err(|error| Problem::bad(format!("/extension/version: '{version}': {error}.")))?;
    for kind in &manifest.event_types {
        jsonschema::validator_for(&kind.metadata_schema)
            .map_err(|error| Problem::bad(format!("/eventTypes: the metadataSchema of '{}': {error}.", kind.name)))?;
    }
    let kept = state.store.put_draft(&slug, &version, body, condition, state.author(&sender)).await??;
    let Kept { row, etag, is_new } = kept.ok_or_else(|| unknown(&slug, &version))?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, tagged(etag), Json(row)).into_response())
}

/// Makes a version's latest manifest the active one, also where it was superseded before; the one
/// that was active is superseded, and `supersedes` names its version. Widgets, their identifiers and
/// their events stay. `If-Match` takes the ETag of `listManifests`; without it, the last one wins.
#[utoipa::path(post, path = "/api/v2/hubs/{hub}/manifests/{version}/activation", operation_id = "activateManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub"), ("version" = String, Path, example = "0.1.0")),
    responses((status = 200, body = ManifestRow), (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn activate_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, version)): Path<(String, String)>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Register)?;
    let kept = state.store.activate(&slug, &version, condition, state.author(&sender)).await??;
    let Kept { row, etag, is_new } = kept.ok_or_else(|| unknown(&slug, &version))?;
    if is_new {
        state.tell(Live::Manifest(slug, version));
    }
    Ok((tagged(etag), Json(row)).into_response())
}

fn unknown(slug: &str, version: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no manifest of version '{version}'."))
}
