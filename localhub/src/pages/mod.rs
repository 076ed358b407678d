//! What a person sees: sign-in, the hubs, a hub with its widgets, the gallery; and the static files.

mod embed;
pub(crate) mod gallery;
mod hub;
mod layout;
mod reader;
mod session;

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    http::{HeaderValue, header},
    response::IntoResponse,
    routing::get,
};
use tower_http::services::ServeDir;

use crate::state::State;

/// The pages' routes.
pub(crate) fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/NewSession", get(session::form).post(session::create))
        .route("/DeleteSession", axum::routing::post(session::delete))
        .route("/Hubs", get(hub::list))
        .route("/Hubs/{hub}", get(hub::show))
        .merge(embed::router())
        .route("/assets/hub.css", get(style))
        .route("/assets/hub.js", get(script))
        .route("/assets/icon.svg", get(icon))
}

async fn script() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../../static/hub/hub.js"))
}

async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../../static/hub/hub.css"))
}

/// The bundle's files. What is named by its hash never changes; the entry and the manifest revalidate.
pub(crate) fn bundle(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(axum::middleware::from_fn(cached))
}

async fn cached(request: axum::extract::Request, next: axum::middleware::Next) -> axum::response::Response {
    let stable = matches!(request.uri().path(), "/ops-hub.js" | "/manifest.json");
    let mut response = next.run(request).await;
    let lasting = !stable && response.status().is_success();
    let value = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The same for everybody: a page on another origin may run it, also one that is isolated.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

async fn icon() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../../../static/hub/icon.svg"))
}
