//! One kind in every state, and one state in every kind.

use axum::{
    extract::{Path, Query, State as Shared},
    response::Response,
};
use maud::{Markup, html};

use super::{
    Gallery,
    answers::state as find_state,
    choice::Choice,
    fixture::{GalleryKind, kinds},
    states::{GalleryState, STATES},
};
use crate::{pages::layout, problem::Problem};

/// Every state of one kind.
pub(super) async fn kind(
    Shared(gallery): Shared<Gallery>,
    Path(name): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let all = kinds(&gallery.manifest().await?.1);
    let Some(kind) = all.iter().find(|kind| kind.name == name) else {
        return Err(Problem::missing(format!("The gallery has no kind '{name}'; see /gallery.")));
    };
    let content = html! {
        header.gallery-head {
            p.eyebrow { "Kind of widget" }
            h1 { (kind.title) }
            p.lead { "Every state of " code { (kind.name) } ". " (INVENTED) }
        }
        (choice.links())
        nav.jump aria-label="States on this page" {
            @for state in STATES { a href=(format!("#{}", state.name)) { (state.title) } }
        }
        @for state in STATES {
            section.specimen-state #(state.name) aria-labelledby=(format!("{}-title", state.name)) {
                div.state-head {
                    h2 #(format!("{}-title", state.name)) { a href=(format!("/gallery/states/{}?{}", state.name, choice.query(None))) { (state.title) } }
                    p.quiet { (state.words) }
                }
                (framed(state, Some(kind), &choice))
            }
        }
    };
    Ok(page(&kind.title, &all, &format!("/gallery/kinds/{name}"), &content))
}

/// Every kind in one state.
pub(super) async fn state(
    Shared(gallery): Shared<Gallery>,
    Path(name): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let state = find_state(&name)?;
    let all = kinds(&gallery.manifest().await?.1);
    let content = html! {
        header.gallery-head {
            p.eyebrow { "State" }
            h1 { (state.title) }
            p.lead { (state.words) " " (INVENTED) }
        }
        (choice.links())
        (framed(state, None, &choice))
    };
    Ok(page(state.title, &all, &format!("/gallery/states/{name}"), &content))
}

/// The sections of the page.
pub(super) const SECTIONS: [(&str, &str); 5] = [
    ("marks", "Standing"),
    ("colours", "Colours"),
    ("type", "Type"),
    ("space", "Space and density"),
    ("embed", "For embedders"),
];

/// What every page of the gallery says.
pub(super) const INVENTED: &str = "Everything shown here is invented.";

/// A frame with the widgets of a state: of one kind, or of all.
pub(super) fn framed(state: &GalleryState, kind: Option<&GalleryKind>, choice: &Choice) -> Markup {
    let of_kind = kind.map(|kind| format!("kind={}&", kind.name)).unwrap_or_default();
    let source = format!("/gallery/answers/{}/frame?{of_kind}{}", state.name, choice.query(None));
    let title =
        kind.map_or_else(|| format!("Every kind: {}", state.title), |kind| format!("{}: {}", kind.title, state.title));
    html! { iframe.stage src=(source) title=(title) loading="lazy" height="320" {} }
}

/// A page of the gallery, with the way to every other.
pub(super) fn page(title: &str, kinds: &[GalleryKind], here: &str, content: &Markup) -> Response {
    let link = |path: String, words: &str| {
        html! { li { a href=(path) aria-current=[(path == here).then_some("page")] { (words) } } }
    };
    let whole = html! {
        link rel="stylesheet" href="/assets/gallery.css";
        div.gallery {
            nav.gallery-nav aria-label="Gallery" {
                p.nav-title { a href="/gallery" aria-current=[(here == "/gallery").then_some("page")] { "Gallery" } }
                p.nav-group { "Design language" }
                ul { @for (id, words) in SECTIONS { li { a href=(format!("/gallery#{id}")) { (words) } } } }
                p.nav-group { "Kinds" }
                ul { @for kind in kinds { (link(format!("/gallery/kinds/{}", kind.name), &kind.title)) } }
                p.nav-group { "States" }
                ul { @for state in STATES { (link(format!("/gallery/states/{}", state.name), state.title)) } }
            }
            div.gallery-main { (content) }
        }
    };
    let policy = format!("{}; frame-src 'self'", layout::POLICY);
    layout::guarded(
        &layout::document("en", &format!("{title} · Gallery"), None, &["/assets/gallery.js"], &whole),
        &policy,
    )
}
