//! The guide: choose a widget and its options, see it, copy what to write.

use std::sync::Arc;

use axum::{extract::State as Shared, http::HeaderMap, response::Response};
use maud::{Markup, html};

use super::super::{
    hub::{SCRIPT, active_widgets, grouped},
    layout::{POLICY, document, guarded, language},
    reader::Reader,
};
use crate::{problem::Problem, server::State, store::WidgetRow};

/// The hub whose widgets are embedded.
const HUB: &str = "ops-hub";

/// What can be written, by the place that it is written in.
const PLACES: [(&str, &str); 5] =
    [("html", "HTML"), ("react", "React"), ("vue", "Vue"), ("hsx", "IHP (HSX)"), ("frame", "Frame")];

/// The page.
pub(super) async fn page(
    Shared(state): Shared<Arc<State>>,
    Reader(user): Reader,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let widgets = active_widgets(&state, HUB).await?;
    let manifest = state.store.active_manifest(HUB).await?;
    let groups = manifest.as_ref().map(|manifest| grouped(manifest, &widgets)).unwrap_or_default();
    let content = html! {
        link rel="stylesheet" href="/assets/embed.css";
        header.guide-head {
            p.eyebrow { "For authors of pages" }
            h1 { "Embed a widget" }
            p.lead { "One script, one element. Choose what to show; what you see is what your page will show." }
        }
        @if groups.is_empty() {
            div.empty { p { "No widgets are registered here yet: there is nothing to embed." } }
        } @else {
            div.guide {
                (form(&groups))
                div.guide-main {
                    (snippets())
                    section.guide-live aria-label="Preview" { div #preview {} }
                }
            }
        }
        (notes())
        script type="module" src=(SCRIPT) {}
        script type="module" src="/assets/embed.js" {}
    };
    let page = document(language(&headers), "Embed a widget", Some(&user), None, &content);
    Ok(guarded(&page, &POLICY.replace("img-src 'self'", "frame-src 'self'; img-src 'self'")))
}

fn form(groups: &[(&str, &str, Vec<&WidgetRow>)]) -> Markup {
    let segments = |name: &str, words: &str, options: &[(&str, &str)]| {
        html! {
            fieldset { legend { (words) } div.guide-segments {
                @for (value, label) in options {
                    label { input type="radio" name=(name) value=(value) checked[value.is_empty()]; span { (label) } }
                }
            } }
        }
    };
    html! {
        form #options .guide-form {
            label { span { "Widget" }
                select name="name" {
                    @for (kind, title, members) in groups {
                        optgroup label=(title) {
                            @for widget in members { option value=(widget.name) data-kind=(kind) { (widget.title) } }
                        }
                    }
                }
            }
            (segments("theme", "Theme", &[("", "Reader’s"), ("light", "Light"), ("dark", "Dark")]))
            (segments("density", "Density", &[("", "Comfortable"), ("compact", "Compact")]))
            (segments("lang", "Language", &[("", "Page’s"), ("en", "English"), ("de", "Deutsch")]))
            label { span { "Read at least every" } span.guide-unit { input type="number" name="refresh" min="5" max="86400" step="5" placeholder="live"; " s" } }
            label { span { "View context of events recorded here" } input type="text" name="view-context" placeholder="the widget's own"; }
            label.guide-check { input type="checkbox" name="elsewhere"; span { "My page is on another origin" } }
        }
    }
}

fn snippets() -> Markup {
    html! {
        section.guide-code aria-label="What to write" {
            div.guide-tabs role="tablist" {
                @for (name, title) in PLACES {
                    button type="button" role="tab" id=(format!("tab-{name}")) data-place=(name) aria-controls="snippet" aria-selected=(name == "html") tabindex=(if name == "html" { "0" } else { "-1" }) { (title) }
                }
                button #copy .guide-copy type="button" { "Copy" }
            }
            pre #snippet role="tabpanel" aria-labelledby="tab-html" tabindex="0" { code {} }
        }
    }
}

fn notes() -> Markup {
    html! {
        section.guide-notes {
            article { h2 { "Policy" } p { "The element needs " code { "script-src" } " and " code { "connect-src" } " for the hub's origin and " code { "'wasm-unsafe-eval'" } "; no inline style, no inline script, and it works under " code { "require-trusted-types-for 'script'" } "." } }
            article { h2 { "Caching and upgrades" } p { code { "ops-hub.js" } " has a fixed name and revalidates. All that it loads is named by its hash, never changes, and is refused if its SHA-384 differs. A new version is there with the next reload; nothing is to be cleared." } }
            article { h2 { "Versions" } p { "Pages of 1.x stay valid under every 1.y: attributes, events, custom properties and parts are kept. Where two versions are on one page, the first one defines the elements." } }
            article { h2 { "Another origin" } p { "The hub names the origins that may ask it (" code { "--allow-origin" } "). The page names the hub and gives a token when it is asked: " code { "OpsHub.tokens" } ". A token never stands in an attribute, and is kept nowhere." } }
        }
    }
}
