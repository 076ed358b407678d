//! How much has moved, of this wave and of every other.

use leptos::prelude::*;
use ops_model::{EntityKind, EntityRef, migration::wave};

use super::summary::{Count, MigrationSummary};
use crate::{
    hub::use_hub,
    rows::{Rows, keys, row},
    texts::{fill, use_texts},
    ui::{EntityLink, Subsection},
};

/// How much of this wave has moved, and how much is blocked.
#[component]
pub(super) fn Progress(summary: Memo<MigrationSummary>) -> impl IntoView {
    let texts = use_texts();
    let count = Memo::new(move |_| summary.read().count);
    let blocked = Memo::new(move |_| summary.read().blocked);
    let more = move || format!(" · {}", fill(texts.blockers, &[&blocked.get().to_string()]));
    view! { <Bar count more=Signal::derive(more) /> }
}

/// How much has moved, as a bar and in words.
#[component]
fn Bar(
    #[prop(into)] count: Signal<Count>,
    /// Words that follow.
    #[prop(optional, into)]
    more: Signal<String>,
) -> impl IntoView {
    let texts = use_texts();
    let words = move || {
        let Count { done, all } = count.get();
        fill(texts.moved, &[&done.to_string(), &all.to_string()])
    };
    // The bar of a wave without moves would be full.
    let most = move || count.get().all.max(1).to_string();
    view! {
        <div class="progress">
            <progress max=most value=move || count.get().done.to_string() aria-label=words></progress>
            <span class="progress-words">{move || words() + &more.get()}</span>
        </div>
    }
}

/// Every wave with its progress, where there is more than this one.
#[component]
pub(super) fn Waves(own: EntityRef) -> impl IntoView {
    let texts = use_texts();
    let counts = use_hub().memo(|context| {
        let waves = context.index.of_kind(EntityKind::MigrationWave);
        let count = waves.map(|entity| {
            let wave = wave(context, &entity.id);
            let count = Count { done: wave.done(), all: wave.moves.len() };
            (entity.id.clone(), count)
        });
        count.collect::<Rows<_, _>>()
    });
    let waves = keys(counts, |counts| counts);
    let has_several = Memo::new(move |_| waves.read().len() > 1);
    let own = StoredValue::new(own);
    let item = move |entity: EntityRef| {
        let class = if own.with_value(|own| *own == entity) { "wave is-own" } else { "wave" };
        let count = row(counts, |counts| counts, entity.clone());
        view! {
            <li class=class>
                <EntityLink entity />
                <Bar count />
            </li>
        }
    };
    view! {
        <Show when=move || has_several.get()>
            <Subsection title=texts.migration.waves>
                <ul class="waves">
                    <For each=move || waves.get() key=Clone::clone children=item />
                </ul>
            </Subsection>
        </Show>
    }
}
