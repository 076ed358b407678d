//! What is on or off: a button that stays pressed, a box that is checked.

use leptos::prelude::*;

/// A button that is pressed or not.
#[component]
pub fn Toggle(words: &'static str, #[prop(into)] is_on: Signal<bool>, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class="segment-button"
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| on_press()
        >
            {words}
        </button>
    }
}

/// A box with its words and, where it chooses among records, how many it would show.
#[component]
pub fn Checkbox(
    #[prop(into)] words: Signal<String>,
    #[prop(optional, into)] count: MaybeProp<usize>,
    #[prop(into)] is_on: Signal<bool>,
    on_change: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_on on:change=move |_| on_change() />
            <span>{words}</span>
            {move || count.get().map(|count| view! { <span class="count-mark">{count}</span> })}
        </label>
    }
}
