//! Hubs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    response::{IntoResponse, Response},
};
use ops_manifest::HubIdentity;

use super::{
    hub,
    page::{List, PageOf, tagged, unchanged},
};
use crate::{
    condition::Condition,
    problem::Problem,
    sender::Sender,
    state::State,
    store::{etag, hub_etag},
};

/// All hubs, by name.
pub(super) async fn list_hubs(
    Shared(state): Shared<Arc<State>>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    let list = List::new("hubs", state.store.hubs(page.of("hubs")?).await?);
    let etag = etag(serde_json::to_string(&list).unwrap_or_default());
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| list.answer(&uri, etag)))
}

/// One hub.
pub(super) async fn get_hub(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    condition: Condition,
) -> Result<Response, Problem> {
    let hub = hub(&state, &slug).await?;
    let etag = hub_etag(&hub);
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| (tagged(etag), Json(hub)).into_response()))
}

/// Makes or changes a hub. The body's `slug` equals the path's.
pub(super) async fn put_hub(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    Json(hub): Json<HubIdentity>,
) -> Result<Response, Problem> {
    if hub.slug != slug {
        return Err(Problem::unprocessable(format!("The body's slug '{}' is not the path's '{slug}'.", hub.slug)));
    }
    state.store.put_hub(hub.clone(), condition, state.author(&sender)).await??;
    Ok((tagged(hub_etag(&hub)), Json(hub)).into_response())
}
