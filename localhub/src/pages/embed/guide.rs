//! The guide: choose a widget and its options, see it, copy what to write.

use std::sync::Arc;

use axum::{extract::State as Shared, http::HeaderMap, response::Response};
use maud::{Markup, html};

use super::{
    super::{
        hub::{SCRIPT, active_widgets, grouped},
        layout::{POLICY, document, guarded, language},
        reader::Reader,
    },
    texts::{self, Texts},
};
use crate::{problem::Problem, state::State, store::WidgetRow};

/// The hub whose widgets are embedded.
const HUB: &str = "ops-hub";

/// What can be written, by the place that it is written in; `""` is named in the reader's language.
const PLACES: [(&str, &str); 5] =
    [("html", "HTML"), ("react", "React"), ("vue", "Vue"), ("hsx", "IHP (HSX)"), ("frame", "")];

/// The page.
pub(super) async fn page(
    Shared(state): Shared<Arc<State>>,
    Reader(user): Reader,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let widgets = active_widgets(&state, HUB).await?;
    let manifest = state.store.active_manifest(HUB).await?;
    let groups = manifest.as_ref().map(|manifest| grouped(manifest, &widgets)).unwrap_or_default();
    let lang = language(&headers);
    let texts = texts::of(lang);
    let content = html! {
        link rel="stylesheet" href="/assets/embed.css";
        header.guide-head {
            p.eyebrow { (texts.eyebrow) }
            h1 { (texts.title) }
            p.lead { (texts.lead) }
        }
        @if groups.is_empty() {
            div.empty { p { (texts.empty) } }
        } @else {
            div.guide {
                (form(&groups, texts))
                div.guide-main {
                    (snippets(texts))
                    section.guide-live aria-label=(texts.preview) { div #preview {} }
                }
            }
        }
        (notes(texts))
        script type="module" src=(SCRIPT) {}
        script type="module" src="/assets/embed.js" {}
    };
    let page = document(lang, texts.title, Some(&user), &[], &content);
    Ok(guarded(&page, &POLICY.replace("img-src 'self'", "frame-src 'self'; img-src 'self'")))
}

fn form(groups: &[(&str, &str, Vec<&WidgetRow>)], texts: &Texts) -> Markup {
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
            label { span { (texts.widget) }
                select name="name" {
                    @for (kind, title, members) in groups {
                        optgroup label=(title) {
                            @for widget in members { option value=(widget.name) data-kind=(kind) { (widget.title) } }
                        }
                    }
                }
            }
            (segments("theme", texts.theme, &[("", texts.themes[0]), ("light", texts.themes[1]), ("dark", texts.themes[2])]))
            (segments("density", texts.density, &[("", texts.densities[0]), ("compact", texts.densities[1])]))
            (segments("lang", texts.language, &[("", texts.page_language), ("en", "English"), ("de", "Deutsch")]))
            label { span { (texts.refresh) } span.guide-unit { input type="number" name="refresh" min="5" max="86400" step="5" placeholder=(texts.live); " s" } }
            label { span { (texts.view_context) } input type="text" name="view-context" placeholder=(texts.own_context); }
            label.guide-check { input type="checkbox" name="elsewhere"; span { (texts.elsewhere) } }
        }
    }
}

fn snippets(texts: &Texts) -> Markup {
    html! {
        section.guide-code aria-label=(texts.snippet) {
            div.guide-bar {
                div.guide-tabs role="tablist" aria-label=(texts.snippet) {
                @for (name, title) in PLACES {
                    button type="button" role="tab" id=(format!("tab-{name}")) data-place=(name) aria-controls="snippet" aria-selected=(name == "html") tabindex=(if name == "html" { "0" } else { "-1" }) { (if title.is_empty() { texts.frame } else { title }) }
                }
                }
                button #copy .guide-copy type="button" data-copied=(texts.copied) { (texts.copy) }
            }
            pre #snippet role="tabpanel" aria-labelledby="tab-html" tabindex="0" data-head=(texts.head) data-layout=(texts.layout) data-view=(texts.view) { code {} }
        }
    }
}

fn notes(texts: &Texts) -> Markup {
    html! {
        section.guide-notes {
            @for (title, words) in texts.notes { article { h2 { (title) } p { (with_code(words)) } } }
        }
    }
}

/// A sentence whose parts in braces are code.
fn with_code(words: &str) -> Markup {
    html! {
        @for part in words.split('{') {
            @match part.split_once('}') {
                Some((code, rest)) => { code { (code) } (rest) }
                None => { (part) }
            }
        }
    }
}
