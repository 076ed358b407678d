//! A standing where there is room for its sign only.

use leptos::prelude::*;
use ops_model::Standing;

use crate::texts::use_texts;

/// A standing as its sign; the word is its name for assistive technology and on hover.
#[component]
pub fn StandingDot(#[prop(into)] standing: Signal<Standing>) -> impl IntoView {
    let texts = use_texts();
    let word = move || texts.standing(standing.get());
    view! {
        <span class=move || format!("dot is-{}", standing.get()) role="img" aria-label=word title=word>
            {move || sign(standing.get())}
        </span>
    }
}

/// The sign of a standing: readable without colour.
#[must_use]
pub const fn sign(standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => "✓",
        Standing::Unproven => "○",
        Standing::Stale => "◷",
        Standing::Failing => "✕",
    }
}
