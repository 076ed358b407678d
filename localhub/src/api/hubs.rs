//! Hubs.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    response::{IntoResponse, Response},
};
use ops_manifest::HubIdentity;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    ProblemBody, hub,
    page::{List, PageOf, tagged, unchanged},
};
use crate::{
    access::{Scope, Sender},
    condition::Condition,
    problem::Problem,
    server::State,
    store::{etag, hub_etag},
};

/// A hub's identity: its place in the Viable System Model.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Hub)]
pub(super) struct HubBody {
    /// Its name in addresses.
    #[schema(example = "ops-hub", pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", max_length = 100)]
    slug: String,
    /// Its name for people.
    #[schema(example = "Operations", min_length = 1, max_length = 200)]
    title: String,
    /// The hub family.
    #[schema(example = "vsm", min_length = 1, max_length = 200)]
    family: String,
    /// The VSM function.
    #[schema(example = "OPS", min_length = 1, max_length = 200)]
    function: String,
    /// The VSM system.
    #[schema(example = "S1", min_length = 1, max_length = 200)]
    system: String,
}

/// All hubs, by name.
#[utoipa::path(get, path = "/api/v2/hubs", operation_id = "listHubs", tag = "hubs", params(PageOf),
    responses((status = 200, body = List<HubBody>), (status = 401, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_hubs(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    let list = List::new("hubs", state.store.hubs(page.of("hubs")?).await?);
    let etag = etag(serde_json::to_string(&list).unwrap_or_default());
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| list.answer(&uri, etag)))
}

/// One hub.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}", operation_id = "getHub", tag = "hubs",
    params(("hub" = String, Path, example = "ops-hub")),
    responses((status = 200, body = HubBody), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn get_hub(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    let hub = hub(&state, &slug).await?;
    let etag = hub_etag(&hub);
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| (tagged(etag), Json(hub)).into_response()))
}

/// Makes or changes a hub. The body's `slug` equals the path's.
#[utoipa::path(put, path = "/api/v2/hubs/{hub}", operation_id = "putHub", tag = "hubs",
    params(("hub" = String, Path, example = "ops-hub")), request_body = HubBody,
    responses((status = 200, body = HubBody, description = "The hub as it is now."), (status = 400, body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn put_hub(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    condition: Condition,
    Json(body): Json<Value>,
) -> Result<Response, Problem> {
    sender.must(Scope::Register)?;
    let hub: HubIdentity = serde_json::from_value(body).map_err(|error| Problem::bad(format!("The hub: {error}.")))?;
    if hub.slug != slug {
        return Err(Problem::bad(format!("The body's slug '{}' is not the path's '{slug}'.", hub.slug)));
    }
    state.store.put_hub(hub.clone(), condition, state.author(&sender)).await??;
    Ok((tagged(hub_etag(&hub)), Json(hub)).into_response())
}
