//! A box: an entity with its sign, its name and its standing, as a link to its own view.

use ops_model::{EntityRef, Standing, graph::Rect};

use super::{
    icons::icon,
    shapes::{Tag, Views, moved},
    surface::Marks,
};
use crate::{parts::glyph, scope::Scene};

/// A box is this wide before it says the kind beside the standing, in px.
const ROOMY: i32 = 188;

/// What a box shows.
pub(super) struct Shown<'a> {
    /// Its number among the picture's stops.
    pub(super) stop: usize,
    /// The entity.
    pub(super) id: &'a EntityRef,
    /// Its standing now.
    pub(super) standing: Standing,
    /// Where it is.
    pub(super) place: Rect,
    /// Its name, broken into lines.
    pub(super) name: &'a [String],
    /// All that the picture says of it, in words.
    pub(super) label: String,
    /// The stops that it is related to.
    pub(super) near: Vec<usize>,
}

/// Draws a box.
pub(super) fn entity_box(into: &mut Views, scene: &Scene, marks: Marks, shown: Shown<'_>) {
    let Shown { stop, id, standing, place, name, label, mut near } = shown;
    near.push(stop);
    let mut views = Views::default();
    views.title(&label);
    views.rect("graph-box", Rect::new(0, 0, place.width, place.height), 8);
    views.rect("graph-edge-of", Rect::new(0, 9, 3, place.height - 18), 1);
    views.path("graph-icon", (11, 9), icon(id.kind));
    let mut y = 21;
    for line in name {
        views.line("graph-name", (34, y), line);
        y += 17;
    }
    views.line("graph-standing", (34, y), &[glyph(standing), " ", scene.texts.standing(standing)].concat());
    if place.width >= ROOMY {
        views.line("graph-kind at-end", (place.width - 10, y), scene.texts.entity_kind(id.kind));
    }
    let mut look = marks.lit(&["graph-node is-", standing.as_str()].concat(), &near);
    look.set("transform", &moved(place.x, place.y));
    marks.stop(&mut look, scene, stop, id);
    into.hold(Tag::Link, look, views);
}
