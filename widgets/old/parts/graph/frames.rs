//! The frames of environments: their heads, and what is folded away or missing in them.

use crate::view::prelude::*;
use ops_model::{
    EntityKind, Standing,
    graph::{Frame, Group, Picture, Rect},
};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{
    icons::icon,
    names::{group_name, without_link},
    shapes::{Look, Tag, Views, moved},
    surface::Marks,
};
use crate::{
    parts::glyph,
    scope::Scene,
    texts::{Texts, fill},
};

/// The frames alone, behind everything.
pub(super) fn backs(groups: &[Group], picture: &Picture) -> Views {
    let mut views = Views::default();
    for (group, frame) in groups.iter().zip(&picture.frames) {
        let class = match group {
            Group { framed: false, .. } => continue,
            Group { id: None, environments: 0, .. } => "graph-frame is-nowhere",
            Group { planned: true, .. } => "graph-frame is-planned",
            _ => "graph-frame",
        };
        views.rect(class, frame.place, 12);
    }
    views
}

/// A group with its boxes: the head, words about what has no box, the boxes. `fill_in` draws them.
pub(super) fn group_view(
    into: &mut Views,
    scene: &Scene,
    marks: Marks,
    (at, group): (usize, &Group),
    picture: &Picture,
    fill_in: impl FnOnce(&mut Views),
) {
    let texts = &scene.texts.graph;
    let mut views = Views::default();
    let mut look = Look::default();
    if let Some(frame) = picture.frames.get(at).filter(|_| group.framed) {
        let name = group_name(scene, group);
        head(&mut views, scene, marks, group, picture.boxes.len() + at, frame, &name);
        seal(&mut views, scene, group, frame);
        if group.foldable {
            fold(&mut views, scene, group, frame.place);
        }
        if let Some(place) = frame.counts {
            views.line("graph-note", place, &counts(group, scene.texts));
        }
        if let Some(place) = frame.blank {
            views.line("graph-note", place, texts.no_service);
        }
        if let Some(place) = frame.rest {
            views.line("graph-note gap", place, &fill(texts.left_out, &[&group.left_out.to_string()]));
        }
        look.set("role", "group");
        look.set("aria-label", &name);
    }
    fill_in(&mut views);
    into.hold(Tag::Group, look, views);
}

fn head(into: &mut Views, scene: &Scene, marks: Marks, group: &Group, stop: usize, frame: &Frame, name: &str) {
    let place = frame.head;
    let Some(id) = &group.id else {
        let class = if group.environments > 0 { "graph-head-name" } else { "graph-head-name gap" };
        return into.line(class, (place.x + 4, place.y + 19), &without_link(scene.texts, group));
    };
    let mut views = Views::default();
    views.title(name);
    views.rect("graph-head-box", Rect::new(0, 0, place.width, place.height), 6);
    views.path("graph-icon", (4, 6), icon(EntityKind::Environment));
    views.line("graph-head-name", (26, 19), &frame.name);
    let mut look = Look::class("graph-head");
    look.set("transform", &moved(place.x, place.y));
    marks.stop(&mut look, scene, stop, id);
    into.hold(Tag::Link, look, views);
}

/// The standing of the whole; its sign alone where the fold stands in its place.
fn seal(into: &mut Views, scene: &Scene, group: &Group, frame: &Frame) {
    let Some(standing) = group.standing else { return };
    let word = if group.planned { scene.texts.planned } else { scene.texts.standing(standing) };
    let short = group.foldable && !frame.sealed_below;
    let text = [glyph(standing), " ", if short { "" } else { word }].concat();
    let x = frame.seal.0 - if short { 84 } else { 0 };
    let side = if frame.sealed_below { "" } else { "at-end " };
    let class = ["graph-standing ", side, "is-", standing.as_str()].concat();
    into.line(&class, (x, frame.seal.1), &text);
}

/// What shows or folds away the boxes of a group.
fn fold(into: &mut Views, scene: &Scene, group: &Group, frame: Rect) {
    let texts = &scene.texts.graph;
    let word = if group.folded { texts.unfold } else { texts.fold };
    let mut look = Look::class("graph-fold");
    look.set("role", "button");
    look.set("aria-expanded", if group.folded { "false" } else { "true" });
    look.set("aria-label", &[word, " ", &group_name(scene, group)].concat());
    look.set("transform", &moved(frame.right() - 88, frame.y + 10));
    look.tab_index(0);
    for name in ["click", "keydown"] {
        let (open, key) = (scene.memory.text("graph-open"), group.key());
        let turn = move |event: web_sys::Event| {
            let pressed = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if pressed.is_none_or(|key| key == "Enter" || key == " ") {
                event.prevent_default();
                let turned = open.with_untracked(|open| toggled(open, &key));
                open.set(turned);
            }
        };
        look.on(name, Box::new(turn));
    }
    let mut views = Views::default();
    views.rect("graph-fold-box", Rect::new(0, 0, 76, 24), 12);
    views.line("graph-fold-word at-middle", (38, 16), word);
    into.hold(Tag::Group, look, views);
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
