//! The picture of a network: its layers, its legend and its list.

use leptos::prelude::*;
use ops_model::graph::Network;

use super::{
    canvas::Canvas,
    drawing::Drawing,
    edge::Edges,
    frame::{FrameBack, FrameGroup},
    legend::Legend,
    list::NetworkList,
    pan_zoom::PanZoom,
    width::use_width,
};
use crate::{
    rows::{keys, row},
    texts::use_texts,
};

/// A picture of a network.
///
/// What is drawn is keyed by entity: an event changes the class and the words of a box, a new catalog moves
/// it, and neither makes it anew. So it keeps the focus.
#[component]
pub(super) fn NetworkPicture(
    network: Memo<Network>,
    /// The picture's name.
    #[prop(into)]
    label: Signal<String>,
    /// The names of its columns.
    columns: [&'static str; 4],
    /// The keys of the groups that a reader has unfolded.
    unfolded: RwSignal<Vec<String>>,
) -> impl IntoView {
    let (texts, width) = (use_texts(), use_width());
    let drawing = Memo::new(move |_| Drawing::of(&network.read(), width.get(), columns, texts));
    let stage = Memo::new(move |_| drawing.read().stage.clone());
    let pan_zoom = PanZoom::new(stage);
    let groups = keys(drawing, |drawing| &drawing.groups);
    view! {
        <div class="graph">
            <Canvas label pan_zoom width>
                <g class="graph-backs" aria-hidden="true">
                    <For each=move || groups.get() key=Clone::clone let(key)>
                        <FrameBack shown=row(drawing, |drawing| &drawing.groups, key) />
                    </For>
                </g>
                <g class="graph-edges" aria-hidden="true">
                    <Edges drawing />
                </g>
                <g class="graph-heads" aria-hidden="true">
                    <ColumnNames drawing />
                </g>
                <g>
                    <For each=move || groups.get() key=Clone::clone let(key)>
                        <FrameGroup drawing shown=row(drawing, |drawing| &drawing.groups, key) unfolded />
                    </For>
                </g>
            </Canvas>
            <Legend drawing />
            <NetworkList drawing />
        </div>
    }
}

/// The names above the columns, where the picture has room for columns.
#[component]
fn ColumnNames(drawing: Memo<Drawing>) -> impl IntoView {
    let columns = Memo::new(move |_| drawing.read().columns.clone());
    move || {
        let columns = columns.get().into_iter();
        columns.map(|(x, name)| view! { <text class="graph-column" x=x y="20">{name}</text> }).collect_view()
    }
}
