//! `migration`: what has to move, what is decided, what stands in the way, and how far it has come.

mod blockers;
mod board;
mod progress;
mod summary;

use leptos::prelude::*;
use ops_model::{
    Context, EntityRef, Standing,
    migration::{Move, wave},
};
use serde::{Deserialize, Serialize};

use super::Headline;
use crate::{
    graph::{Flow, Width, WidthGauge, use_width},
    hub::use_hub,
    session::persisted,
    texts::{Texts, use_texts},
    ui::{EntityLink, FoldedFeed, OtherFacts},
};
use blockers::{Blockers, First};
use board::Board;
use progress::{Progress, Waves};
use summary::MigrationSummary;

/// From this width on the flow is shown first, in px: below it a board reads better.
const ROOMY: i32 = 640;
const ARROW: &str = "→";

/// How a migration is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Layout {
    Board,
    Flow,
}

/// What the widget says as a whole: failing while a step says blocked, proven when everything has moved.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, _: &'static Texts) -> Headline {
    let wave = wave(context, id);
    let standing = match () {
        () if wave.moves.iter().any(Move::is_held) => Standing::Failing,
        () if !wave.moves.is_empty() && wave.done() == wave.moves.len() => Standing::Proven,
        () => Standing::Unproven,
    };
    let latest = wave.moves.iter().filter_map(|one| one.by.as_ref()).map(|by| by.event.time).max();
    Headline { standing: Some(standing), word: None, latest }
}

#[component]
pub(super) fn Migration(wave: EntityRef) -> impl IntoView {
    let (hub, width) = (use_hub(), use_width());
    let id = wave.clone();
    let summary = hub.memo(move |context| MigrationSummary::of(context, &id));
    let about = {
        let wave = wave.clone();
        Memo::new(move |_| [vec![wave.clone()], summary.read().entities()].concat())
    };
    view! {
        <div>
            <div class="wave-head">
                <Route summary />
                <Progress summary />
            </div>
            <First summary />
            <Shown wave=wave.clone() summary width />
            <Blockers summary />
            <Waves own=wave.clone() />
            <FoldedFeed about=Signal::from(about) />
            <OtherFacts entity=wave shown=&[] />
        </div>
    }
}

/// The environments that are left and entered.
#[component]
fn Route(summary: Memo<MigrationSummary>) -> impl IntoView {
    let texts = use_texts();
    let end = move |name: &'static str, entity: Memo<Option<EntityRef>>| {
        let environment = move || match entity.get() {
            Some(entity) => view! { <EntityLink entity /> }.into_any(),
            None => texts.not_recorded.into_any(),
        };
        view! {
            <div class="route-end">
                <span class="eyebrow">{name}</span>
                {environment}
            </div>
        }
    };
    let from = Memo::new(move |_| summary.read().from.clone());
    let to = Memo::new(move |_| summary.read().to.clone());
    view! {
        <div class="route">
            {end(texts.from, from)}
            <span class="route-arrow" aria-hidden="true">
                {ARROW}
            </span>
            {end(texts.to, to)}
        </div>
    }
}

/// The wave as a board or as a flow. What the reader chose stays; until then the width decides.
#[component]
fn Shown(wave: EntityRef, summary: Memo<MigrationSummary>, width: Width) -> impl IntoView {
    let texts = &use_texts().migration;
    let chosen = persisted::<Option<Layout>>("migration-view");
    let layout =
        Memo::new(move |_| chosen.get().unwrap_or(if width.get() < ROOMY { Layout::Board } else { Layout::Flow }));
    let choice = move |name: &'static str, value: Layout| {
        view! {
            <button
                type="button"
                class="switch-choice"
                aria-pressed=move || (layout.get() == value).to_string()
                on:click=move |_| chosen.set(Some(value))
            >
                {name}
            </button>
        }
    };
    let shown = move || match layout.get() {
        Layout::Board => view! { <WidthGauge width /><Board summary /> }.into_any(),
        Layout::Flow => view! { <Flow wave=wave.clone() width /> }.into_any(),
    };
    view! {
        <div class="wave-view">
            <div class="switch" role="group" aria-label=texts.shown_as>
                {choice(texts.board, Layout::Board)}
                {choice(texts.flow, Layout::Flow)}
            </div>
            {shown}
        </div>
    }
}
