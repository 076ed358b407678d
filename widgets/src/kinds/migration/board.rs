//! A wave as a board: a column for each stage, a card for each thing that moves.

use leptos::prelude::*;
use ops_model::{
    EntityRef, Timestamp,
    migration::{Need, Stage},
};

use super::{
    blockers::{Sentence, ShownBy},
    summary::{MigrationSummary, MoveSummary},
};
use crate::{
    rows::row,
    texts::{Texts, use_texts},
    ui::{EntityLink, RelativeTime, StandingDot},
};

/// The board. A column without cards is narrow, and there all the same.
#[component]
pub(super) fn Board(summary: Memo<MigrationSummary>) -> impl IntoView {
    let lanes = Stage::ALL.iter().map(|stage| view! { <Lane stage=*stage summary /> });
    view! { <div class="board">{lanes.collect_view()}</div> }
}

#[component]
fn Lane(stage: Stage, summary: Memo<MigrationSummary>) -> impl IntoView {
    let texts = &use_texts().migration;
    let moves = Memo::new(move |_| summary.read().lanes.get(stage as usize).cloned().unwrap_or_default());
    let count = Memo::new(move |_| moves.read().len());
    let is_empty = Memo::new(move |_| count.get() == 0);
    let class = move || format!("lane {}is-{stage}", if is_empty.get() { "is-empty " } else { "" });
    view! {
        <div class=class data-stage=stage.as_str() role="group" aria-label=texts.stage(stage)>
            <h3>{texts.stage(stage)}<span class="lane-count">{count}</span></h3>
            <Show when=move || !is_empty.get() fallback=move || view! { <p class="quiet">{texts.lane_empty}</p> }>
                <ul class="lane-cards">
                    <For each=move || moves.get() key=Clone::clone let(entity)>
                        <Card shown=row(summary, |summary| &summary.moves, entity.clone()) entity />
                    </For>
                </ul>
            </Show>
        </div>
    }
}

#[component]
fn Card(entity: EntityRef, shown: Memo<MoveSummary>) -> impl IntoView {
    let texts = use_texts();
    let disposition = Memo::new(move |_| shown.read().disposition.clone());
    let tag = move || match disposition.get() {
        Some(word) => view! { <span class="tag">{texts.migration.disposition(&word).to_owned()}</span> },
        None => view! { <span class="tag gap-tag">{texts.undecided.to_owned()}</span> },
    };
    view! {
        <li class="move" data-move=entity.to_string()>
            <div class="move-head">
                <EntityLink entity=entity.clone() />
                <span class="quiet">{texts.entity_kind(entity.kind)}</span>
                {tag}
            </div>
            <Needs shown />
            <NextStep shown />
            <LatestStep shown />
        </li>
    }
}

/// What has to be shown before it moves, each with its standing.
#[component]
fn Needs(shown: Memo<MoveSummary>) -> impl IntoView {
    let texts = use_texts();
    let needs = Memo::new(move |_| shown.read().needs.clone());
    let needs = move || {
        let named = needs.get().into_iter().filter_map(|(need, standing)| Some((need_name(need, texts)?, standing)));
        let need = named.map(|(name, standing)| view! { <span class="need"><StandingDot standing />{name}</span> });
        need.collect_view()
    };
    view! { <div class="needs">{needs}</div> }
}

/// The name of a need on a card; the decision has its tag.
const fn need_name(need: Need, texts: &'static Texts) -> Option<&'static str> {
    match need {
        Need::Decision => None,
        Need::Backup => Some(texts.backup),
        Need::Restore => Some(texts.restore),
        Need::Target => Some(texts.target),
    }
}

/// What would meet the first need that is not met.
#[component]
fn NextStep(shown: Memo<MoveSummary>) -> impl IntoView {
    let texts = &use_texts().migration;
    let todo = Memo::new(move |_| {
        let next = shown.read().next.clone();
        next.map(|(need, clearing)| (texts.todo(need), clearing.subject))
    });
    let events = Memo::new(move |_| shown.read().next.clone().map(|(_, clearing)| clearing.events).unwrap_or_default());
    move || {
        todo.get().map(|(words, entity)| {
            view! {
                <div class="move-next">
                    <p>
                        <Sentence words entity />
                    </p>
                    <p class="quiet">{move || view! { <ShownBy events=events.get() /> }}</p>
                </div>
            }
        })
    }
}

/// The latest step that was reported.
#[component]
fn LatestStep(shown: Memo<MoveSummary>) -> impl IntoView {
    let texts = &use_texts().migration;
    let step = Memo::new(move |_| shown.read().step.clone());
    let line = move |(step, at, reason): (String, Timestamp, String)| {
        let reason = (!reason.is_empty()).then(|| format!(" · {reason}"));
        view! {
            <p class="quiet">
                {texts.step(&step).to_owned()}
                " · "
                <RelativeTime at />
                {reason}
            </p>
        }
    };
    move || step.get().map(line)
}
