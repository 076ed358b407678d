//! The catalog of a hub: whole, page by page, and by entity.

mod whole;

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_model::EntityRef;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    hub,
    page::{tagged, unchanged},
};
use crate::ready::{Coding, Cursor};
use crate::{condition::Condition, error::HubError, live::Live, problem::Problem, sender::Sender, state::State};

/// How many entities a page has where `after` alone is given.
const LIMIT: usize = 1000;

/// Which part of a catalog is wanted; the whole where nothing is said.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// At most so many entities.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// The hub's catalog, or a page of it. Unchanged since the ETag in `If-None-Match`, it costs a 304.
pub(super) async fn get_catalog(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    condition: Condition,
) -> Result<Response, Problem> {
    let after = wanted.after.as_deref().map(Cursor::parse).transpose()?;
    // Each turn but the last means that the catalog was replaced between two reads.
    loop {
        let etag = state.store.catalog_etag(&slug).await?.ok_or_else(|| no_catalog(&slug))?;
        let position = after.as_ref().map_or(Ok(0), |after| after.position(&etag))?;
        if let Some(unchanged) = unchanged(&condition, &etag) {
            return Ok(unchanged);
        }
        let json = [(header::CONTENT_TYPE, "application/json")];
        if wanted.limit.is_none() && after.is_none() {
            if let Some(body) = state.store.catalog(&slug, &etag).await? {
                return Ok((tagged(etag), json, body).into_response());
            }
        } else {
            let coding = Coding::wanted(&headers);
            let limit = wanted.limit.unwrap_or(LIMIT);
            if let Some(page) = state.pages.page(&state.store, (&slug, &etag), (position, limit), coding).await? {
                return Ok((tagged(etag), json, coding.headers(), page).into_response());
            }
        }
    }
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
    let checked = tokio::task::spawn_blocking(move || whole::check(&body).map(|()| body)).await;
    let body = checked.map_err(|_| HubError::Thread)??;
    // To its end, also where the sender has gone: whoever has the hub's page open hears of it.
    let put = tokio::spawn(async move {
        let put = state.store.put_catalog(&slug, body, condition, state.author(&sender)).await?;
        if let Ok((etag, true)) = &put {
            state.tell(Live::Catalog(slug, etag.clone()));
        }
        Ok::<_, HubError>(put)
    });
    let (etag, _) = put.await.map_err(|_| HubError::Thread)???;
    Ok((StatusCode::NO_CONTENT, [(header::ETAG, etag)]).into_response())
}

/// One entity of the catalog with its relations and gaps: the same that a page shows at `#/kind/name`.
pub(super) async fn get_entity(
    Shared(state): Shared<Arc<State>>,
    Path((slug, kind, name)): Path<(String, String, String)>,
) -> Result<Json<Value>, Problem> {
    let id: EntityRef = format!("{kind}:{name}").parse().map_err(|error| Problem::missing(format!("{error}.")))?;
    let Some(found) = state.store.entity(&slug, &id.to_string()).await? else {
        state.store.catalog_etag(&slug).await?.ok_or_else(|| no_catalog(&slug))?;
        return Err(Problem::missing(format!("The catalog has no entry for {id}.")));
    };
    Ok(Json(json!({ "entity": found.entity, "relations": found.relations, "gaps": found.gaps })))
}

fn no_catalog(slug: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no catalog yet; import an inventory and register it."))
}
