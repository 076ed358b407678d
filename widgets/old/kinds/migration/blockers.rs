//! What stands in the way of a wave, first things first, and what would clear it.

use crate::view::{html::code, prelude::*};
use ops_model::{
    EntityRef, Standing,
    migration::{Blocker, Clearing, Stage, Wave},
};

use crate::{
    parts::{Tag, Views, dot, entity_link, subsection},
    scope::Scene,
    texts::{around, fill},
};

/// The first thing to do, as one line.
pub(super) fn first(into: &mut Views, scene: &Scene, wave: &Wave) {
    let texts = &scene.texts.migration;
    let blockers = wave.blockers();
    let moving = wave.moves.iter().find(|one| one.stage() == Stage::Moving);
    let (mut views, mut words) = (Views::default(), Views::default());
    // What is ready need not wait for what is not; but what is blocked is said first.
    match (blockers.first(), wave.next(), moving) {
        (Some(blocker), _, _) => todo(&mut words, scene, blocker),
        (None, Some(ready), _) => about(&mut words, scene, texts.start, &ready.entity),
        (None, None, Some(moving)) => about(&mut words, scene, texts.finish, &moving.entity),
        (None, None, None) => words.text(texts.all_moved),
    }
    views.words(Tag::P, "eyebrow", texts.first);
    views.block(Tag::P, "first-words", words);
    if let Some(blocker) = blockers.first() {
        cure(&mut views, scene, blocker, wave);
    }
    into.block(Tag::Div, "next first", views);
}

/// Everything that stands in the way; nothing where that is what [`first`] says already.
pub(super) fn all(into: &mut Views, scene: &Scene, wave: &Wave) {
    let blockers = wave.blockers();
    if blockers.len() < 2 {
        return;
    }
    let (mut list, mut items) = (Views::default(), Views::default());
    for blocker in &blockers {
        let standing = match blocker {
            Blocker::Held(..) => Standing::Failing,
            Blocker::Open { clearing, .. } => clearing.standing,
        };
        let (mut views, mut inside, mut words) = (Views::default(), Views::default(), Views::default());
        todo(&mut words, scene, blocker);
        inside.block(Tag::Div, "blocker-words", words);
        cure(&mut inside, scene, blocker, wave);
        views.add(dot(standing, scene.texts));
        views.block(Tag::Div, "", inside);
        items.block(Tag::Li, "blocker", views);
    }
    list.block(Tag::Ul, "blockers", items);
    into.add(subsection(scene.texts.migration.in_the_way, list.together()));
}

fn todo(into: &mut Views, scene: &Scene, blocker: &Blocker<'_>) {
    let texts = &scene.texts.migration;
    match blocker {
        Blocker::Held(id, reason) => {
            about(into, scene, texts.unblock, id);
            if !reason.is_empty() {
                into.text(": ");
                into.text(reason);
            }
        }
        Blocker::Open { need, clearing, .. } => about(into, scene, texts.todo(*need), &clearing.subject),
    }
}

/// A sentence with an entity in it.
pub(super) fn about(into: &mut Views, scene: &Scene, words: &'static str, id: &EntityRef) {
    let (before, after) = around(words);
    into.text(before);
    into.add(entity_link(scene, id));
    into.text(after);
}

fn cure(into: &mut Views, scene: &Scene, blocker: &Blocker<'_>, wave: &Wave) {
    let Blocker::Open { clearing, holds, .. } = blocker else { return };
    let holds = fill(scene.texts.migration.holds, &[&holds.to_string(), &wave.moves.len().to_string()]);
    let mut words = Views::default();
    shown_by(&mut words, scene, clearing);
    words.text(&[" · ", &holds].concat());
    into.block(Tag::P, "quiet", words);
}

/// The event types that would show what is needed.
pub(super) fn shown_by(into: &mut Views, scene: &Scene, clearing: &Clearing) {
    let texts = &scene.texts.migration;
    if clearing.events.is_empty() {
        return into.text(texts.no_evidence_possible);
    }
    let (before, after) = around(texts.evidence);
    into.text(before);
    for name in &clearing.events {
        into.add(code().child(name.clone()).draw());
        into.text(" ");
    }
    into.text(after);
}
