//! Evidence over time: a strip of the last checks, and a list with results in words.

use leptos::{
    html::{code, div, li, ol, p, span},
    prelude::*,
};
use ops_model::{Observation, Outcome, Standing, event::plain};

use crate::{
    intl,
    parts::{badge, dot, time},
    scope::Scene,
    texts::fill,
};

/// The last checks, oldest left, as a strip of marks.
#[must_use]
pub fn strip(scene: &Scene, observations: &[&Observation]) -> AnyView {
    let texts = scene.texts;
    if observations.is_empty() {
        return p().class("quiet").child(texts.no_checks).into_any();
    }
    let newest = observations.len().saturating_sub(40);
    let marks: Vec<AnyView> = observations
        .iter()
        .skip(newest)
        .map(|observation| {
            let standing = outcome_standing(observation);
            let label = [texts.standing(standing), ", ", &intl::absolute(observation.event.time, texts.tag)].concat();
            li().class(["mark is-", standing.as_str()].concat())
                .title(label.clone())
                .child(span().class("sr-only").child(label))
                .into_any()
        })
        .collect();
    ol().class("strip").attr("aria-label", texts.checks).child(marks).into_any()
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
pub fn timeline(scene: &Scene, observations: &[&Observation], most: usize) -> AnyView {
    let texts = scene.texts;
    if observations.is_empty() {
        return p().class("quiet").child(texts.no_evidence).into_any();
    }
    let items: Vec<AnyView> =
        observations.iter().rev().take(most).map(|observation| entry(scene, observation)).collect();
    ol().class("timeline").child(items).into_any()
}

fn entry(scene: &Scene, observation: &Observation) -> AnyView {
    let texts = scene.texts;
    let event = &observation.event;
    let standing = observation.standing(scene.now);
    let mark =
        if standing == Standing::Stale { badge(standing, texts.standing(standing)) } else { dot(standing, texts) };
    let reason = match &observation.outcome {
        Outcome::Met => None,
        Outcome::NotMet { field, expected, observed } => Some(fill(texts.field_differs, &[field, expected, observed])),
    };
    let said = event.metadata.get("reason").map(plain);
    let latency = event.metadata.get("latencyMs").map(|value| fill(texts.latency, &[&plain(value)]));
    let details: Vec<String> = reason.into_iter().chain(said).chain(latency).collect();
    let actor = event.actor.clone().unwrap_or_default();
    li().class("entry")
        .child((
            mark,
            div().class("entry-text").child((
                code().child(event.event_type.clone()),
                " ",
                span().class("quiet").child((time(event.time, scene.now, texts), " ", actor)),
                (!details.is_empty()).then(|| p().class("entry-detail").child(details.join(" · "))),
            )),
        ))
        .into_any()
}
