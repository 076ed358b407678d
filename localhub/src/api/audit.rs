//! Who registered what, and when.

use std::sync::Arc;

use axum::{
    extract::{OriginalUri, Path, Query, State as Shared},
    response::Response,
};

use super::{
    ProblemBody, hub,
    page::{List, PageOf, unchanged},
};
use crate::{
    access::{Scope, Sender},
    condition::Condition,
    problem::Problem,
    server::State,
    store::{AuditRow, etag},
};

/// Who registered what in a hub, newest first: one entry a change of hub, manifest, widget or
/// catalog. A request that changes nothing leaves none.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/audit", operation_id = "listAudit", tag = "audit",
    params(("hub" = String, Path, example = "ops-hub"), PageOf),
    responses((status = 200, body = List<AuditRow>), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_audit(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    hub(&state, &slug).await?;
    let list = List::new("audit", state.store.audit(&slug, page.of("audit")?).await?);
    let etag = etag(serde_json::to_string(&list).unwrap_or_default());
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| list.answer(&uri, etag)))
}
