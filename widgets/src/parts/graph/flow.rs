//! A migration as a flow: a line for each thing that moves, as far as it has come.

use leptos::{html::p, prelude::*};
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
    shapes::{Look, decoration, path, rect, title, words},
    surface::{Marks, Surface, surface},
    width::width_of,
};
use crate::{parts::glyph, scope::Scene, texts::fill};

/// A wave as a flow, from the environment that is left to the one that is entered.
#[must_use]
pub fn flow_picture(scene: &Scene, wave: &Wave) -> AnyView {
    let texts = &scene.texts.migration;
    let flow = graph::flow(scene.index(), wave, width_of(scene));
    let stops = flow.stops();
    let marks = Marks::of(scene, stops.len());
    let (mut boxes, mut lines, mut items) = (Vec::new(), Vec::new(), Vec::new());
    for (stop, one) in wave.moves.iter().enumerate() {
        let standing = health(scene.context(), &one.entity).standing;
        let said = described(scene, one);
        items.push(item(scene, &one.entity, standing, &said));
        let Some(row) = flow.rows.get(stop) else { continue };
        lines.push(line(scene, &marks, stop, one, row, flow.labelled));
        let label = [scene.index().title(&one.entity), ", ", &said].concat();
        let shown =
            Shown { stop, id: &one.entity, standing, place: row.place, name: &row.name, label, near: Vec::new() };
        boxes.push(entity_box(scene, &marks, shown));
    }
    let layers = vec![
        decoration("graph-backs", ends(scene, wave, &flow)),
        decoration("graph-edges", lines),
        Look::default().group(boxes),
    ];
    let mut below = Vec::new();
    // Where no name of a need fits into the picture, their order stands below it.
    if flow.heads.is_empty() && !flow.labelled {
        below.push(p().class("quiet").child(texts.needs.join(" → ")).into_any());
    }
    if flow.left_out > 0 {
        let words = fill(scene.texts.graph.left_out, &[&flow.left_out.to_string()]);
        below.push(p().class("quiet").child(words).into_any());
    }
    below.push(folded_list(scene, items));
    let label = [texts.flow, ": ", &scene.instance.title].concat();
    let size = (flow.width, flow.height);
    surface(scene, &marks, Surface { label, size, stops, links: Vec::new(), layers, below: below.into_any() })
}

/// The frames of both environments, and the names of what has to be shown on the way.
fn ends(scene: &Scene, wave: &Wave, flow: &Flow) -> Vec<AnyView> {
    let mut views = Vec::new();
    for (frame, id) in [(flow.from, &wave.from), (flow.to, &wave.to)] {
        let (Some(frame), Some(id)) = (frame, id) else { continue };
        views.push(rect("graph-frame", frame, 12));
        views.push(words("graph-head-name", (frame.x + 14, frame.y + 31), Flow::head(frame, scene.index().title(id))));
    }
    let names = &scene.texts.migration;
    for (need, x, y) in &flow.heads {
        views.push(words("graph-column at-middle", (*x, *y), names.need(*need)));
    }
    views
}

/// One line: solid as far as its needs are met, then dashed, with a mark for each need.
fn line(scene: &Scene, marks: &Marks, stop: usize, one: &Move, row: &FlowRow, labelled: bool) -> AnyView {
    let [start, reached, end] = row.line;
    let straight = |from: (i32, i32), to: (i32, i32)| {
        ["M", &from.0.to_string(), " ", &from.1.to_string(), "H", &to.0.to_string()].concat()
    };
    let stage = one.stage();
    let mut views = Vec::new();
    if reached.0 < end.0 {
        views.push(path("flow-line", (0, 0), straight(reached, end)));
    }
    if start.0 < reached.0 {
        views.push(path("flow-line is-reached", (0, 0), straight(start, reached)));
    }
    let narrow = row.line[0].0 < row.place.right();
    for (need, at) in one.needs.iter().zip(&row.marks) {
        views.push(mark(scene, one, need, *at, (narrow, labelled)));
    }
    let word = scene.texts.migration.stage(stage);
    let word = [sign(stage), " ", word].concat();
    let word = if narrow { sign(stage).to_owned() } else { fitted(&word, row.end.width - 12, 12) };
    views.push(rect(["flow-end is-", stage.as_str()].concat(), row.end, 8));
    views.push(words(
        ["flow-word at-middle is-", stage.as_str()].concat(),
        (row.end.middle_x(), row.end.middle_y() + 4),
        word,
    ));
    let class = ["graph-line flow-row is-", stage.as_str()].concat();
    Look::default().live("class", marks.lit(class, vec![stop])).group(views)
}

/// A need: its sign in a circle, the decision with its word where there is room.
fn mark(
    scene: &Scene,
    one: &Move,
    need: &Prerequisite,
    (x, y): (i32, i32),
    (narrow, labelled): (bool, bool),
) -> AnyView {
    let texts = &scene.texts.migration;
    let name = texts.need(need.need);
    let decided = one.disposition.as_deref();
    let (text, class) = match (need.need, decided) {
        (Need::Decision, Some(word)) => ([disposition_sign(word), " ", texts.disposition(word)].concat(), "decided"),
        (Need::Decision, None) => (["? ", scene.texts.undecided].concat(), "undecided"),
        _ => (glyph(need.standing).to_owned(), need.standing.as_str()),
    };
    let is_word = need.need == Need::Decision && !narrow;
    let text = if is_word { text } else { text.chars().take(1).collect() };
    let half = if is_word { 48 } else { 12 };
    let mut views = vec![
        title([name, ", ", &mark_words(scene, one, need)].concat()),
        rect("flow-mark-box", Rect::new(x - half, y - 12, 2 * half, 24), 12),
        words("flow-mark-sign at-middle", (x, y + 4), text),
    ];
    if labelled {
        views.push(words("flow-need at-middle", (x, y + 27), fitted(name, 56, 10)));
    }
    Look::class(["flow-mark is-", class].concat()).group(views)
}

fn mark_words(scene: &Scene, one: &Move, need: &Prerequisite) -> String {
    match (need.need, &one.disposition) {
        (Need::Decision, Some(word)) => scene.texts.migration.disposition(word).to_owned(),
        (Need::Decision, None) => scene.texts.undecided.to_owned(),
        _ => scene.texts.standing(need.standing).to_owned(),
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
        parts.push([texts.need(need.need), ": ", &mark_words(scene, one, need)].concat());
    }
    parts.join(", ")
}
