//! The latest observations of an entity in words.

use std::sync::Arc;

use leptos::prelude::*;
use ops_model::{Claim, EntityRef, Observation};

use super::Entry;
use crate::{hub::use_hub, texts::use_texts};

/// An observation; two of the same event are equal, also where the event was placed anew by a new catalog.
#[derive(Clone, Debug)]
struct Observed(Arc<Observation>);

impl PartialEq for Observed {
    fn eq(&self, other: &Self) -> bool {
        self.0.event.id == other.0.event.id
    }
}

/// The latest observations of an entity, newest first.
#[component]
pub fn Timeline(
    entity: EntityRef,
    /// How many are shown.
    most: usize,
    /// Only those that can prove this claim; all where absent.
    #[prop(optional)]
    claim: Option<Claim>,
) -> impl IntoView {
    let (evidence, texts) = (use_hub().evidence, use_texts());
    let latest = Memo::new(move |_| {
        let is_shown = |one: &&Arc<Observation>| claim.is_none_or(|claim| one.claim == claim);
        evidence.read().of(&entity).iter().rev().filter(is_shown).take(most).cloned().map(Observed).collect::<Vec<_>>()
    });
    view! {
        <Show
            when=move || !latest.read().is_empty()
            fallback=move || view! { <p class="quiet">{texts.no_evidence}</p> }
        >
            <ol class="timeline">
                <For each=move || latest.get() key=|one| one.0.event.id.clone() let(Observed(observation))>
                    <Entry observation />
                </For>
            </ol>
        </Show>
    }
}
