//! How many items a list leaves out.

use leptos::prelude::*;

use crate::texts::{fill, use_texts};

/// How many items a list shows at most, so that a page stays usable at any size of the inventory.
pub const MOST: usize = 50;

/// The number of items that the list above leaves out; nothing where it is complete.
#[component]
pub fn More(#[prop(into)] hidden: Signal<usize>) -> impl IntoView {
    let texts = use_texts();
    let hidden = Memo::new(move |_| hidden.get());
    let words = move |count: usize| fill(texts.more, &[&count.to_string()]);
    move || (hidden.get() > 0).then(|| view! { <p class="quiet">{words(hidden.get())}</p> })
}
