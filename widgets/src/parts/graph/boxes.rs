//! A box: an entity with its sign, its name and its standing, as a link to its own view.

use leptos::prelude::*;
use ops_model::{EntityRef, Standing, graph::Rect};

use super::{
    icons::icon,
    shapes::{moved, path, rect, title, words},
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
pub(super) fn entity_box(scene: &Scene, marks: &Marks, shown: Shown<'_>) -> AnyView {
    let Shown { stop, id, standing, place, name, label, mut near } = shown;
    near.push(stop);
    let here = Rect::new(0, 0, place.width, place.height);
    let mut views = vec![
        title(label.clone()),
        rect("graph-box", here, 8),
        rect("graph-edge-of", Rect::new(0, 9, 3, place.height - 18), 1),
        path("graph-icon", (11, 9), icon(id.kind)),
    ];
    let mut y = 21;
    for line in name {
        views.push(words("graph-name", (34, y), line.clone()));
        y += 17;
    }
    let standing_words = [glyph(standing), " ", scene.texts.standing(standing)].concat();
    views.push(words("graph-standing", (34, y), standing_words));
    if place.width >= ROOMY {
        views.push(words("graph-kind at-end", (place.width - 10, y), scene.texts.entity_kind(id.kind)));
    }
    let class = ["graph-node is-", standing.as_str()].concat();
    let look = marks.stop(scene, stop, id, label).live("class", marks.lit(class, near));
    look.with("transform", moved(place.x, place.y)).link(views)
}
