//! `migration`: what has to move, what is decided, and what stands in the way.

use crate::view::{
    html::{div, li, p, progress, span, ul},
    prelude::*,
};
use ops_model::{
    Standing,
    migration::{Move, Wave, wave},
};

use crate::{
    frame::Body,
    parts::{dot, entity_link, other_facts, recent_events},
    scope::Scene,
    texts::fill,
};

/// Renders a migration wave.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let wave = wave(scene.context(), id);
    let moves: Vec<View> = wave.moves.iter().map(|one| move_view(scene, one)).collect();
    let blocked = wave.moves.iter().filter(|one| one.is_blocked()).count();
    let standing = match () {
        () if wave.moves.iter().any(|one| one.step.as_deref() == Some("blocked")) => Standing::Failing,
        () if !wave.moves.is_empty() && wave.done() == wave.moves.len() => Standing::Proven,
        () => Standing::Unproven,
    };

    let mut about = vec![id.clone()];
    about.extend(wave.moves.iter().map(|one| one.entity.clone()));

    Body {
        standing: Some(standing),
        word: None,
        latest: wave.moves.iter().filter_map(|one| one.by.as_ref()).map(|by| by.event.time).max(),
        view: div()
            .child((
                route(scene, &wave),
                progress_view(scene, &wave, blocked),
                ul().class("moves").child(moves),
                recent_events(scene, &about),
                other_facts(scene, id, &[]),
            ))
            .draw(),
    }
}

fn route(scene: &Scene, wave: &Wave) -> View {
    let texts = scene.texts;
    let end = |label: &'static str, id: Option<&ops_model::EntityRef>| {
        let place = match id {
            Some(id) => entity_link(scene, id),
            None => texts.not_recorded.draw(),
        };
        div().class("route-end").child((span().class("eyebrow").child(label), place))
    };
    div()
        .class("route")
        .child((
            end(texts.from, wave.from.as_ref()),
            span().class("route-arrow").attr("aria-hidden", "true").child("→"),
            end(texts.to, wave.to.as_ref()),
        ))
        .draw()
}

fn progress_view(scene: &Scene, wave: &Wave, blocked: usize) -> View {
    let texts = scene.texts;
    let done = wave.done().to_string();
    let all = wave.moves.len().to_string();
    let words = fill(texts.moved, &[&done, &all]);
    div()
        .class("progress")
        .child((
            progress().max(all).value(done).attr("aria-label", words.clone()),
            span()
                .class("progress-words")
                .child([&words, " · ", &fill(texts.blockers, &[&blocked.to_string()])].concat()),
        ))
        .draw()
}

fn move_view(scene: &Scene, one: &Move) -> View {
    let texts = scene.texts;
    let disposition = match &one.disposition {
        Some(disposition) => span().class("tag").child(disposition.clone()).draw(),
        None => span().class("tag gap-tag").child(texts.undecided).draw(),
    };
    let need = |name: &'static str, standing: Standing| {
        span().class("need").child((dot(standing, texts), span().child(name))).draw()
    };
    li().class("move")
        .attr("data-move", one.entity.to_string())
        .child((
            div().class("move-head").child((
                entity_link(scene, &one.entity),
                span().class("quiet").child(texts.entity_kind(one.entity.kind)),
                disposition,
            )),
            one.step.clone().map(|step| p().class("quiet").child(step)),
            div().class("needs").child((
                need(texts.backup, one.backup),
                need(texts.restore, one.restore),
                need(texts.target, one.target),
            )),
        ))
        .draw()
}
