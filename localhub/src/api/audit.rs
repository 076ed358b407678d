//! Who registered what, and when.

use std::sync::Arc;

use axum::{
    extract::{OriginalUri, Path, Query, State as Shared},
    response::Response,
};

use super::{
    hub,
    page::{List, PageOf, unchanged},
};
use crate::{condition::Condition, problem::Problem, state::State, store::etag};

/// Who registered what in a hub, newest first: one entry a change of hub, manifest, widget or
/// catalog. A request that changes nothing leaves none.
pub(super) async fn list_audit(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let list = List::new("audit", state.store.audit(&slug, page.of("audit")?).await?);
    let etag = etag(serde_json::to_string(&list).unwrap_or_default());
    Ok(unchanged(&condition, &etag).unwrap_or_else(|| list.answer(&uri, etag)))
}
