//! One line of a flow: solid as far as its needs are met, then dashed, with a mark for each need.

use leptos::prelude::*;
use ops_model::EntityRef;

use super::{
    canvas::moved,
    flow_summary::{MarkSummary, RowSummary},
    pan_zoom::use_pan_zoom,
};

/// The height of a mark, in px.
const MARK: i32 = 24;

/// The line of what moves.
#[component]
pub(super) fn FlowLine(entity: EntityRef, shown: Memo<RowSummary>) -> impl IntoView {
    let pan_zoom = use_pan_zoom();
    let class = move || {
        let lit = if pan_zoom.is_any_lit([&entity]) { " lit" } else { "" };
        format!("graph-line flow-row is-{}{lit}", shown.read().progress)
    };
    let line = Memo::new(move |_| shown.read().line);
    let parts = move || {
        let [start, reached, end] = line.get();
        let parts = [("flow-line", reached, end), ("flow-line is-reached", start, reached)];
        let parts = parts.into_iter().filter(|(_, from, to)| from.0 < to.0);
        let part = parts.map(|(class, from, to)| {
            view! { <path class=class transform=moved(from.0, from.1) d=format!("M0 0H{}", to.0 - from.0) /> }
        });
        part.collect_view()
    };
    let marks = Memo::new(move |_| shown.read().marks.clone());
    let end = move || shown.read().end;
    view! {
        <g class=class>
            {parts}
            {move || marks.get().into_iter().map(|mark| view! { <Mark mark /> }).collect_view()}
            <rect
                class=move || format!("flow-end is-{}", shown.read().progress)
                x=move || end().x
                y=move || end().y
                width=move || end().width
                height=move || end().height
                rx="8"
            />
            <text
                class=move || format!("flow-word at-middle is-{}", shown.read().progress)
                x=move || end().middle_x()
                y=move || end().middle_y() + 4
            >
                {move || shown.read().word.clone()}
            </text>
        </g>
    }
}

/// A need: its sign in a circle; the decision with its word where there is room.
#[component]
fn Mark(mark: MarkSummary) -> impl IntoView {
    let MarkSummary { class, title, text, at: (x, y), half, name } = mark;
    let name = name.map(|name| view! { <text class="flow-need at-middle" x=x y=y + 27>{name}</text> });
    view! {
        <g class=format!("flow-mark is-{class}")>
            <title>{title}</title>
            <rect class="flow-mark-box" x=x - half y=y - MARK / 2 width=2 * half height=MARK rx="12" />
            <text class="flow-mark-sign at-middle" x=x y=y + 4>
                {text}
            </text>
            {name}
        </g>
    }
}
