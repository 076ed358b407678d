//! Widgets.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State as Shared},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{List, ProblemBody, hub};
use crate::{
    access::{Scope, Sender},
    problem::Problem,
    server::{State, secret},
    store::WidgetRow,
};

/// A widget to make or change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct WidgetBody {
    /// A kind of the active manifest.
    #[schema(example = "environment")]
    kind: String,
    /// The entity that it is about.
    #[schema(example = "environment:coulombcore")]
    subject: Option<String>,
    /// Its heading.
    title: String,
    /// The view context of what is recorded from it.
    view_context: String,
}

/// A hub's widgets in the order in which they were made.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/widgets", operation_id = "listWidgets", tag = "widgets",
    params(("hub" = String, Path, example = "ops-hub")),
    responses((status = 200, body = List<WidgetRow>), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_widgets(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
) -> Result<Json<List<WidgetRow>>, Problem> {
    sender.must(Scope::Read)?;
    hub(&state, &slug).await?;
    Ok(Json(List { items: state.store.widgets(&slug).await? }))
}

/// Makes or changes a widget. Its identifier stays.
#[utoipa::path(put, path = "/api/v2/hubs/{hub}/widgets/{name}", operation_id = "putWidget", tag = "widgets",
    params(("hub" = String, Path, example = "ops-hub"), ("name" = String, Path, example = "ops-env-coulombcore")),
    request_body = WidgetBody,
    responses((status = 200, body = WidgetRow), (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "No active manifest has the kind.")))]
pub(super) async fn put_widget(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path((slug, name)): Path<(String, String)>,
    Json(body): Json<WidgetBody>,
) -> Result<Json<WidgetRow>, Problem> {
    sender.must(Scope::Register)?;
    hub(&state, &slug).await?;
    let manifest = state.store.active_manifest(&slug).await?;
    if !manifest.is_some_and(|manifest| manifest.kinds.iter().any(|kind| kind.name == body.kind)) {
        let detail = format!("No active manifest has the kind '{}'; activate one that does.", body.kind);
        return Err(Problem::conflict(detail));
    }
    let row = WidgetRow {
        id: format!("wgt_{}", secret(12)),
        name,
        kind: body.kind,
        subject: body.subject,
        title: body.title,
        view_context: body.view_context,
        created_at: state.clock.now().to_string(),
    };
    Ok(Json(state.store.put_widget(&slug, row).await?))
}
