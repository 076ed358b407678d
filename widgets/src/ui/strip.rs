//! The last checks of an entity as a strip of marks.

use leptos::prelude::*;
use ops_model::{Claim, EntityRef, EvidenceLog, Observation, Outcome, Standing, Timestamp};

use super::entry::latency;
use crate::{
    hub::use_hub,
    intl,
    texts::{Texts, use_texts},
};

/// How many checks are shown.
const SHOWN: usize = 40;

/// One check: what it showed when it was made, whatever its age is now.
#[derive(Clone, Debug, PartialEq)]
struct Check {
    event: String,
    standing: Standing,
    at: Timestamp,
    /// How long the answer took, in words.
    latency: Option<String>,
}

impl Check {
    fn of(observation: &Observation, texts: &'static Texts) -> Self {
        let event = &observation.event;
        let standing = match observation.outcome {
            Outcome::Met => Standing::Proven,
            Outcome::NotMet { .. } => Standing::Failing,
        };
        Self { event: event.id.clone(), standing, at: event.time, latency: latency(observation, texts) }
    }

    fn words(&self, texts: &Texts) -> String {
        let mut words = vec![texts.standing(self.standing).to_owned(), intl::absolute(self.at, texts.tag)];
        words.extend(self.latency.clone());
        words.join(", ")
    }
}

/// What was observed of an entity's own health, newest first.
fn own_checks<'a>(log: &'a EvidenceLog, id: &EntityRef) -> impl Iterator<Item = &'a Observation> {
    log.of(id).iter().rev().map(AsRef::as_ref).filter(|observation| observation.claim == Claim::Health)
}

/// Whether the health of an entity was ever checked.
#[must_use]
pub fn has_checks(log: &EvidenceLog, id: &EntityRef) -> bool {
    own_checks(log, id).next().is_some()
}

/// The last checks of an entity, oldest left.
#[component]
pub fn Strip(entity: EntityRef) -> impl IntoView {
    let (evidence, texts) = (use_hub().evidence, use_texts());
    let checks = Memo::new(move |_| {
        let log = evidence.read();
        let newest = own_checks(&log, &entity).take(SHOWN);
        let mut checks: Vec<Check> = newest.map(|observation| Check::of(observation, texts)).collect();
        checks.reverse();
        checks
    });
    let mark = move |check: Check| {
        let words = check.words(texts);
        view! {
            <li class=format!("mark is-{}", check.standing) title=words.clone()>
                <span class="sr-only">{words.clone()}</span>
            </li>
        }
    };
    view! {
        <Show
            when=move || !checks.read().is_empty()
            fallback=move || view! { <p class="quiet">{texts.no_checks}</p> }
        >
            <ol class="strip" aria-label=texts.checks>
                <For each=move || checks.get() key=|check| check.event.clone() children=mark />
            </ol>
        </Show>
    }
}
