//! The catalog of a hub, whole and by entity.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State as Shared},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_model::{Catalog, CatalogIndex, EntityRef};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ProblemBody, hub, page::tagged};
use crate::{
    access::{Scope, Sender},
    condition::Condition,
    live::Live,
    problem::Problem,
    server::State,
};

/// The hub's catalog. Unchanged since the ETag in `If-None-Match`, it costs a 304.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/catalog", operation_id = "getCatalog", tag = "catalog",
    params(("hub" = String, Path, example = "ops-hub"), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "The catalog; `ETag` is its hash."), (status = 304, description = "Unchanged."),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_catalog(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    let row = state.store.catalog(&slug, condition).await?.ok_or_else(|| no_catalog(&slug))?;
    let headers = tagged(row.etag);
    Ok(match row.body {
        None => (StatusCode::NOT_MODIFIED, headers).into_response(),
        Some(body) => (headers, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
    })
}

/// Replaces the hub's catalog.
#[utoipa::path(put, path = "/api/v2/hubs/{hub}/catalog", operation_id = "putCatalog", tag = "catalog",
    params(("hub" = String, Path, example = "ops-hub")),
    request_body(content = Value, description = "The catalog document."),
    responses((status = 204, description = "Kept; `ETag` is its hash."), (status = 400, body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn put_catalog(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    body: Bytes,
) -> Result<Response, Problem> {
    sender.must(Scope::Register)?;
    hub(&state, &slug).await?;
    serde_json::from_slice::<Catalog>(&body).map_err(|error| Problem::bad(format!("The catalog: {error}.")))?;
    let (etag, is_new) = state.store.put_catalog(&slug, body.to_vec(), condition, state.author(&sender)).await??;
    if is_new {
        state.tell(Live::Catalog(slug, etag.clone()));
    }
    Ok((StatusCode::NO_CONTENT, [(header::ETAG, etag)]).into_response())
}

/// One entity of the catalog with its relations and gaps: the same that a page shows at `#/kind/name`.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/entities/{kind}/{name}", operation_id = "getEntity", tag = "catalog",
    params(("hub" = String, Path, example = "ops-hub"), ("kind" = String, Path, example = "service"), ("name" = String, Path, example = "gitea", description = "May contain slashes.")),
    responses((status = 200, description = "`entity`, `relations`, `gaps`."), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_entity(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, kind, name)): Path<(String, String, String)>,
) -> Result<Json<Value>, Problem> {
    sender.must(Scope::Read)?;
    let id: EntityRef = format!("{kind}:{name}").parse().map_err(|error| Problem::missing(format!("{error}.")))?;
    let row = state
        .store
        .catalog(&slug, Condition::default())
        .await?
        .and_then(|row| row.body)
        .ok_or_else(|| no_catalog(&slug))?;
    let catalog: Catalog =
        serde_json::from_slice(&row).map_err(|error| Problem::bad(format!("The catalog: {error}.")))?;
    let index = CatalogIndex::new(catalog);
    let entity = index.entity(&id).ok_or_else(|| Problem::missing(format!("The catalog has no entry for {id}.")))?;
    let relations: Vec<_> = index.relations_from(&id).chain(index.relations_to(&id)).collect();
    let gaps: Vec<_> = index.gaps_of(&id).collect();
    Ok(Json(json!({ "entity": entity, "relations": relations, "gaps": gaps })))
}

fn no_catalog(slug: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no catalog yet; import an inventory and register it."))
}

/// The catalog's own routes. It is the largest body that the API takes: 64 MiB.
pub(super) fn routes() -> OpenApiRouter<Arc<State>> {
    OpenApiRouter::new().routes(routes!(get_catalog, put_catalog)).layer(DefaultBodyLimit::max(64 * 1024 * 1024))
}
