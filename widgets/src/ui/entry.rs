//! One observation in words.

use std::sync::Arc;

use leptos::prelude::*;
use ops_model::{Claim, Observation, Outcome, Standing, event::plain, maintenance::Window};

use super::{Badge, EntityLink, RelativeTime, StandingDot};
use crate::{
    hub::use_hub,
    intl,
    texts::{Texts, fill, use_texts},
};

/// An item of a timeline: its result, its type, when and by whom it was recorded, and what it says.
#[component]
pub fn Entry(
    observation: Arc<Observation>,
    /// Whether the entity that it is about is named: so where a list is about many.
    #[prop(optional)]
    with_subject: bool,
) -> impl IntoView {
    let (now, texts) = (use_hub().now, use_texts());
    let event = observation.event.clone();
    let claim = observation.claim;
    let details = details(&observation, texts).join(" · ");
    let subject = with_subject.then(|| observation.subject.clone());
    let standing = Memo::new(move |_| observation.standing(now.get()));
    let mark = move || match standing.get() {
        _ if !claim.is_evidence() => view! { <SaidMark claim /> }.into_any(),
        Standing::Stale => view! { <Badge standing=Standing::Stale word=texts.standing(Standing::Stale) /> }.into_any(),
        standing => view! { <StandingDot standing /> }.into_any(),
    };
    view! {
        <li class="entry">
            {mark}
            <div class="entry-text">
                {subject.map(|entity| view! { <EntityLink entity />" " })}
                <code>{event.event_type.clone()}</code>
                " "
                <span class="quiet"><RelativeTime at=event.time />" "{event.actor.clone()}</span>
                {(!details.is_empty()).then(|| view! { <p class="entry-detail">{details}</p> })}
            </div>
        </li>
    }
}

/// The mark of what proves nothing: neither good nor bad.
#[component]
fn SaidMark(claim: Claim) -> impl IntoView {
    let texts = use_texts();
    let (sign, word) = if claim == Claim::Note { ("✎", texts.feed.note) } else { ("⚑", texts.feed.announcement) };
    view! { <span class="dot is-said" role="img" aria-label=word title=word>{sign}</span> }
}

/// What an observation says beyond its type: why it failed, the span of announced work, its reason, how long
/// the answer took.
fn details(observation: &Observation, texts: &'static Texts) -> Vec<String> {
    let metadata = &observation.event.metadata;
    let failure = match &observation.outcome {
        Outcome::Met => None,
        Outcome::NotMet { field, expected, observed } => Some(fill(texts.field_differs, &[field, expected, observed])),
    };
    let span = Window::of(observation).map(|window| {
        fill(texts.feed.span, &[&intl::absolute(window.from, texts.tag), &intl::absolute(window.until, texts.tag)])
    });
    let said = metadata.get("reason").or_else(|| metadata.get("text")).map(plain);
    [failure, span, said, latency(observation, texts)].into_iter().flatten().collect()
}

/// How long the answer took, where the event says it.
pub(crate) fn latency(observation: &Observation, texts: &'static Texts) -> Option<String> {
    observation.event.metadata.get("latencyMs").map(|value| fill(texts.latency, &[&plain(value)]))
}
