//! A migration as a flow: a line for each thing that moves, as far as it has come.

use crate::view::prelude::*;
use ops_model::{
    Standing,
    graph::{self, Flow, FlowRow, Rect, fitted},
    health::health,
    migration::{Move, Need, Prerequisite, Stage, Wave},
};

use super::{
    boxes::{Shown, entity_box},
    list::{folded_list, item},
    names::kind,
    shapes::{Look, Tag, Views},
    surface::{Marks, Surface, surface},
    width::width_of,
};
use crate::{parts::glyph, scope::Scene, texts::fill};

/// A wave as a flow, from the environment that is left to the one that is entered.
#[must_use]
pub fn flow_picture(scene: &Scene, wave: &Wave) -> View {
    let texts = &scene.texts.migration;
    let flow = graph::flow(scene.index(), wave, width_of(scene));
    let stops = flow.stops();
    let marks = Marks::of(scene, stops.len());
    let (mut boxes, mut lines, mut items) = (Views::default(), Views::default(), Views::default());
    for (stop, one) in wave.moves.iter().enumerate() {
        let standing = health(scene.context(), &one.entity).standing;
        let said = described(scene, one);
        item(&mut items, scene, &one.entity, standing, &said);
        let Some(row) = flow.rows.get(stop) else { continue };
        line(&mut lines, scene, marks, stop, one, row, flow.labelled);
        let label = [&*scene.index().title(&one.entity), ", ", &said].concat();
        let shown =
            Shown { stop, id: &one.entity, standing, place: row.place, name: &row.name, label, near: Vec::new() };
        entity_box(&mut boxes, scene, marks, shown);
    }
    let (mut layers, mut below) = (Views::default(), Views::default());
    layers.decoration("graph-backs", ends(scene, wave, &flow));
    layers.decoration("graph-edges", lines);
    layers.hold(Tag::Group, Look::default(), boxes);
    // Where no name of a need fits into the picture, their order stands below it.
    if flow.heads.is_empty() && !flow.labelled {
        below.words(Tag::P, "quiet", &texts.needs.join(" → "));
    }
    if flow.left_out > 0 {
        below.words(Tag::P, "quiet", &fill(scene.texts.graph.left_out, &[&flow.left_out.to_string()]));
    }
    folded_list(&mut below, scene, items);
    let label = [texts.flow, ": ", &scene.instance.title].concat();
    let size = (flow.width, flow.height);
    surface(scene, marks, Surface { label, size, stops, links: Vec::new(), layers, below })
}

/// The frames of both environments, and the names of what has to be shown on the way.
fn ends(scene: &Scene, wave: &Wave, flow: &Flow) -> Views {
    let mut views = Views::default();
    for (frame, id) in [(flow.from, &wave.from), (flow.to, &wave.to)] {
        let (Some(frame), Some(id)) = (frame, id) else { continue };
        views.rect("graph-frame", frame, 12);
        let name = Flow::head(frame, &scene.index().title(id));
        views.line("graph-head-name", (frame.x + 14, frame.y + 31), &name);
    }
    for (need, x, y) in &flow.heads {
        views.line("graph-column at-middle", (*x, *y), scene.texts.migration.need(*need));
    }
    views
}

/// One line: solid as far as its needs are met, then dashed, with a mark for each need.
fn line(into: &mut Views, scene: &Scene, marks: Marks, stop: usize, one: &Move, row: &FlowRow, labelled: bool) {
    let [start, reached, end] = row.line;
    let stage = one.stage();
    let mut views = Views::default();
    for (class, from, to) in [("flow-line", reached, end), ("flow-line is-reached", start, reached)] {
        if from.0 < to.0 {
            views.path(class, from, &["M0 0H", &(to.0 - from.0).to_string()].concat());
        }
    }
    let narrow = start.0 < row.place.right();
    for (need, at) in one.needs.iter().zip(&row.marks) {
        mark(&mut views, scene, one, need, *at, (narrow, labelled));
    }
    let word = if narrow { "" } else { scene.texts.migration.stage(stage) };
    let word = fitted(&[sign(stage), " ", word].concat(), row.end.width - 12, 12);
    views.rect(&["flow-end is-", stage.as_str()].concat(), row.end, 8);
    let middle = (row.end.middle_x(), row.end.middle_y() + 4);
    views.line(&["flow-word at-middle is-", stage.as_str()].concat(), middle, word.trim_end());
    let look = marks.lit(&["graph-line flow-row is-", stage.as_str()].concat(), &[stop]);
    into.hold(Tag::Group, look, views);
}

/// A need: its sign in a circle, the decision with its word where there is room.
fn mark(
    into: &mut Views,
    scene: &Scene,
    one: &Move,
    need: &Prerequisite,
    (x, y): (i32, i32),
    (narrow, labelled): (bool, bool),
) {
    let name = scene.texts.migration.need(need.need);
    let said = mark_words(scene, one, need);
    let (sign, class) = match (need.need, one.disposition.as_deref()) {
        (Need::Decision, Some(word)) => (disposition_sign(word), "decided"),
        (Need::Decision, None) => ("?", "undecided"),
        _ => (glyph(need.standing), need.standing.as_str()),
    };
    let is_word = need.need == Need::Decision && !narrow;
    let text = [sign, " ", if is_word { said } else { "" }].concat();
    let half = if is_word { 48 } else { 12 };
    let mut views = Views::default();
    views.title(&[name, ", ", said].concat());
    views.rect("flow-mark-box", Rect::new(x - half, y - 12, 2 * half, 24), 12);
    views.line("flow-mark-sign at-middle", (x, y + 4), text.trim_end());
    if labelled {
        views.line("flow-need at-middle", (x, y + 27), &fitted(name, 56, 10));
    }
    into.block(Tag::Group, &["flow-mark is-", class].concat(), views);
}

/// What a mark says.
fn mark_words<'a>(scene: &Scene, one: &'a Move, need: &Prerequisite) -> &'a str {
    match (need.need, &one.disposition) {
        (Need::Decision, Some(word)) => scene.texts.migration.disposition(word),
        (Need::Decision, None) => scene.texts.undecided,
        _ => scene.texts.standing(need.standing),
    }
}

/// The sign of a disposition, readable without colour.
const fn disposition_sign(word: &str) -> &'static str {
    match word.as_bytes() {
        b"replace" => "⇄",
        b"retire" => "⊘",
        _ => "→",
    }
}

/// The sign of a stage.
const fn sign(stage: Stage) -> &'static str {
    match stage {
        Stage::Undecided => "?",
        Stage::Blocked => "!",
        Stage::Ready => "▸",
        Stage::Moving => "→",
        Stage::Moved => glyph(Standing::Proven),
    }
}

/// What the flow shows of a move, in words.
fn described(scene: &Scene, one: &Move) -> String {
    let texts = &scene.texts.migration;
    let mut parts = vec![kind(scene.texts, one.entity.kind), texts.stage(one.stage()).to_owned()];
    for need in &one.needs {
        parts.push([texts.need(need.need), ": ", mark_words(scene, one, need)].concat());
    }
    parts.join(", ")
}
