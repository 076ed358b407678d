//! What stands in the way of a wave, first things first, and what would clear it.

use leptos::{
    html::{code, div, li, ol, p, span},
    prelude::*,
};
use ops_model::{
    EntityRef, Standing,
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
    let moving = wave.moves.iter().find(|one| one.stage() == Stage::Moving);
    // What is ready need not wait for what is not; but what is blocked is said first.
    let (words, cure) = match (blockers.first(), wave.next(), moving) {
        (Some(blocker), _, _) => (todo(scene, blocker), cure(scene, blocker, wave)),
        (None, Some(ready), _) => (about(scene, texts.start, &ready.entity), ().into_any()),
        (None, None, Some(moving)) => (about(scene, texts.finish, &moving.entity), ().into_any()),
        (None, None, None) => (vec![texts.all_moved.into_any()], ().into_any()),
    };
    let name = p().class("eyebrow").child(texts.first).into_any();
    div().class("next first").child(vec![name, p().class("first-words").child(words).into_any(), cure]).into_any()
}

/// Everything that stands in the way; nothing where that is what [`first`] says already.
pub(super) fn all(scene: &Scene, wave: &Wave) -> AnyView {
    let blockers = wave.blockers();
    if blockers.len() < 2 {
        return ().into_any();
    }
    let mut items = Vec::new();
    for blocker in &blockers {
        let standing = match blocker {
            Blocker::Held(..) => Standing::Failing,
            Blocker::Open { clearing, .. } => clearing.standing,
        };
        let words = div().class("blocker-words").child(todo(scene, blocker)).into_any();
        let words = div().child(vec![words, cure(scene, blocker, wave)]).into_any();
        items.push(li().class("blocker").child(vec![dot(standing, scene.texts), words]).into_any());
    }
    subsection(scene.texts.migration.in_the_way, ol().class("blockers").child(items).into_any())
}

fn todo(scene: &Scene, blocker: &Blocker<'_>) -> Vec<AnyView> {
    let texts = &scene.texts.migration;
    match blocker {
        Blocker::Held(id, reason) => {
            let mut words = about(scene, texts.unblock, id);
            if !reason.is_empty() {
                words.push([": ", reason].concat().into_any());
            }
            words
        }
        Blocker::Open { need, clearing, .. } => about(scene, texts.todo(*need), &clearing.subject),
    }
}

/// A sentence with an entity in it.
pub(super) fn about(scene: &Scene, words: &'static str, id: &EntityRef) -> Vec<AnyView> {
    let (before, after) = words.split_once("{}").unwrap_or((words, ""));
    vec![before.into_any(), entity_link(scene, id), after.into_any()]
}

fn cure(scene: &Scene, blocker: &Blocker<'_>, wave: &Wave) -> AnyView {
    let texts = &scene.texts.migration;
    let Blocker::Open { clearing, holds, .. } = blocker else { return ().into_any() };
    let mut words = shown_by(scene, clearing);
    words.push([" · ", &fill(texts.holds, &[&holds.to_string(), &wave.moves.len().to_string()])].concat().into_any());
    p().class("quiet").child(words).into_any()
}

/// The event types that would show what is needed.
pub(super) fn shown_by(scene: &Scene, clearing: &Clearing) -> Vec<AnyView> {
    let texts = &scene.texts.migration;
    if clearing.events.is_empty() {
        return vec![texts.no_evidence_possible.into_any()];
    }
    let (before, after) = texts.evidence.split_once("{}").unwrap_or((texts.evidence, ""));
    let mut words = vec![before.into_any()];
    for name in &clearing.events {
        words.push(span().child(vec![code().child(name.clone()).into_any(), " ".into_any()]).into_any());
    }
    words.push(after.into_any());
    words
}
