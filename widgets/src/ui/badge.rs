//! A standing as a pill with sign and word.

use leptos::prelude::*;
use ops_model::Standing;

use super::sign;

/// A standing as a pill.
#[component]
pub fn Badge(
    standing: Standing,
    /// The word beside the sign: the standing's own, or one that says more, such as `planned`.
    #[prop(into)]
    word: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <span class=format!("badge is-{standing}") part="badge" data-standing=standing.as_str()>
            <span class="glyph" aria-hidden="true">{sign(standing)}</span>
            {word}
        </span>
    }
}
