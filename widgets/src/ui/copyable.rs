//! A value that a reader may want to paste elsewhere.

use leptos::prelude::*;

use crate::texts::use_texts;

/// A value in fixed-width type with a button that copies it. The element copies what `data-copy` says.
#[component]
pub fn Copyable(#[prop(into)] value: String) -> impl IntoView {
    let texts = use_texts();
    view! {
        <span class="copyable">
            <code>{value.clone()}</code>
            <button
                type="button"
                class="icon-button copy"
                title=texts.copy
                aria-label=format!("{} {value}", texts.copy)
                data-copy=value
            ></button>
        </span>
    }
}
