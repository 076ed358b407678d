//! What the lines of a picture mean.

use leptos::prelude::*;
use ops_model::RelationKind;

use super::{drawing::Drawing, edge::edge_class};
use crate::texts::use_texts;

/// A short line, and the arrowhead at its end.
const LINE: &str = "M0 5H28";
const TIP: &str = "M34 5l-7-4v8z";

/// The kinds of relation that a picture has, each with its line; nothing where there is none.
#[component]
pub(super) fn Legend(drawing: Memo<Drawing>) -> impl IntoView {
    let texts = use_texts();
    let kinds = Memo::new(move |_| drawing.read().relations.clone());
    let has_any = Memo::new(move |_| !kinds.read().is_empty());
    view! {
        <Show when=move || has_any.get()>
            <ul class="graph-lines" aria-label=texts.graph.lines>
                <For each=move || kinds.get() key=|kind| *kind let(kind)>
                    <li><Sample kind />{texts.relation(kind)}</li>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Sample(kind: RelationKind) -> impl IntoView {
    view! {
        <svg class=format!("graph-sample {kind}") viewBox="0 0 34 10" aria-hidden="true">
            <path class=edge_class(kind) d=LINE />
            <path class="graph-tip" d=TIP />
        </svg>
    }
}
