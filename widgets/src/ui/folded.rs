//! What is folded away below its name.

use leptos::{html, prelude::*};
use web_sys::MouseEvent;

/// A `<details>` whose content exists only while it is open.
#[component]
pub fn Folded(
    /// The class of the `<details>`.
    class: &'static str,
    /// Its `part`, for styles of the page.
    #[prop(optional)]
    part: Option<&'static str>,
    /// What stands on the line that opens it.
    #[prop(into)]
    summary: ViewFn,
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// Whether the content stays once it was there, hidden while it is closed.
    #[prop(optional)]
    keep: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let has_content = Memo::new(move |before: Option<&bool>| is_open.get() || keep && before == Some(&true));
    view! {
        <details class=class part=part node_ref=details prop:open=is_open on:toggle=move |_| follow(details, is_open)>
            <summary on:click=move |event| press(&event, is_open)>{summary.run()}</summary>
            <Show when=move || has_content.get()>{children()}</Show>
        </details>
    }
}

/// A press on the summary sets the signal, which then opens the element: its content is there when it opens.
pub(super) fn press(event: &MouseEvent, is_open: RwSignal<bool>) {
    event.prevent_default();
    is_open.update(|open| *open = !*open);
}

/// The browser opens and closes an element by itself as well: for a search in the page, or because another
/// one of its name opens.
pub(super) fn follow(details: NodeRef<html::Details>, is_open: RwSignal<bool>) {
    let now = details.get_untracked().is_some_and(|details| details.open());
    if is_open.get_untracked() != now {
        is_open.set(now);
    }
}
