//! Events that could not be read: each is named where events are, with what is wrong with it.

use leptos::prelude::*;
use ops_model::ImportNote;

use crate::{hub::use_hub, texts::use_texts};

/// What came as an event and is none, newest first, folded away; nothing where all could be read.
#[component]
pub(super) fn Unread() -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let notes = hub.memo(|context| context.log.unread().iter().rev().cloned().collect::<Vec<ImportNote>>());
    let count = Memo::new(move |_| notes.read().len());
    view! {
        <Show when=move || { count.get() > 0 }>
            <details class="notes">
                <summary>{texts.feed.unread}" ("{count}")"</summary>
                <ul>
                    <For each=move || notes.get() key=|note| (note.text.clone(), note.reason.clone()) let(note)>
                        <li>
                            <div><code>{note.text}</code></div>
                            <div class="quiet">{note.reason}</div>
                        </li>
                    </For>
                </ul>
            </details>
        </Show>
    }
}
