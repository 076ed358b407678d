//! Manifests: sent as a draft, then activated.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State as Shared},
    http::StatusCode,
};
use ops_manifest::Manifest;
use serde_json::Value;

use super::{List, ProblemBody, hub};
use crate::{
    access::{Scope, Sender},
    live::Live,
    problem::Problem,
    server::State,
    store::ManifestRow,
};

/// A hub's manifests, newest first.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/manifests", operation_id = "listManifests", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub")),
    responses((status = 200, body = List<ManifestRow>), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_manifests(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
) -> Result<Json<List<ManifestRow>>, Problem> {
    sender.must(Scope::Read)?;
    hub(&state, &slug).await?;
    Ok(Json(List { items: state.store.manifests(&slug).await? }))
}

/// One version's latest manifest.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/manifests/{version}", operation_id = "getManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub"), ("version" = String, Path, example = "0.1.0")),
    responses((status = 200, body = ManifestRow), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, version)): Path<(String, String)>,
) -> Result<Json<ManifestRow>, Problem> {
    sender.must(Scope::Read)?;
    state.store.manifest(&slug, &version).await?.map(Json).ok_or_else(|| unknown(&slug, &version))
}

/// Keeps a manifest as a draft. The same content again changes nothing.
#[utoipa::path(post, path = "/api/v2/hubs/{hub}/manifests", operation_id = "createManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub")),
    request_body(content = Value, description = "The manifest."),
    responses((status = 201, body = ManifestRow, description = "Kept as a draft."), (status = 200, body = ManifestRow, description = "Known already."),
        (status = 400, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn create_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    Json(body): Json<Value>,
) -> Result<(StatusCode, Json<ManifestRow>), Problem> {
    sender.must(Scope::Register)?;
    hub(&state, &slug).await?;
    let manifest: Manifest =
        serde_json::from_value(body.clone()).map_err(|error| Problem::bad(format!("The manifest: {error}.")))?;
    if manifest.hub.slug != slug {
        return Err(Problem::bad(format!("/hub/slug: '{}' is not this hub, '{slug}'.", manifest.hub.slug)));
    }
    semver::Version::parse(&manifest.extension.version)
        .map_err(|error| Problem::bad(format!("/extension/version: '{}': {error}.", manifest.extension.version)))?;
    for kind in &manifest.event_types {
        jsonschema::validator_for(&kind.metadata_schema)
            .map_err(|error| Problem::bad(format!("/eventTypes: the metadataSchema of '{}': {error}.", kind.name)))?;
    }
    let row = ManifestRow {
        version: manifest.extension.version,
        state: "draft".into(),
        created_at: state.clock.now().to_string(),
        created_by: sender.name().to_owned(),
        activated_at: None,
        manifest: body,
    };
    let (row, written) = state.store.put_draft(&slug, row).await?;
    Ok((if written { StatusCode::CREATED } else { StatusCode::OK }, Json(row)))
}

/// Makes a version's latest manifest the active one; the one before is superseded.
#[utoipa::path(post, path = "/api/v2/hubs/{hub}/manifests/{version}/activation", operation_id = "activateManifest", tag = "manifests",
    params(("hub" = String, Path, example = "ops-hub"), ("version" = String, Path, example = "0.1.0")),
    responses((status = 200, body = ManifestRow), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn activate_manifest(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, version)): Path<(String, String)>,
) -> Result<Json<ManifestRow>, Problem> {
    sender.must(Scope::Register)?;
    let row = state.store.activate(&slug, &version, state.clock.now().to_string()).await?;
    let row = row.ok_or_else(|| unknown(&slug, &version))?;
    state.tell(Live::Manifest(slug, version));
    Ok(Json(row))
}

fn unknown(slug: &str, version: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no manifest of version '{version}'."))
}
