//! Hubs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State as Shared},
};
use ops_manifest::HubIdentity;
use serde_json::Value;

use super::{List, ProblemBody, hub};
use crate::{
    access::{Scope, Sender},
    problem::Problem,
    server::State,
};

/// All hubs.
#[utoipa::path(get, path = "/api/v2/hubs", operation_id = "listHubs", tag = "hubs",
    responses((status = 200, description = "`items`, each with slug, title, family, function, system."), (status = 401, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_hubs(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
) -> Result<Json<List<HubIdentity>>, Problem> {
    sender.must(Scope::Read)?;
    Ok(Json(List { items: state.store.hubs().await? }))
}

/// One hub.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}", operation_id = "getHub", tag = "hubs",
    params(("hub" = String, Path, example = "ops-hub")),
    responses((status = 200, description = "slug, title, family, function, system."), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_hub(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
) -> Result<Json<HubIdentity>, Problem> {
    sender.must(Scope::Read)?;
    Ok(Json(hub(&state, &slug).await?))
}

/// Makes or changes a hub. The body's `slug` equals the path's.
#[utoipa::path(put, path = "/api/v2/hubs/{hub}", operation_id = "putHub", tag = "hubs",
    params(("hub" = String, Path, example = "ops-hub")),
    request_body(content = Value, description = "slug, title, family, function, system."),
    responses((status = 200, description = "The hub as it is now."), (status = 400, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn put_hub(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<HubIdentity>, Problem> {
    sender.must(Scope::Register)?;
    let hub: HubIdentity = serde_json::from_value(body).map_err(|error| Problem::bad(format!("The hub: {error}.")))?;
    if hub.slug != slug {
        return Err(Problem::bad(format!("The body's slug '{}' is not the path's '{slug}'.", hub.slug)));
    }
    state.store.put_hub(hub.clone()).await?;
    Ok(Json(hub))
}
