//! API v2: its routes, and the document that describes them.

mod audit;
mod catalog;
mod clock;
mod events;
mod hubs;
mod manifests;
mod page;
mod stream;
mod widgets;

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{access::Sender, problem::Problem, server::State, store::HubRow};

/// A refusal, as `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemBody {
    /// A URN that names the kind of refusal.
    #[serde(rename = "type")]
    #[schema(example = "urn:inter-hub:problem:event-blocked")]
    kind: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong, and what would cure it.
    detail: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Inter-Hub API",
        version = "2.1.0",
        description = "What the ops-hub widget extension assumes of a hub's API. Served by the local stand-in.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemBody)),
    security(("session" = []), ("token" = [])),
    modifiers(&Schemes)
)]
struct Document;

struct Schemes;

impl utoipa::Modify for Schemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
        let components = document.components.get_or_insert_default();
        let session = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(crate::access::SESSION)));
        components.add_security_scheme("session", session);
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The API's document.
#[utoipa::path(get, path = "/api/v2/openapi.json", operation_id = "getOpenApi", tag = "contract", security(()),
    responses((status = 200, description = "This document.")))]
async fn get_open_api() -> Json<Value> {
    Json(openapi_document())
}

/// The sign-in page. `return` is the local path to go to afterwards.
#[utoipa::path(get, path = "/NewSession", operation_id = "signIn", tag = "pages", security(()),
    params(("return" = Option<String>, Query, description = "A path of this hub.")),
    responses((status = 200, description = "A form.", content_type = "text/html")))]
#[expect(dead_code, reason = "describes the page; `pages` serves it")]
async fn sign_in() {}

/// The page that lists the hubs.
#[utoipa::path(get, path = "/Hubs", operation_id = "hubsPage", tag = "pages",
    responses((status = 200, description = "The hubs.", content_type = "text/html"), (status = 303, description = "To `/NewSession` when signed out.")))]
#[expect(dead_code, reason = "describes the page; `pages` serves it")]
async fn hubs_page() {}

fn routes() -> OpenApiRouter<Arc<State>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(get_open_api))
        .routes(routes!(hubs::list_hubs))
        .routes(routes!(hubs::get_hub, hubs::put_hub))
        .routes(routes!(manifests::list_manifests, manifests::create_manifest))
        .routes(routes!(manifests::get_manifest))
        .routes(routes!(manifests::activate_manifest))
        .routes(routes!(widgets::list_widgets))
        .routes(routes!(widgets::get_widget, widgets::put_widget, widgets::retire_widget))
        .merge(catalog::routes())
        .routes(routes!(events::list_events))
        .routes(routes!(events::create_event))
        .routes(routes!(stream::stream_events))
        .routes(routes!(audit::list_audit))
}

/// The API's routes.
pub(crate) fn router() -> Router<Arc<State>> {
    let (router, _) = routes().split_for_parts();
    // A name may contain slashes, which an OpenAPI path template cannot say.
    let router = router.route("/api/v2/hubs/{hub}/entities/{kind}/{*name}", get(catalog::get_entity));
    router.route("/local/clock", get(clock::get_clock).put(clock::put_clock).delete(clock::delete_clock)).route(
        "/api/{*rest}",
        get(async |_: Sender| Problem::missing("The API has no such path; see /api/v2/openapi.json.")),
    )
}

/// The document that describes the API, as served at `/api/v2/openapi.json`.
#[must_use]
pub fn openapi_document() -> Value {
    let (_, mut document) = routes().split_for_parts();
    // Described here, routed by hand.
    document.merge(RoutedByHand::openapi());
    serde_json::to_value(document).unwrap_or_else(|_| json!({}))
}

#[derive(OpenApi)]
#[openapi(paths(sign_in, hubs_page, catalog::get_entity))]
struct RoutedByHand;

/// The hub, or 404.
async fn hub(state: &State, slug: &str) -> Result<HubRow, Problem> {
    let found = state.store.hub(slug).await?;
    found.ok_or_else(|| Problem::missing(format!("There is no hub '{slug}'; register it first.")))
}
