//! A row of the grid: an entity with its cells and, where it is open, its details; or the start of a group.

use leptos::{context::Provider, prelude::*};
use ops_model::{
    EntityKind, EntityRef, Standing,
    table::{Facet, Grouping},
};

use super::{
    cell::GridCell as QuestionCell,
    details::Details,
    facets::{standing_words, value_words},
    grid::{GridContext, row_index, tab_index},
    rows::GridLine,
};
use crate::{
    hub::use_hub,
    texts::{fill, use_texts},
    ui::{EntityLink, GridCell, StandingDot},
};

/// What stands in a slot of the grid. It shows another line when the reader scrolls, searches or sorts; its
/// elements stay.
#[component]
pub(super) fn GridRow(nth: usize, grid: GridContext) -> impl IntoView {
    // A slot that becomes empty goes; until then it shows what it showed.
    let at = Memo::new(move |before: Option<&usize>| {
        grid.window.read().line_in(nth).or(before.copied()).unwrap_or_default()
    });
    let line = Memo::new(move |before: Option<&Option<GridLine>>| {
        grid.arrangement.read().line(at.get()).or_else(|| before.cloned().flatten())
    });
    let is_group = Memo::new(move |_| matches!(*line.read(), Some(GridLine::Group(..))));
    let index = Memo::new(move |_| row_index(at.get()));
    // Which column of this row is the stop of the Tab key, if one is.
    let stop = Memo::new(move |_| {
        let (row, column) = grid.tab_stop.get();
        (row == index.get()).then_some(column)
    });
    move || match is_group.get() {
        true => view! { <GroupRow line index stop grid /> }.into_any(),
        false => {
            let first = match &*line.read_untracked() {
                Some(GridLine::Row(entity, _)) => Some(entity.clone()),
                _ => None,
            };
            first.map(|first| view! { <EntityRow first line index stop grid /> }).into_any()
        }
    }
}

#[component]
fn EntityRow(
    /// The entity at first.
    first: EntityRef,
    line: Memo<Option<GridLine>>,
    index: Memo<usize>,
    stop: Memo<Option<usize>>,
    grid: GridContext,
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let entity = Memo::new(move |before: Option<&EntityRef>| match &*line.read() {
        Some(GridLine::Row(entity, _)) => entity.clone(),
        _ => before.unwrap_or(&first).clone(),
    });
    let standing = Memo::new(move |before: Option<&Standing>| match &*line.read() {
        Some(GridLine::Row(_, standing)) => *standing,
        _ => before.copied().unwrap_or(Standing::Unproven),
    });
    let title = hub.catalog_memo(move |catalog| catalog.title(&entity.read()).to_owned());
    let is_open = Memo::new(move |_| grid.query.open.read().as_ref() == Some(&*entity.read()));
    let opened = move || is_open.get().then(|| view! { <DetailsRow entity=entity.get() grid /> });
    let toggle = move |_| {
        let own = entity.get_untracked();
        grid.query.open.update(|open| *open = if open.as_ref() == Some(&own) { None } else { Some(own) });
    };
    let toggle_name = move || {
        let words = if is_open.get() { texts.catalog.close_row } else { texts.catalog.open_row };
        fill(words, &[&title.read()])
    };
    let columns = move || grid.questions.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Provider value=GridCell>
            <tr
                class=move || if is_open.get() { "row is-open" } else { "row" }
                role="row"
                aria-rowindex=index
                data-row=move || entity.read().to_string()
            >
                <th
                    role="rowheader"
                    data-cell=""
                    tabindex=move || tab_index(stop.get() == Some(1))
                    aria-colindex="1"
                >
                    <div class="row-name">
                        // The state is the button's: a row of a grid, unlike one of a tree grid, cannot be expanded.
                        <button
                            type="button"
                            class=move || if is_open.get() { "icon-button row-toggle on" } else { "icon-button row-toggle" }
                            aria-label=toggle_name
                            aria-expanded=move || is_open.get().to_string()
                            on:click=toggle
                        >
                            <span aria-hidden="true">{"▸"}</span>
                        </button>
                        <StandingDot standing />
                        <span class="row-title">
                            {move || view! { <EntityLink entity=entity.get() /> }}
                            <span class="quiet">{move || texts.entity_kind(entity.read().kind)}</span>
                        </span>
                    </div>
                </th>
                <For each=columns key=|column| *column let((nth, question))>
                    <QuestionCell entity question column=nth + 2 stop is_dense=grid.is_dense />
                </For>
            </tr>
        </Provider>
        {opened}
    }
}

/// An opened row's details, in a row of their own below it.
#[component]
fn DetailsRow(entity: EntityRef, grid: GridContext) -> impl IntoView {
    view! {
        <tr class="details-row" role="row">
            <td role="gridcell" colspan=move || grid.questions.read().len() + 1>
                <Details entity />
            </td>
        </tr>
    }
}

/// The start of a group: its value in words, and how many rows it has.
#[component]
fn GroupRow(
    line: Memo<Option<GridLine>>,
    index: Memo<usize>,
    stop: Memo<Option<usize>>,
    grid: GridContext,
) -> impl IntoView {
    let (catalog, texts) = (use_hub().catalog, use_texts());
    let grouping = grid.query.part(|view| view.group);
    let words = Memo::new(move |_| match &*line.read() {
        Some(GridLine::Group(value, _)) => match grouping.get() {
            Grouping::Environment => value_words(&catalog.read(), texts, Facet::Environment, value),
            Grouping::Owner => value_words(&catalog.read(), texts, Facet::Owner, value),
            Grouping::Standing => {
                Standing::parse(value).map_or_else(|| value.clone(), |standing| standing_words(texts, standing))
            }
            Grouping::Kind => {
                EntityKind::parse(value).map_or(value.as_str(), |kind| texts.entity_kind(kind)).to_owned()
            }
            Grouping::None => value.clone(),
        },
        _ => String::new(),
    });
    let count = Memo::new(move |_| match &*line.read() {
        Some(GridLine::Group(_, count)) => *count,
        _ => 0,
    });
    view! {
        <tr class="group-row" role="row" aria-rowindex=index>
            <th
                role="rowheader"
                data-cell=""
                tabindex=move || tab_index(stop.get().is_some())
                aria-colindex="1"
                colspan=move || grid.questions.read().len() + 1
            >
                {words}
                " "
                <span class="count-mark">{count}</span>
            </th>
        </tr>
    }
}
