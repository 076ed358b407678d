//! A menu that opens below its name.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, Node};

use super::folded::{follow, press};

/// A menu. It closes at Escape and when the focus leaves it; opening it closes the widget's other menus.
/// Its content exists only while it is open.
#[component]
pub fn Menu(
    /// Classes besides `menu`.
    class: &'static str,
    /// What stands on the button.
    #[prop(into)]
    name: ViewFn,
    /// Whether it is open.
    is_open: RwSignal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let on_focus_out = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        let has_left = next.zip(details.get_untracked()).is_some_and(|(next, details)| !details.contains(Some(&next)));
        if has_left {
            is_open.set(false);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            is_open.set(false);
            let summary = details.get_untracked().and_then(|details| details.query_selector("summary").ok().flatten());
            if let Some(Ok(summary)) = summary.map(JsCast::dyn_into::<web_sys::HtmlElement>) {
                // The button is on screen and can take the focus.
                let _ = summary.focus();
            }
        }
    };
    view! {
        <details
            class=format!("menu {class}")
            name="menu"
            node_ref=details
            prop:open=is_open
            on:toggle=move |_| follow(details, is_open)
            on:focusout=on_focus_out
            on:keydown=on_key
        >
            <summary on:click=move |event| press(&event, is_open)>{name.run()}</summary>
            <div class="menu-panel">
                <Show when=move || is_open.get()>{children()}</Show>
            </div>
        </details>
    }
}
