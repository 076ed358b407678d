//! Widgets: made, changed, retired, revived.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    hub,
    page::{List, PageOf, tagged, unchanged},
};
use crate::{condition::Condition, problem::Problem, secret::secret, sender::Sender, state::State, store::NewWidget};

/// A widget to make or change.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WidgetBody {
    /// A kind of the active manifest.
    kind: String,
    /// The entity that it is about.
    subject: Option<String>,
    /// Its heading.
    title: String,
    /// The view context of what is recorded from it.
    view_context: String,
}

/// A hub's widgets in the order in which they were made, the retired ones with them. Its ETag is
/// another when any widget is.
pub(super) async fn list_widgets(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    condition: Condition,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let page = page.of("widgets")?;
    let etag = state.store.widgets_etag(&slug).await?;
    if let Some(unchanged) = unchanged(&condition, &etag) {
        return Ok(unchanged);
    }
    Ok(List::new("widgets", state.store.widgets(&slug, page).await?).answer(&uri, etag))
}

/// One widget, active or retired.
pub(super) async fn get_widget(
    Shared(state): Shared<Arc<State>>,
    Path((slug, name)): Path<(String, String)>,
    condition: Condition,
) -> Result<Response, Problem> {
    let row = state.store.widget_named(&slug, &name).await?.ok_or_else(|| unknown(&slug, &name))?;
    Ok(unchanged(&condition, &row.etag).unwrap_or_else(|| (tagged(row.etag.clone()), Json(row)).into_response()))
}

/// Makes or changes a widget; a retired one is active again. Its identifier stays.
pub(super) async fn put_widget(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, name)): Path<(String, String)>,
    condition: Condition,
    Json(body): Json<WidgetBody>,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let manifest = state.store.active_manifest(&slug).await?;
    if !manifest.is_some_and(|manifest| manifest.kinds.iter().any(|kind| kind.name == body.kind)) {
        let detail = format!("No active manifest has the kind '{}'; activate one that does.", body.kind);
        return Err(Problem::conflict(detail));
    }
    let new = NewWidget {
        id: format!("wgt_{}", secret(12)),
        name,
        kind: body.kind,
        subject: body.subject,
        title: body.title,
        view_context: body.view_context,
    };
    let row = state.store.put_widget(&slug, new, condition, state.author(&sender)).await??;
    Ok((tagged(row.etag.clone()), Json(row)).into_response())
}

/// Retires a widget: it is no longer shown and takes no events. Its row and its events stay, and
/// `putWidget` revives it with the same identifier. A retired one stays retired.
pub(super) async fn retire_widget(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, name)): Path<(String, String)>,
    condition: Condition,
) -> Result<StatusCode, Problem> {
    let was_there = state.store.retire_widget(&slug, &name, condition, state.author(&sender)).await??;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(unknown(&slug, &name)) }
}

fn unknown(slug: &str, name: &str) -> Problem {
    Problem::missing(format!("The hub '{slug}' has no widget '{name}'."))
}
