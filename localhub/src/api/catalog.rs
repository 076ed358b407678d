//! The catalog of a hub, whole and by entity.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State as Shared},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_model::{Catalog, CatalogIndex, EntityRef};
use serde_json::{Value, json};

use super::{hub, page::tagged};
use crate::{access::Sender, condition::Condition, live::Live, problem::Problem, server::State};

/// The hub's catalog. Unchanged since the ETag in `If-None-Match`, it costs a 304.
pub(super) async fn get_catalog(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    condition: Condition,
) -> Result<Response, Problem> {
    let row = state.store.catalog(&slug, condition).await?.ok_or_else(|| no_catalog(&slug))?;
    let headers = tagged(row.etag);
    Ok(match row.body {
        None => (StatusCode::NOT_MODIFIED, headers).into_response(),
        Some(body) => (headers, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
    })
}

/// Replaces the hub's catalog.
pub(super) async fn put_catalog(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    body: Bytes,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    // A schema lets an integer be written as `1.0`; readers of the catalog do not.
    serde_json::from_slice::<Catalog>(&body)
        .map_err(|error| Problem::unprocessable(format!("The catalog: {error}.")))?;
    let (etag, is_new) = state.store.put_catalog(&slug, body.to_vec(), condition, state.author(&sender)).await??;
    if is_new {
        state.tell(Live::Catalog(slug, etag.clone()));
    }
    Ok((StatusCode::NO_CONTENT, [(header::ETAG, etag)]).into_response())
}

/// One entity of the catalog with its relations and gaps: the same that a page shows at `#/kind/name`.
pub(super) async fn get_entity(
    Shared(state): Shared<Arc<State>>,
    Path((slug, kind, name)): Path<(String, String, String)>,
) -> Result<Json<Value>, Problem> {
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
