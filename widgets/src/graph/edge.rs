//! A relation as a line with an arrowhead.

use leptos::prelude::*;
use ops_model::{EntityRef, RelationKind};

use super::{
    drawing::{Drawing, LineSummary},
    pan_zoom::use_pan_zoom,
};
use crate::rows::{keys, row};

/// The relations of a picture.
#[component]
pub(super) fn Edges(drawing: Memo<Drawing>) -> impl IntoView {
    let ends = keys(drawing, |drawing| &drawing.lines);
    view! {
        <For each=move || ends.get() key=Clone::clone let(ends)>
            <Edge shown=row(drawing, |drawing| &drawing.lines, ends.clone()) ends />
        </For>
    }
}

/// One relation. It is lit while one of its ends is looked at.
#[component]
fn Edge(ends: (EntityRef, EntityRef), shown: Memo<LineSummary>) -> impl IntoView {
    let pan_zoom = use_pan_zoom();
    let class = move || {
        let lit = if pan_zoom.is_any_lit([&ends.0, &ends.1]) { " lit" } else { "" };
        format!("graph-line {}{lit}", shown.read().kind)
    };
    view! {
        <g class=class>
            <path class=move || edge_class(shown.read().kind) d=move || shown.read().path.clone() />
            <path class="graph-tip" d=move || shown.read().tip.clone() />
        </g>
    }
}

/// The class of a relation's line.
pub(super) const fn edge_class(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::RunsOn => "graph-edge runs-on",
        RelationKind::ExposedBy => "graph-edge exposed-by",
        RelationKind::StoredIn => "graph-edge stored-in",
        RelationKind::OwnedBy => "graph-edge owned-by",
        _ => "graph-edge",
    }
}
