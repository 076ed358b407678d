//! `migration`: what has to move, what is decided, what stands in the way, and how far it has come.

mod blockers;
mod board;

use leptos::{
    ev,
    html::{button, div, li, progress, span, ul},
    prelude::*,
};
use ops_model::{
    EntityKind, EntityRef, Standing,
    migration::{Move, Wave, wave},
};

use crate::{
    frame::Body,
    parts::{entity_link, flow_picture, measured, other_facts, recent_events, subsection, width_of},
    scope::Scene,
    texts::fill,
};

/// From this width on the flow is shown first, in px: below it a board reads better.
const ROOMY: i32 = 640;

/// Renders a migration wave.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let wave = wave(scene.context(), id);
    let standing = match () {
        () if wave.moves.iter().any(Move::is_held) => Standing::Failing,
        () if !wave.moves.is_empty() && wave.done() == wave.moves.len() => Standing::Proven,
        () => Standing::Unproven,
    };
    let mut about = vec![id.clone()];
    let mut latest = None;
    for one in &wave.moves {
        about.push(one.entity.clone());
        latest = latest.max(one.by.as_ref().map(|by| by.event.time));
    }
    let chosen = scene.memory.text("migration-view").get();
    let is_flow = if chosen.is_empty() { width_of(scene) >= ROOMY } else { chosen == "flow" };
    let shown = if is_flow {
        vec![switch(scene, is_flow), flow_picture(scene, &wave)]
    } else {
        vec![switch(scene, is_flow), measured(scene), board::board(scene, &wave)]
    };
    let views = vec![
        div().class("wave-head").child(vec![route(scene, &wave), progress_view(scene, &wave)]).into_any(),
        blockers::first(scene, &wave),
        div().class("wave-view").child(shown).into_any(),
        blockers::all(scene, &wave),
        waves(scene, id),
        recent_events(scene, &about),
        other_facts(scene, id, &[]).into_any(),
    ];
    Body { standing: Some(standing), word: None, latest, view: div().child(views).into_any() }
}

fn route(scene: &Scene, wave: &Wave) -> AnyView {
    let texts = scene.texts;
    let end = |label: &'static str, id: &Option<EntityRef>| {
        let place = match id {
            Some(id) => entity_link(scene, id),
            None => texts.not_recorded.into_any(),
        };
        div().class("route-end").child(vec![span().class("eyebrow").child(label).into_any(), place]).into_any()
    };
    let arrow = span().class("route-arrow").attr("aria-hidden", "true").child("→").into_any();
    div().class("route").child(vec![end(texts.from, &wave.from), arrow, end(texts.to, &wave.to)]).into_any()
}

fn progress_view(scene: &Scene, wave: &Wave) -> AnyView {
    let blocked = wave.moves.iter().filter(|one| one.is_blocked()).count();
    let blocked = fill(scene.texts.blockers, &[&blocked.to_string()]);
    let words = [progress_words(scene, wave), blocked].join(" · ");
    bar(scene, wave, words)
}

fn progress_words(scene: &Scene, wave: &Wave) -> String {
    fill(scene.texts.moved, &[&wave.done().to_string(), &wave.moves.len().to_string()])
}

fn bar(scene: &Scene, wave: &Wave, words: String) -> AnyView {
    // A bar of nothing would be full.
    let most = wave.moves.len().max(1).to_string();
    let label = progress_words(scene, wave);
    let bar = progress().max(most).value(wave.done().to_string()).attr("aria-label", label).into_any();
    div().class("progress").child(vec![bar, span().class("progress-words").child(words).into_any()]).into_any()
}

/// Board or flow; what the reader chose stays.
fn switch(scene: &Scene, is_flow: bool) -> AnyView {
    let texts = &scene.texts.migration;
    let choice = |name: &'static str, value: &'static str, chosen: bool| {
        let view = scene.memory.text("migration-view");
        button()
            .r#type("button")
            .class("switch-choice")
            .attr("aria-pressed", if chosen { "true" } else { "false" })
            .on(ev::click, move |_| view.set(value.to_owned()))
            .child(name)
            .into_any()
    };
    div()
        .class("switch")
        .attr("role", "group")
        .attr("aria-label", texts.shown_as)
        .child(vec![choice(texts.board, "board", !is_flow), choice(texts.flow, "flow", is_flow)])
        .into_any()
}

/// Every wave with its progress, where there is more than this one.
fn waves(scene: &Scene, own: &EntityRef) -> AnyView {
    let mut items = Vec::new();
    for entity in scene.index().of_kind(EntityKind::MigrationWave) {
        let wave = wave(scene.context(), &entity.id);
        let views = vec![entity_link(scene, &entity.id), bar(scene, &wave, progress_words(scene, &wave))];
        let class = if entity.id == *own { "wave is-own" } else { "wave" };
        items.push(li().class(class).child(views).into_any());
    }
    if items.len() < 2 {
        return ().into_any();
    }
    subsection(scene.texts.migration.waves, ul().class("waves").child(items).into_any())
}
