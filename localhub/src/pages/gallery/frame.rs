//! The page in a frame: the widgets of one state, and the bundle as a hub of that state serves it.

use axum::{
    extract::{Path, Query, State as Shared},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};
use ops_manifest::Manifest;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Gallery,
    answers::state,
    choice::Choice,
    fixture::{GalleryKind, kinds, widget_name, widgets},
    states::{About, GalleryState, Hub},
};
use crate::{pages::layout, problem::Problem};

/// The bundle's file with a fixed name.
const ENTRY: &str = "ops-hub.js";
const MANIFEST: &str = "manifest.json";

impl Gallery {
    /// The bundle's manifest, as JSON and read.
    pub(super) async fn manifest(&self) -> Result<(Value, Manifest), Problem> {
        let path = self.bundle.join(MANIFEST);
        let unbuilt = |error: &dyn std::fmt::Display| {
            let detail = format!(
                "The gallery shows the bundle, and {} cannot be read ({error}); build it by `cargo xtask dist`.",
                path.display()
            );
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "no-bundle", detail)
        };
        let bytes = tokio::fs::read(&path).await.map_err(|error| unbuilt(&error))?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| unbuilt(&error))?;
        let manifest = serde_json::from_value(value.clone()).map_err(|error| unbuilt(&error))?;
        Ok((value, manifest))
    }
}

/// A file of the bundle for the hub of a state. The script's own address tells it where the manifest
/// is, and that names the paths of the state's hub; all else is shared by all states.
pub(super) async fn bundle(
    Shared(gallery): Shared<Gallery>,
    Path((name, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let state = state(&name)?;
    let kind = match file.as_str() {
        ENTRY => "text/javascript; charset=utf-8",
        MANIFEST => "application/json",
        other => return Ok(Redirect::permanent(&format!("/extensions/ops-hub/{other}")).into_response()),
    };
    let body = if file == MANIFEST {
        if state.hub == Hub::Unpacked {
            return Err(Problem::missing("The gallery leaves this file out on purpose."));
        }
        played(&gallery, state).await?.to_string()
    } else {
        let read = tokio::fs::read_to_string(gallery.bundle.join(ENTRY)).await;
        read.map_err(|error| Problem::missing(format!("The bundle's {ENTRY} cannot be read: {error}.")))?
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], body).into_response())
}

/// The bundle's manifest with the gallery's widgets and the paths of a state's hub.
async fn played(gallery: &Gallery, state: &GalleryState) -> Result<Value, Problem> {
    let (mut value, manifest) = gallery.manifest().await?;
    value["widgets"] = widgets(&manifest, state)?.into();
    for path in value["api"].as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
        if let Some(rest) = path.as_str().and_then(|path| path.strip_prefix("/api/")) {
            *path = format!("/gallery/answers/{}/api/{rest}", state.name).into();
        }
    }
    Ok(value)
}

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    kind: Option<String>,
}

/// The widgets of one kind, or of all, in one state.
pub(super) async fn page(
    Shared(gallery): Shared<Gallery>,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let state = state(&name)?;
    let (_, manifest) = gallery.manifest().await?;
    let all = kinds(&manifest);
    let shown: Vec<&GalleryKind> = all
        .iter()
        .filter(|kind| wanted.kind.as_ref().is_none_or(|wanted| *wanted == kind.name))
        // What is about nothing cannot be about something unknown.
        .filter(|kind| state.about != About::UnknownEntity || kind.subject.is_some())
        .collect();
    let content = html! {
        (DOCTYPE)
        html lang=(choice.lang()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (state.title) " · Gallery" }
                link rel="stylesheet" href="/assets/gallery.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                script type="module" src="/assets/gallery-frame.js" {}
                script type="module" src=(format!("/gallery/answers/{}/bundle/{ENTRY}", state.name)) {}
            }
            body.frame {
                main data-state=(state.name) data-reached=(state.reached) data-by-kind=[state.by_kind.then_some("")] data-unfolded=[state.unfolded.then_some("")] data-silent=[(state.hub == Hub::Silent).then_some("")] {
                    h1.sr-only { (state.title) }
                    @for kind in shown {
                        div.kind data-kind=(kind.name) { (row(kind, state, &choice)) }
                    }
                }
                ops-entity {}
            }
        }
    };
    Ok(layout::guarded(&content, layout::POLICY))
}

/// One kind in every wanted theme and width.
fn row(kind: &GalleryKind, state: &GalleryState, choice: &Choice) -> Markup {
    let name = if state.about == About::UnknownWidget { "gallery-nowhere".to_owned() } else { widget_name(&kind.name) };
    html! {
        @for theme in choice.themes() {
            div class=(format!("theme on-{theme}")) {
                @for width in choice.widths() {
                    div.cell data-theme=(theme) data-width=(width) {
                        p.cell-name lang="en" { (kind.title) " · " (width) " px · " (theme) }
                        div class=(format!("w-{width}")) {
                            ops-widget name=(name) theme=(theme) density=[choice.density()] {}
                        }
                    }
                }
            }
        }
    }
}
