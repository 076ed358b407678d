//! What is announced for an entity, and what was remarked on it: shown in place, above its facts.

use crate::view::{
    html::{div, p, span},
    prelude::*,
};
use ops_model::{
    EntityRef, Observation,
    event::plain,
    maintenance::{Window, notes, windows},
};

use crate::{
    intl,
    parts::{entity_link, time},
    scope::Scene,
    texts::fill,
};

/// How many notes stand above the facts; all of them are in the timeline.
const NOTES: usize = 3;

/// Whether announced work goes on now for an entity: what fails is expected to.
#[must_use]
pub fn is_under_maintenance(scene: &Scene, id: &EntityRef) -> bool {
    windows(scene.context(), id).iter().any(|window| window.is_open(scene.now))
}

/// Open and coming maintenance, then the latest notes.
#[must_use]
pub fn announcements(scene: &Scene, id: &EntityRef) -> Option<View> {
    let context = scene.context();
    let windows: Vec<View> = windows(context, id).iter().map(|window| window_view(scene, id, window)).collect();
    let notes: Vec<View> = notes(context, id).take(NOTES).map(|note| note_view(scene, note)).collect();
    (!windows.is_empty() || !notes.is_empty()).then(|| div().class("announcements").child((windows, notes)).draw())
}

fn window_view(scene: &Scene, id: &EntityRef, window: &Window<'_>) -> View {
    let texts = scene.texts;
    let (from, until) = (intl::absolute(window.from, texts.tag), intl::absolute(window.until, texts.tag));
    let (class, words) = if window.is_open(scene.now) {
        ("announcement is-open", fill(texts.feed.under_maintenance, &[&until]))
    } else {
        ("announcement", fill(texts.feed.maintenance_ahead, &[&from, &until]))
    };
    let through = (window.by.subject != *id).then(|| (" · ", entity_link(scene, &window.by.subject)));
    p().class(class)
        .attr("role", "note")
        .child((
            span().class("glyph").attr("aria-hidden", "true").child("⚑ "),
            words,
            through,
            ": ",
            window.reason.clone(),
        ))
        .draw()
}

fn note_view(scene: &Scene, note: &Observation) -> View {
    let text = note.event.metadata.get("text").map(plain).unwrap_or_default();
    let who = note.event.actor.clone().map(|who| [" · ", &who].concat());
    p().class("announcement")
        .attr("role", "note")
        .child((
            span().class("glyph").attr("aria-hidden", "true").child("✎ "),
            text,
            " ",
            span().class("quiet").child((time(note.event.time, scene.now, scene.texts), who)),
        ))
        .draw()
}
