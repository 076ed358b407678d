//! Evidence over time: a strip of the last checks, and a list with results in words.

use crate::view::{
    html::{code, div, li, ol, p, span},
    prelude::*,
};
use ops_model::{Claim, EntityRef, Observation, Outcome, Standing, event::plain, maintenance::Window};

use crate::{
    intl,
    parts::{badge, dot, entity_link, time},
    scope::Scene,
    texts::{Texts, fill},
};

/// What was observed of an entity's own health, oldest first.
#[must_use]
pub fn own_checks<'a>(scene: &'a Scene, id: &EntityRef) -> Vec<&'a Observation> {
    let all = scene.data.log.of(id).iter().map(AsRef::as_ref);
    all.filter(|observation| observation.claim == Claim::Health).collect::<Vec<_>>()
}

/// The last checks, oldest left, as a strip of marks.
#[must_use]
pub fn strip(scene: &Scene, observations: &[&Observation]) -> View {
    let texts = scene.texts;
    if observations.is_empty() {
        return p().class("quiet").child(texts.no_checks).draw();
    }
    let newest = observations.len().saturating_sub(40);
    let marks: Vec<View> = observations
        .iter()
        .skip(newest)
        .map(|observation| {
            let standing = outcome_standing(observation);
            let mut label =
                [texts.standing(standing), ", ", &intl::absolute(observation.event.time, texts.tag)].concat();
            if let Some(latency) = latency(observation, texts) {
                label.push_str(", ");
                label.push_str(&latency);
            }
            li().class(["mark is-", standing.as_str()].concat())
                .title(label.clone())
                .child(span().class("sr-only").child(label))
                .draw()
        })
        .collect::<Vec<_>>();
    ol().class("strip").attr("aria-label", texts.checks).child(marks).draw()
}

/// What an observation showed when it was made, whatever its age now.
const fn outcome_standing(observation: &Observation) -> Standing {
    match observation.outcome {
        Outcome::Met => Standing::Proven,
        Outcome::NotMet { .. } => Standing::Failing,
    }
}

/// The latest observations, newest first, at most `most` of them.
#[must_use]
pub fn timeline(scene: &Scene, observations: &[&Observation], most: usize) -> View {
    let texts = scene.texts;
    if observations.is_empty() {
        return p().class("quiet").child(texts.no_evidence).draw();
    }
    let items: Vec<View> =
        observations.iter().rev().take(most).map(|observation| entry(scene, observation, false)).collect::<Vec<_>>();
    ol().class("timeline").child(items).draw()
}

/// One observation in words; with the entity that it is about where the list is about many.
pub(super) fn entry(scene: &Scene, observation: &Observation, with_subject: bool) -> View {
    let texts = scene.texts;
    let event = &observation.event;
    let standing = observation.standing(scene.now);
    let mark = if !observation.claim.is_evidence() {
        said_mark(observation.claim, texts)
    } else if standing == Standing::Stale {
        badge(standing, texts.standing(standing))
    } else {
        dot(standing, texts)
    };
    let reason = match &observation.outcome {
        Outcome::Met => None,
        Outcome::NotMet { field, expected, observed } => Some(fill(texts.field_differs, &[field, expected, observed])),
    };
    let work = Window::of(observation).map(|window| {
        fill(texts.feed.span, &[&intl::absolute(window.from, texts.tag), &intl::absolute(window.until, texts.tag)])
    });
    let said = event.metadata.get("reason").or_else(|| event.metadata.get("text")).map(plain);
    let details: Vec<String> = reason.into_iter().chain(work).chain(said).chain(latency(observation, texts)).collect();
    let about = with_subject.then(|| (entity_link(scene, &observation.subject), " "));
    let actor = event.actor.clone().unwrap_or_default();
    li().class("entry")
        .child((
            mark,
            div().class("entry-text").child((
                about,
                code().child(event.event_type.clone()),
                " ",
                span().class("quiet").child((time(event.time, scene.now, texts), " ", actor)),
                (!details.is_empty()).then(|| p().class("entry-detail").child(details.join(" · "))),
            )),
        ))
        .draw()
}

/// How long the answer took, where the event says it.
fn latency(observation: &Observation, texts: &'static Texts) -> Option<String> {
    observation.event.metadata.get("latencyMs").map(|value| fill(texts.latency, &[&plain(value)]))
}

/// The mark of what proves nothing: neither good nor bad.
fn said_mark(claim: Claim, texts: &'static Texts) -> View {
    let (glyph, word) = if claim == Claim::Note { ("✎", texts.feed.note) } else { ("⚑", texts.feed.announcement) };
    span().class("dot is-said").attr("role", "img").attr("aria-label", word).title(word).child(glyph).draw()
}
