//! A box: an entity with its icon, its name and its standing, as a link to its own view.

use leptos::{prelude::*, svg};
use ops_model::{EntityRef, graph::Rect};

use super::{
    canvas::{moved, title},
    drawing::BoxSummary,
    icons::icon,
    pan_zoom::use_pan_zoom,
};
use crate::{
    texts::use_texts,
    ui::{LinkBase, sign},
};

/// A box is this wide before it says the kind beside the standing, in px.
const ROOMY: i32 = 188;
/// Where the first line of the name stands, and how far apart lines are, in px.
const FIRST_LINE: i32 = 21;
const LINE: i32 = 17;

/// A stop of a picture: a link to an entity's own view that the arrow keys lead to.
#[component]
pub(super) fn Stop(
    entity: EntityRef,
    #[prop(into)] class: Signal<String>,
    /// Its number among the stops.
    #[prop(into)]
    stop: Signal<usize>,
    #[prop(into)] place: Signal<Rect>,
    children: Children,
) -> impl IntoView {
    let pan_zoom = use_pan_zoom();
    let LinkBase(base) = use_context().unwrap_or(LinkBase(String::new()));
    svg::a()
        .attr("class", class)
        .attr("part", "entity")
        .attr("href", format!("{base}{}", entity.address()))
        .attr("data-ref", entity.to_string())
        .attr("data-stop", move || stop.get().to_string())
        .attr("transform", move || moved(place.get().x, place.get().y))
        .attr("tabindex", move || pan_zoom.tab_index(&entity))
        .child(children())
}

/// A box of a picture.
#[component]
pub(super) fn Node(entity: EntityRef, shown: Memo<BoxSummary>) -> impl IntoView {
    let (texts, pan_zoom) = (use_texts(), use_pan_zoom());
    let (kind, own) = (entity.kind, entity.clone());
    let class = move || {
        let shown = shown.read();
        let lit = if pan_zoom.is_any_lit(shown.near.iter().chain([&own])) { " lit" } else { "" };
        format!("graph-node is-{}{lit}", shown.standing)
    };
    let place = move || shown.read().place;
    let name = move || {
        let lines = shown.read().name.clone().into_iter().zip((FIRST_LINE..).step_by(17));
        lines.map(|(line, y)| view! { <text class="graph-name" x="34" y=y>{line}</text> }).collect_view()
    };
    let below_name = move || FIRST_LINE + LINE * i32::try_from(shown.read().name.len()).unwrap_or_default();
    let standing = move || {
        let standing = shown.read().standing;
        format!("{} {}", sign(standing), texts.standing(standing))
    };
    let is_roomy = Memo::new(move |_| place().width >= ROOMY);
    let kind_name = move || {
        is_roomy.get().then(|| {
            view! {
                <text class="graph-kind at-end" x=move || place().width - 10 y=below_name>
                    {texts.entity_kind(kind)}
                </text>
            }
        })
    };
    view! {
        <Stop entity class=Signal::derive(class) stop=Signal::derive(move || shown.read().stop) place=Signal::derive(place)>
            {title(move || {
                let shown = shown.read();
                format!("{}, {}", shown.title, shown.words)
            })}
            <rect class="graph-box" width=move || place().width height=move || place().height rx="8" />
            <rect class="graph-edge-of" y="9" width="3" height=move || place().height - 18 rx="1" />
            <path class="graph-icon" transform=moved(11, 9) d=icon(kind) />
            {name}
            <text class="graph-standing" x="34" y=below_name>
                {standing}
            </text>
            {kind_name}
        </Stop>
    }
}
