//! Embedding: the guide for authors of pages, and the page that a frame shows.
//!
//! [`guide`] lets an author choose a widget, see it and copy what to write. [`frame`] is one widget as
//! a page of its own, for places that take a frame but no script.

mod frame;
mod guide;
mod texts;

use std::sync::Arc;

use axum::{Router, http::header, response::IntoResponse, routing::get};

use crate::state::State;

/// The routes of embedding.
pub(super) fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/embed", get(guide::page))
        .route("/embed/{name}", get(frame::page))
        .route("/assets/embed.css", get(async || asset("text/css", include_str!("../../../../static/embed/guide.css"))))
        .route(
            "/assets/embed.js",
            get(async || asset("text/javascript", include_str!("../../../../static/embed/guide.js"))),
        )
        .route(
            "/assets/embed-frame.js",
            get(async || asset("text/javascript", include_str!("../../../../static/embed/frame.js"))),
        )
        .route(
            "/assets/embed-frame.css",
            get(async || asset("text/css", include_str!("../../../../static/embed/frame.css"))),
        )
        .route(
            "/assets/embed-size.js",
            get(async || asset("text/javascript", include_str!("../../../../static/embed/size.js"))),
        )
}

/// A file that any page may load: its content is the same for everybody.
fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, format!("{kind}; charset=utf-8")),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    (headers, text)
}
