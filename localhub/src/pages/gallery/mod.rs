//! The gallery: the design language, and every kind of widget in every state.
//!
//! The widgets in it are the real bundle, each group in a frame of its own. What differs is the hub
//! that answers them: [`states`] lists the states, [`answers`] plays a hub in each of them below
//! `/gallery/answers/STATE`, with the invented catalog and events of [`fixture`]. [`frame`] is the
//! page in a frame, [`show`] and [`overview`] are what a reader sees, [`tokens`] reads the design
//! tokens from the widgets' own style sheet.

mod answers;
mod choice;
mod fixture;
mod frame;
mod overview;
mod show;
mod states;
mod styles;
mod tokens;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Router, http::header, response::IntoResponse, routing::get};

use crate::state::State;

/// Where the bundle is that the gallery shows.
#[derive(Clone, Debug)]
struct Gallery {
    bundle: PathBuf,
    hub: Arc<State>,
}

/// The gallery's routes. It needs no sign-in: nothing in it is of a real hub.
pub(crate) fn router(bundle: &Path, hub: &Arc<State>) -> Router<Arc<State>> {
    let gallery = Gallery { bundle: bundle.to_owned(), hub: hub.clone() };
    Router::new()
        .route("/gallery", get(overview::page))
        .route("/gallery/kinds/{kind}", get(show::kind))
        .route("/gallery/states/{state}", get(show::state))
        .route("/gallery/answers/{state}/frame", get(frame::page))
        .route("/gallery/answers/{state}/bundle/{file}", get(frame::bundle))
        .merge(answers::router())
        .route(styles::PATH, get(async || asset("text/css", styles::sheet())))
        .route(
            "/assets/gallery.css",
            get(async || asset("text/css", include_str!("../../../../static/gallery/gallery.css"))),
        )
        .route(
            "/assets/gallery.js",
            get(async || asset("text/javascript", include_str!("../../../../static/gallery/gallery.js"))),
        )
        .route(
            "/assets/gallery-frame.js",
            get(async || asset("text/javascript", include_str!("../../../../static/gallery/frame.js"))),
        )
        .with_state(gallery)
}

fn asset(kind: &'static str, text: impl IntoResponse) -> impl IntoResponse {
    let kind = format!("{kind}; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())], text)
}
