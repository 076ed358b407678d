//! What is folded away below its name.

use leptos::{html, prelude::*};

/// A `<details>` whose content is made when it is opened for the first time, and stays from then on.
#[component]
pub fn Folded(
    /// The class of the `<details>`.
    class: &'static str,
    /// What stands on the line that opens it.
    #[prop(into)]
    summary: ViewFn,
    /// Whether it is open.
    is_open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let was_open = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || is_open.get());
    // The signal opens the element, so that its content is there when it does.
    let on_press = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        is_open.update(|open| *open = !*open);
    };
    let on_toggle = move |_| {
        let now = details.get_untracked().is_some_and(|details| details.open());
        if is_open.get_untracked() != now {
            is_open.set(now);
        }
    };
    view! {
        <details class=class node_ref=details prop:open=is_open on:toggle=on_toggle>
            <summary on:click=on_press>{summary.run()}</summary>
            <Show when=move || was_open.get()>{children()}</Show>
        </details>
    }
}
