//! The frames of environments: their heads, and what is folded away or missing in them.

use leptos::prelude::*;
use ops_model::{
    EntityKind, Standing,
    graph::{Frame, Group, Picture, Rect},
};

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{
    icons::icon,
    names::group_name,
    shapes::{Look, moved, path, rect, title, words},
    surface::Marks,
};
use crate::{
    parts::glyph,
    scope::Scene,
    texts::{Texts, fill},
};

/// The frames alone, behind everything.
pub(super) fn backs(groups: &[Group], picture: &Picture) -> Vec<AnyView> {
    let mut views = Vec::new();
    for (group, frame) in groups.iter().zip(&picture.frames) {
        let class = match group {
            Group { framed: false, .. } => continue,
            Group { id: None, .. } => "graph-frame is-nowhere",
            Group { planned: true, .. } => "graph-frame is-planned",
            _ => "graph-frame",
        };
        views.push(rect(class, frame.place, 12));
    }
    views
}

/// A group with its boxes: the head, words about what has no box, the boxes.
pub(super) fn group_view(
    scene: &Scene,
    marks: &Marks,
    group: &Group,
    at: usize,
    picture: &Picture,
    mut boxes: Vec<AnyView>,
) -> AnyView {
    let texts = &scene.texts.graph;
    let Some(frame) = picture.frames.get(at).filter(|_| group.framed) else {
        return Look::default().group(boxes);
    };
    let name = group_name(scene, group);
    let mut views = vec![head(scene, marks, group, picture.boxes.len() + at, frame, name.clone())];
    views.extend(seal(scene, group, frame));
    if group.foldable {
        views.push(fold(scene, group, frame.place));
    }
    let notes = [
        (frame.counts, "graph-note", counts(group, scene.texts)),
        (frame.blank, "graph-note", texts.no_service.to_owned()),
        (frame.rest, "graph-note gap", fill(texts.left_out, &[&group.left_out.to_string()])),
    ];
    for (place, class, text) in notes {
        if let Some(place) = place {
            views.push(words(class, place, text));
        }
    }
    views.append(&mut boxes);
    Look::default().with("role", "group").with("aria-label", name).group(views)
}

fn head(scene: &Scene, marks: &Marks, group: &Group, stop: usize, frame: &Frame, name: String) -> AnyView {
    let place = frame.head;
    let Some(id) = &group.id else {
        return words("graph-head-name gap", (place.x + 4, place.y + 19), scene.texts.graph.no_place);
    };
    let views = vec![
        title(name.clone()),
        rect("graph-head-box", Rect::new(0, 0, place.width, place.height), 6),
        path("graph-icon", (4, 6), icon(EntityKind::Environment)),
        words("graph-head-name", (26, 19), frame.name.as_str()),
    ];
    let look = marks.stop(scene, stop, id, name).with("class", "graph-head");
    look.with("transform", moved(place.x, place.y)).link(views)
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
fn fold(scene: &Scene, group: &Group, frame: Rect) -> AnyView {
    let texts = &scene.texts.graph;
    let word = if group.folded { texts.unfold } else { texts.fold };
    let turn = || -> Box<dyn FnMut(web_sys::Event)> {
        let (open, key) = (scene.memory.text("graph-open"), group.key());
        Box::new(move |event| {
            let pressed = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if pressed.is_none_or(|key| key == "Enter" || key == " ") {
                event.prevent_default();
                open.update(|open| *open = toggled(open, &key));
            }
        })
    };
    Look::class("graph-fold")
        .with("role", "button")
        .with("aria-expanded", if group.folded { "false" } else { "true" })
        .with("aria-label", [word, " ", &group_name(scene, group)].concat())
        .with("transform", moved(frame.right() - 88, frame.y + 10))
        .tab_index(Box::new(|| 0))
        .on("click", turn())
        .on("keydown", turn())
        .group(vec![
            rect("graph-fold-box", Rect::new(0, 0, 76, 24), 12),
            words("graph-fold-word at-middle", (38, 16), word),
        ])
}

/// The keys of what is unfolded, with one turned round.
fn toggled(open: &str, key: &str) -> String {
    let mut others = String::new();
    let mut found = false;
    for one in open.split(' ') {
        found |= one == key;
        if one != key {
            others.push_str(one);
            others.push(' ');
        }
    }
    if !found {
        others.push_str(key);
    }
    others
}

/// How many of what are in a group, and how many of them fail or are stale.
pub(super) fn counts(group: &Group, texts: &Texts) -> String {
    let mut parts = Vec::new();
    let kinds = [
        (EntityKind::Host, texts.hosts),
        (EntityKind::Cluster, texts.clusters),
        (EntityKind::Service, texts.services),
        (EntityKind::DataStore, texts.data_stores),
        (EntityKind::Endpoint, texts.endpoints),
    ];
    for (kind, name) in kinds {
        if group.of_kind(kind) > 0 {
            parts.push([name, " ", &group.of_kind(kind).to_string()].concat());
        }
    }
    for standing in [Standing::Failing, Standing::Stale, Standing::Proven] {
        let count = group.standings[standing as usize];
        if count > 0 {
            parts.push([glyph(standing), " ", &count.to_string(), " ", texts.standing(standing)].concat());
        }
    }
    parts.join(" · ")
}
