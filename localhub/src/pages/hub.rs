//! The hubs, and one hub with its widgets.

use std::sync::Arc;

use axum::{
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::Response,
};
use maud::{Markup, html};
use ops_manifest::{BundleFile, FileRole, Manifest};

use super::{
    layout::{language, page},
    reader::Reader,
};
use crate::{
    problem::Problem,
    state::State,
    store::{Page, Part, WidgetRow, WidgetState},
};

/// The widgets' entry script.
pub(super) const SCRIPT: &str = "/extensions/ops-hub/ops-hub.js";

/// Every hub as a card.
pub(super) async fn list(
    Shared(state): Shared<Arc<State>>,
    Reader(user): Reader,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (mut hubs, mut part) = (Vec::new(), Page::first());
    loop {
        let Part { items, next } = state.store.hubs(part).await?;
        hubs.extend(items);
        let Some(after) = next else { break };
        part = Page { after: Some(after), ..Page::first() };
    }
    let content = html! {
        h1 { "Hubs" }
        @if hubs.is_empty() { (unregistered()) }
        ul.hubs {
            @for hub in &hubs {
                li { a.hub-card href=(format!("/Hubs/{}", hub.slug)) {
                    strong { (hub.title) }
                    span.quiet { (hub.family) " · " (hub.function) " · " (hub.system) }
                } }
            }
        }
    };
    Ok(page(language(&headers), "Hubs", Some(&user), &[], &content))
}

/// The widgets of a hub that are not retired.
pub(super) async fn active_widgets(state: &State, hub: &str) -> Result<Vec<WidgetRow>, Problem> {
    let (mut widgets, mut page) = (Vec::new(), Page::first());
    loop {
        let Part { items, next } = state.store.widgets(hub, page).await?;
        widgets.extend(items.into_iter().filter(|widget| widget.state == WidgetState::Active));
        let Some(after) = next else { return Ok(widgets) };
        page = Page { after: Some(after), ..Page::first() };
    }
}

/// A hub with its widgets, grouped by kind in the manifest's order.
pub(super) async fn show(
    Shared(state): Shared<Arc<State>>,
    Reader(user): Reader,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> Result<Response, Problem> {
    let Some(hub) = state.store.hub(&slug).await? else {
        let content = html! { h1 { "No hub “" (slug) "”" } (unregistered()) };
        return Ok(page(language(&headers), "Hubs", Some(&user), &[], &content));
    };
    let widgets = active_widgets(&state, &slug).await?;
    let manifest = state.store.active_manifest(&slug).await?;
    let groups = manifest.as_ref().map(|manifest| grouped(manifest, &widgets)).unwrap_or_default();
    let content = html! {
        div.hub-head {
            div {
                p.eyebrow { (hub.family) " · " (hub.function) " · " (hub.system) }
                h1 { (hub.title) }
            }
            @if let Some(manifest) = &manifest {
                p.quiet { (manifest.extension.name) " " (manifest.extension.version) " · " a href="/embed" { "Embed a widget" } }
            }
        }
        @if groups.is_empty() { (unregistered()) } @else {
            @if let Some(manifest) = &manifest { (hints(manifest)) }
            nav.sections aria-label="Widgets" {
                @for (kind, title, _) in &groups { a href=(format!("#{kind}")) { (title) } }
            }
            div.panels.is-waiting {
                @for (kind, title, members) in &groups {
                    section.group #(kind) aria-labelledby=(format!("{kind}-title")) {
                        h2 #(format!("{kind}-title")) { (title) }
                        div.widgets { @for widget in members { (element(widget)) } }
                    }
                }
            }
            ops-entity {}
        }
    };
    // The page's own script listens before any widget can be ready.
    Ok(page(language(&headers), &hub.title, Some(&user), &["/assets/hub.js", SCRIPT], &content))
}

/// What the entry is going to ask for, asked for at once. What is fetched has no hash here: browsers look at
/// that of a script only, and the entry compares the others when it asks. Of the files with components, pages load
/// the first; the others are loaded on demand.
fn hints(manifest: &Manifest) -> Markup {
    let folder = SCRIPT.rsplit_once('/').map_or("", |(folder, _)| folder);
    let components = manifest.bundle.iter().find(|file| file.role == FileRole::Wasm);
    let is_loaded = |file: &BundleFile| file.role != FileRole::Wasm || components == Some(file);
    html! {
        @for file in manifest.bundle.iter().filter(|file| is_loaded(file)) {
            @let href = format!("{folder}/{}", file.path);
            @match file.role {
                FileRole::Glue => link rel="modulepreload" href=(href) integrity=(file.integrity) crossorigin="anonymous";,
                FileRole::Wasm | FileRole::Style => (fetched(&href)),
                FileRole::Entry => {}
            }
        }
        (fetched(&format!("{folder}/manifest.json")))
        @for path in &manifest.preload { (fetched(path)) }
    }
}

/// A hint for what a script fetches as `fetch` does where it is told nothing else: with the cookies of the page's own hub.
fn fetched(href: &str) -> Markup {
    html! { link rel="preload" as="fetch" href=(href) crossorigin="anonymous"; }
}

pub(super) type Group<'a> = (&'a str, &'a str, Vec<&'a WidgetRow>);

pub(super) fn grouped<'a>(manifest: &'a Manifest, widgets: &'a [WidgetRow]) -> Vec<Group<'a>> {
    let members = |kind: &str| widgets.iter().filter(|widget| widget.kind == kind).collect::<Vec<_>>();
    let groups = manifest.kinds.iter().map(|kind| (kind.name.as_str(), kind.title.as_str(), members(&kind.name)));
    groups.filter(|(_, _, members)| !members.is_empty()).collect()
}

fn element(widget: &WidgetRow) -> Markup {
    html! {
        ops-widget name=(widget.name) {
            div.fallback { strong { (widget.title) } p.quiet { "Shown as soon as its script has loaded." } }
        }
    }
}

fn unregistered() -> Markup {
    html! {
        div.empty {
            p { strong { "No widgets are registered here yet." } }
            p.quiet { "Run " code { "cargo xtask serve" } ", or " code { "ops-hub register --hub URL --manifest manifest.json --catalog catalog.json" } "." }
        }
    }
}
