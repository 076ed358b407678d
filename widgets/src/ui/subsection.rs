//! A part of a widget under a heading of its own.

use leptos::prelude::*;

/// A heading with what is below it.
#[component]
pub fn Subsection(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="sub">
            <h3>{title}</h3>
            <div>{children()}</div>
        </section>
    }
}
