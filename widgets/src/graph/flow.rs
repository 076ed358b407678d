//! A migration as a flow: a line for each thing that moves, as far as it has come.

use leptos::prelude::*;
use ops_model::EntityRef;

use super::{
    canvas::Canvas,
    flow_row::FlowLine,
    flow_summary::FlowSummary,
    list::{FoldedList, Item},
    node::Node,
    pan_zoom::PanZoom,
    width::Width,
};
use crate::{
    hub::use_hub,
    rows::{keys, row},
    texts::{fill, use_texts},
    widget::use_instance,
};

/// A wave as a flow, from the environment that is left to the one that is entered.
#[component]
pub fn Flow(wave: EntityRef, width: Width) -> impl IntoView {
    let (texts, instance) = (use_texts(), use_instance());
    let flow = use_hub().memo(move |context| FlowSummary::of(context, &wave, width.get(), texts));
    let stage = Memo::new(move |_| flow.read().stage.clone());
    let pan_zoom = PanZoom::new(stage);
    let label = format!("{}: {}", texts.migration.flow, instance.title);
    let moves = keys(flow, |flow| &flow.rows);
    view! {
        <div class="graph">
            <Canvas label pan_zoom width>
                <g class="graph-backs" aria-hidden="true">
                    <Ends flow />
                </g>
                <g class="graph-edges" aria-hidden="true">
                    <For each=move || moves.get() key=Clone::clone let(entity)>
                        <FlowLine shown=row(flow, |flow| &flow.rows, entity.clone()) entity />
                    </For>
                </g>
                <g>
                    <For each=move || moves.get() key=Clone::clone let(entity)>
                        <FlowNode flow entity />
                    </For>
                </g>
            </Canvas>
            <Remarks flow />
            <FlowList flow />
        </div>
    }
}

/// The frames of both environments, and the names of what has to be shown on the way.
#[component]
fn Ends(flow: Memo<FlowSummary>) -> impl IntoView {
    let texts = &use_texts().migration;
    let ends = Memo::new(move |_| flow.read().ends.clone());
    let heads = Memo::new(move |_| flow.read().heads.clone());
    let frames = move || {
        let ends = ends.get().into_iter();
        let frame = ends.map(|(frame, name)| {
            view! {
                <rect class="graph-frame" x=frame.x y=frame.y width=frame.width height=frame.height rx="12" />
                <text class="graph-head-name" x=frame.x + 14 y=frame.y + 31>
                    {name}
                </text>
            }
        });
        frame.collect_view()
    };
    let names = move || {
        let heads = heads.get().into_iter();
        let name = heads.map(|(need, x, y)| {
            view! {
                <text class="graph-column at-middle" x=x y=y>
                    {texts.need(need)}
                </text>
            }
        });
        name.collect_view()
    };
    view! { {frames}{names} }
}

#[component]
fn FlowNode(flow: Memo<FlowSummary>, entity: EntityRef) -> impl IntoView {
    let row = row(flow, |flow| &flow.rows, entity.clone());
    let shown = Memo::new(move |_| row.read().shown.clone());
    view! { <Node entity shown /> }
}

/// What the picture has no room for: the names of the needs, and moves without a line.
#[component]
fn Remarks(flow: Memo<FlowSummary>) -> impl IntoView {
    let texts = use_texts();
    let is_unnamed = Memo::new(move |_| flow.read().is_unnamed);
    let left_out = Memo::new(move |_| flow.read().left_out);
    let needs = move || is_unnamed.get().then(|| view! { <p class="quiet">{texts.migration.needs.join(" → ")}</p> });
    let rest = move || {
        let count = left_out.get();
        (count > 0).then(|| view! { <p class="quiet">{fill(texts.graph.left_out, &[&count.to_string()])}</p> })
    };
    view! { {needs}{rest} }
}

#[component]
fn FlowList(flow: Memo<FlowSummary>) -> impl IntoView {
    let moves = keys(flow, |flow| &flow.items);
    let item = move |entity: EntityRef| {
        let shown = row(flow, |flow| &flow.items, entity.clone());
        let standing = Signal::derive(move || shown.read().standing);
        let words = Signal::derive(move || shown.read().words.clone());
        view! { <Item entity standing words /> }
    };
    view! {
        <FoldedList>
            <For each=move || moves.get() key=Clone::clone children=item />
        </FoldedList>
    }
}
