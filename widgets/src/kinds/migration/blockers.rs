//! What stands in the way of a wave, first things first, and what would clear it.

use leptos::{
    html::{code, div, li, ol, p, span},
    prelude::*,
};
use ops_model::{
    EntityRef,
    migration::{Blocker, Clearing, Stage, Wave},
};

use crate::{
    parts::{dot, entity_link, subsection},
    scope::Scene,
    texts::fill,
};

/// The first thing to do, as one line.
pub(super) fn first(scene: &Scene, wave: &Wave) -> AnyView {
    let texts = &scene.texts.migration;
    let blockers = wave.blockers();
    let moving = || wave.moves.iter().find(|one| one.stage() == Stage::Moving);
    let (words, cure) = match (blockers.first(), wave.next(), moving()) {
        // What is ready need not wait for what is not; but what is blocked is said first.
        (Some(blocker), _, _) => (todo(scene, blocker), cure(scene, blocker, wave.moves.len())),
        (None, Some(ready), _) => (about(scene, texts.start, &ready.entity), ().into_any()),
        (None, None, Some(moving)) => (about(scene, texts.finish, &moving.entity), ().into_any()),
        (None, None, None) => (texts.all_moved.into_any(), ().into_any()),
    };
    div()
        .class("next first")
        .child((p().class("eyebrow").child(texts.first), p().class("first-words").child(words), cure))
        .into_any()
}

/// Everything that stands in the way; nothing where that is what [`first`] says already.
pub(super) fn all(scene: &Scene, wave: &Wave) -> Option<AnyView> {
    let blockers = wave.blockers();
    if blockers.len() < 2 {
        return None;
    }
    let items: Vec<AnyView> = blockers
        .iter()
        .map(|blocker| {
            let mark = match blocker {
                Blocker::Held(..) => dot(ops_model::Standing::Failing, scene.texts),
                Blocker::Open { clearing, .. } => dot(clearing.standing, scene.texts),
            };
            let words = div().class("blocker-words").child(todo(scene, blocker));
            li().class("blocker").child((mark, div().child((words, cure(scene, blocker, wave.moves.len()))))).into_any()
        })
        .collect();
    Some(subsection(scene.texts.migration.in_the_way, ol().class("blockers").child(items).into_any()))
}

fn todo(scene: &Scene, blocker: &Blocker<'_>) -> AnyView {
    let texts = &scene.texts.migration;
    match blocker {
        Blocker::Held(id, reason) => {
            let reason = (!reason.is_empty()).then(|| [": ", reason].concat());
            (about(scene, texts.unblock, id), reason).into_any()
        }
        Blocker::Open { need, clearing, .. } => about(scene, texts.todo(*need), &clearing.subject),
    }
}

/// A sentence with an entity in it.
fn about(scene: &Scene, words: &'static str, id: &EntityRef) -> AnyView {
    let (before, after) = words.split_once("{}").unwrap_or((words, ""));
    (before, entity_link(scene, id), after).into_any()
}

fn cure(scene: &Scene, blocker: &Blocker<'_>, all: usize) -> AnyView {
    let texts = &scene.texts.migration;
    let Blocker::Open { clearing, holds, .. } = blocker else { return ().into_any() };
    let holds = fill(texts.holds, &[&holds.len().to_string(), &all.to_string()]);
    p().class("quiet").child((shown_by(scene, clearing), " · ", holds)).into_any()
}

/// The event types that would show what is needed.
pub(super) fn shown_by(scene: &Scene, clearing: &Clearing) -> AnyView {
    let texts = &scene.texts.migration;
    if clearing.events.is_empty() {
        return texts.no_evidence_possible.into_any();
    }
    let (before, after) = texts.evidence.split_once("{}").unwrap_or((texts.evidence, ""));
    let names: Vec<AnyView> = clearing.events.iter().map(|name| (code().child(name.clone()), " ").into_any()).collect();
    span().child((before, names, after)).into_any()
}
