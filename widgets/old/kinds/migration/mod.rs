//! `migration`: what has to move, what is decided, what stands in the way, and how far it has come.

mod blockers;
mod board;

use crate::view::{html::progress, prelude::*};
use ops_model::{
    EntityKind, EntityRef, Standing,
    migration::{Move, Wave, wave},
};

use crate::{
    frame::Body,
    parts::{Look, Tag, Views, entity_link, flow_picture, measured, other_facts, recent_events, subsection, width_of},
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
    let (mut views, mut head, mut shown) = (Views::default(), Views::default(), Views::default());
    route(&mut head, scene, &wave);
    let blocked = wave.moves.iter().filter(|one| one.is_blocked()).count();
    bar(&mut head, scene, &wave, &[" · ", &fill(scene.texts.blockers, &[&blocked.to_string()])].concat());
    views.block(Tag::Div, "wave-head", head);
    blockers::first(&mut views, scene, &wave);
    switch(&mut shown, scene, is_flow);
    if is_flow {
        shown.add(flow_picture(scene, &wave));
    } else {
        shown.add(measured(scene));
        board::board(&mut shown, scene, &wave);
    }
    views.block(Tag::Div, "wave-view", shown);
    blockers::all(&mut views, scene, &wave);
    waves(&mut views, scene, id);
    views.add(recent_events(scene, &about));
    views.add(other_facts(scene, id, &[]).draw());
    let mut body = Views::default();
    body.block(Tag::Div, "", views);
    Body { standing: Some(standing), word: None, latest, view: body.together() }
}

fn route(into: &mut Views, scene: &Scene, wave: &Wave) {
    let texts = scene.texts;
    let mut views = Views::default();
    for (label, id) in [(texts.from, &wave.from), (texts.to, &wave.to)] {
        if label == texts.to {
            let mut arrow = Look::class("route-arrow");
            arrow.set("aria-hidden", "true");
            let mut sign = Views::default();
            sign.text("→");
            views.hold(Tag::Span, arrow, sign);
        }
        let mut end = Views::default();
        end.words(Tag::Span, "eyebrow", label);
        match id {
            Some(id) => end.add(entity_link(scene, id)),
            None => end.text(texts.not_recorded),
        }
        views.block(Tag::Div, "route-end", end);
    }
    into.block(Tag::Div, "route", views);
}

/// How much has moved, as a bar and in words.
fn bar(into: &mut Views, scene: &Scene, wave: &Wave, more: &str) {
    let (done, all) = (wave.done().to_string(), wave.moves.len().to_string());
    let words = fill(scene.texts.moved, &[&done, &all]);
    // A bar of nothing would be full.
    let most = if wave.moves.is_empty() { "1".to_owned() } else { all };
    let mut views = Views::default();
    views.add(progress().max(most).value(done).attr("aria-label", words.clone()).draw());
    views.words(Tag::Span, "progress-words", &[&words, more].concat());
    into.block(Tag::Div, "progress", views);
}

/// Board or flow; what the reader chose stays.
fn switch(into: &mut Views, scene: &Scene, is_flow: bool) {
    let texts = &scene.texts.migration;
    let mut choices = Views::default();
    for (name, value, chosen) in [(texts.board, "board", !is_flow), (texts.flow, "flow", is_flow)] {
        let view = scene.memory.text("migration-view");
        let mut look = Look::class("switch-choice");
        look.set("type", "button");
        look.set("aria-pressed", if chosen { "true" } else { "false" });
        look.on("click", Box::new(move |_| view.set(value.to_owned())));
        let mut inside = Views::default();
        inside.text(name);
        choices.hold(Tag::Button, look, inside);
    }
    let mut look = Look::class("switch");
    look.set("role", "group");
    look.set("aria-label", texts.shown_as);
    into.hold(Tag::Div, look, choices);
}

/// Every wave with its progress, where there is more than this one.
fn waves(into: &mut Views, scene: &Scene, own: &EntityRef) {
    let mut items = Views::default();
    let mut count = 0;
    for entity in scene.index().of_kind(EntityKind::MigrationWave) {
        let mut inside = Views::default();
        inside.add(entity_link(scene, &entity.id));
        bar(&mut inside, scene, &wave(scene.context(), &entity.id), "");
        items.block(Tag::Li, if entity.id == *own { "wave is-own" } else { "wave" }, inside);
        count += 1;
    }
    if count > 1 {
        let mut list = Views::default();
        list.block(Tag::Ul, "waves", items);
        into.add(subsection(scene.texts.migration.waves, list.together()));
    }
}
