//! One widget as a page of its own, for a frame.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State as Shared},
    http::HeaderMap,
    response::Response,
};
use maud::{DOCTYPE, html};
use serde::Deserialize;

use super::super::{
    hub::SCRIPT,
    layout::{POLICY, guarded, language},
};
use crate::state::State;

/// How the widget is shown; as the attributes of the element.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Options {
    lang: Option<String>,
    theme: Option<String>,
    density: Option<String>,
}

/// The page. It says its height to the page around it if that is of an origin that the hub names.
///
/// It holds nothing that anybody may not see, so it asks for no session: a frame without an origin of its
/// own has none. Whether its reader may read the hub is for the widget's own requests to find out.
pub(super) async fn page(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    Path(name): Path<String>,
    Query(options): Query<Options>,
) -> Response {
    let lang = options.lang.as_deref().unwrap_or_else(|| language(&headers));
    let origins = state.allow_origins.iter().filter(|origin| *origin != "null").cloned().collect::<Vec<_>>().join(" ");
    let markup = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                // A frame is too small for a page, and the hub's pages cannot be framed everywhere.
                base target="_blank";
                title { (name) " · Inter-Hub (local)" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/embed-frame.css";
                script type="module" src="/assets/embed-frame.js" data-origins=(origins) {}
                script type="module" src=(SCRIPT) {}
            }
            body { main {
                h1 { (name) }
                ops-widget name=(name) theme=[options.theme] density=[options.density] {}
            } }
        }
    };
    let ancestors = format!("frame-ancestors 'self' {origins}");
    guarded(&markup, &POLICY.replace("frame-ancestors 'self'", ancestors.trim_end()))
}
