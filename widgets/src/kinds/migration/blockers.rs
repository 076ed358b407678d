//! What stands in the way of a wave, first things first, and what would clear it.

use leptos::prelude::*;
use ops_model::EntityRef;

use super::summary::{BlockerKey, BlockerSummary, Cure, MigrationSummary, Next};
use crate::{
    rows::{keys, row},
    texts::{Texts, around, fill, use_texts},
    ui::{EntityLink, StandingDot, Subsection},
};

/// The first thing to do. What is ready need not wait for what is not, but what is blocked is said first.
#[component]
pub(super) fn First(summary: Memo<MigrationSummary>) -> impl IntoView {
    let texts = use_texts();
    let first = Memo::new(move |_| summary.read().first.clone());
    let next = Memo::new(move |_| summary.read().next.clone());
    let words = move || match (first.get(), next.get()) {
        (Some(key), _) => {
            let shown = row(summary, |summary| &summary.blockers, key.clone());
            view! { <p class="first-words"><Todo key shown /></p> <CureLine shown /> }.into_any()
        }
        (None, Some(next)) => {
            let (words, entity) = match next {
                Next::Start(entity) => (texts.migration.start, entity),
                Next::Finish(entity) => (texts.migration.finish, entity),
            };
            view! { <p class="first-words"><Sentence words entity /></p> }.into_any()
        }
        (None, None) => view! { <p class="first-words">{texts.migration.all_moved}</p> }.into_any(),
    };
    view! {
        <div class="next first">
            <p class="eyebrow">{texts.migration.first}</p>
            {words}
        </div>
    }
}

/// Everything that stands in the way; nothing where that is what [`First`] says already.
#[component]
pub(super) fn Blockers(summary: Memo<MigrationSummary>) -> impl IntoView {
    let texts = use_texts();
    let blockers = keys(summary, |summary| &summary.blockers);
    let has_several = Memo::new(move |_| blockers.read().len() > 1);
    view! {
        <Show when=move || has_several.get()>
            <Subsection title=texts.migration.in_the_way>
                <ul class="blockers">
                    <For each=move || blockers.get() key=Clone::clone let(key)>
                        <Item shown=row(summary, |summary| &summary.blockers, key.clone()) key />
                    </For>
                </ul>
            </Subsection>
        </Show>
    }
}

#[component]
fn Item(key: BlockerKey, shown: Memo<BlockerSummary>) -> impl IntoView {
    let standing = Signal::derive(move || shown.read().standing);
    view! {
        <li class="blocker">
            <StandingDot standing />
            <div>
                <div class="blocker-words">
                    <Todo key shown />
                </div>
                <CureLine shown />
            </div>
        </li>
    }
}

/// What to do about a blocker.
#[component]
fn Todo(key: BlockerKey, shown: Memo<BlockerSummary>) -> impl IntoView {
    let words = todo(&key, use_texts());
    let reason = Memo::new(move |_| shown.read().reason.clone());
    let reason = move || Some(reason.get()).filter(|reason| !reason.is_empty()).map(|reason| (": ", reason));
    view! { <Sentence words entity=key.entity().clone() />{reason} }
}

fn todo(key: &BlockerKey, texts: &'static Texts) -> &'static str {
    match key {
        BlockerKey::Held(_) => texts.migration.unblock,
        BlockerKey::Open(need, _) => texts.migration.todo(*need),
    }
}

/// A sentence with an entity in it.
#[component]
pub(super) fn Sentence(words: &'static str, entity: EntityRef) -> impl IntoView {
    let (before, after) = around(words);
    view! { {before}<EntityLink entity />{after} }
}

/// What would clear a need, and how many moves wait for it.
#[component]
fn CureLine(shown: Memo<BlockerSummary>) -> impl IntoView {
    let texts = use_texts();
    let cure = Memo::new(move |_| shown.read().cure.clone());
    move || {
        cure.get().map(|Cure { events, holds: (holds, all) }| {
            let holds = fill(texts.migration.holds, &[&holds.to_string(), &all.to_string()]);
            view! { <p class="quiet"><ShownBy events />{format!(" · {holds}")}</p> }
        })
    }
}

/// The event types that would show what is needed.
#[component]
pub(super) fn ShownBy(events: Vec<String>) -> impl IntoView {
    let texts = &use_texts().migration;
    if events.is_empty() {
        return texts.no_evidence_possible.into_any();
    }
    let (before, after) = around(texts.evidence);
    let names = events.into_iter().map(|name| view! { <code>{name}</code>" " }).collect_view();
    view! { {before}{names}{after} }.into_any()
}
