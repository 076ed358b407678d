//! The frames of environments: their heads, and what is folded away or missing in them.

use leptos::{ev, prelude::*, svg};
use ops_model::{
    EntityKind, Standing,
    graph::{Frame, Group, Picture, Rect},
};

use super::{
    boxes::link,
    icons::icon,
    names::group_name,
    shapes::{moved, path, rect, words},
    surface::Marks,
};
use crate::{
    parts::glyph,
    scope::Scene,
    texts::{Texts, fill},
};

/// The frames alone, behind everything.
pub(super) fn backs(groups: &[Group], picture: &Picture) -> Vec<AnyView> {
    let framed = groups.iter().zip(&picture.frames).filter(|(group, _)| group.framed);
    framed
        .map(|(group, frame)| {
            let class = match group {
                Group { id: None, .. } => "graph-frame is-nowhere",
                Group { planned: true, .. } => "graph-frame is-planned",
                _ => "graph-frame",
            };
            rect(class, frame.place, 12)
        })
        .collect()
}

/// A group with its boxes: the head, words about what has no box, the boxes.
pub(super) fn group_view(
    scene: &Scene,
    marks: &Marks,
    group: &Group,
    at: usize,
    picture: &Picture,
    boxes: Vec<AnyView>,
) -> AnyView {
    let texts = &scene.texts.graph;
    let Some(frame) = picture.frames.get(at).filter(|_| group.framed) else {
        return svg::g().child(boxes).into_any();
    };
    let note = |class: &'static str, place: Option<(i32, i32)>, text: String| place.map(|at| words(class, at, text));
    let counts = note("graph-note", frame.counts, counts(group, scene.texts));
    let blank = note("graph-note", frame.blank, texts.no_service.to_owned());
    let rest = note("graph-note gap", frame.rest, fill(texts.left_out, &[&group.left_out.to_string()]));
    let name = group_name(scene, group);
    let stop = picture.boxes.len() + at;
    svg::g()
        .attr("role", "group")
        .attr("aria-label", name.clone())
        .child((head(scene, marks, group, stop, frame.head, &frame.name, name), seal(scene, group, frame)))
        .child((fold(scene, group, frame.place), counts, blank, rest, boxes))
        .into_any()
}

fn head(scene: &Scene, marks: &Marks, group: &Group, stop: usize, place: Rect, short: &str, name: String) -> AnyView {
    let Some(id) = &group.id else {
        return words("graph-head-name gap", (place.x + 4, place.y + 19), scene.texts.graph.no_place);
    };
    let views = vec![
        svg::title().child(name.clone()).into_any(),
        rect("graph-head-box", Rect::new(0, 0, place.width, place.height), 6),
        path("graph-icon", (4, 6), icon(EntityKind::Environment)),
        words("graph-head-name", (26, 19), short),
    ];
    svg::a()
        .attr("class", marks.lit("graph-head".to_owned(), vec![stop]))
        .attr("part", "entity")
        .attr("href", link(scene, id))
        .attr("data-ref", id.to_string())
        .attr("data-stop", stop.to_string())
        .prop("tabIndex", marks.tab_index(stop))
        .attr("aria-label", name)
        .attr("transform", moved(place.x, place.y))
        .child(views)
        .into_any()
}

/// The standing of the whole; its sign alone where the fold stands in its place.
fn seal(scene: &Scene, group: &Group, frame: &Frame) -> Option<AnyView> {
    let standing = group.standing?;
    let word = if group.planned { scene.texts.planned } else { scene.texts.standing(standing) };
    let short = group.foldable && !frame.sealed_below;
    let text = if short { glyph(standing).to_owned() } else { [glyph(standing), " ", word].concat() };
    let x = frame.seal.0 - if short { 84 } else { 0 };
    let side = if frame.sealed_below { "" } else { "at-end " };
    let class = ["graph-standing ", side, "is-", standing.as_str()].concat();
    Some(words(class, (x, frame.seal.1), text))
}

/// What shows or folds away the boxes of a group.
fn fold(scene: &Scene, group: &Group, frame: Rect) -> Option<AnyView> {
    if !group.foldable {
        return None;
    }
    let texts = &scene.texts.graph;
    let open = scene.memory.text("graph-open");
    let key = group.key();
    let word = if group.folded { texts.unfold } else { texts.fold };
    let turn = move || open.update(|open| *open = toggled(open, &key));
    let pressed = turn.clone();
    let place = Rect::new(0, 0, 76, 24);
    let button = svg::g()
        .attr("class", "graph-fold")
        .attr("role", "button")
        .prop("tabIndex", 0)
        .attr("aria-expanded", if group.folded { "false" } else { "true" })
        .attr("aria-label", [word, " ", &group_name(scene, group)].concat())
        .attr("transform", moved(frame.right() - 88, frame.y + 10))
        .on(ev::click, move |_| turn())
        .on(ev::keydown, move |event| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                pressed();
            }
        })
        .child((rect("graph-fold-box", place, 12), words("graph-fold-word at-middle", (38, 16), word)));
    Some(button.into_any())
}

/// The keys of what is unfolded, with one turned round.
fn toggled(open: &str, key: &str) -> String {
    let mut keys: Vec<&str> = open.split(' ').filter(|one| !one.is_empty()).collect();
    let before = keys.len();
    keys.retain(|one| *one != key);
    if keys.len() == before {
        keys.push(key);
    }
    keys.join(" ")
}

/// How many of what are in a group, and how many of them fail or are stale.
pub(super) fn counts(group: &Group, texts: &Texts) -> String {
    let kinds = group.kinds.iter().map(|(kind, count)| {
        let name = match kind {
            EntityKind::Host => texts.hosts,
            EntityKind::Cluster => texts.clusters,
            EntityKind::Service => texts.services,
            EntityKind::DataStore => texts.data_stores,
            _ => texts.endpoints,
        };
        [name, " ", &count.to_string()].concat()
    });
    let standings = group.standings.iter().rev().filter(|(standing, _)| **standing != Standing::Unproven);
    let standings = standings
        .map(|(standing, count)| [glyph(*standing), " ", &count.to_string(), " ", texts.standing(*standing)].concat());
    kinds.chain(standings).collect::<Vec<_>>().join(" · ")
}
