//! A name with its value, in a list of facts.

use leptos::prelude::*;

/// One row of a `<dl class="facts">`.
#[component]
pub fn Fact(#[prop(into)] name: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
