//! The rows as an ARIA grid.
//!
//! The rows of a small catalog are as high as their words need, and all are drawn. Those of a large one, or of
//! a heat map, have one height, and only those in sight are drawn.

use leptos::{html, prelude::*};
use ops_model::{
    Question,
    table::{Layout, SortKey},
};
use wasm_bindgen::JsCast;

use super::{query::Query, row::GridRow, rows::Arrangement};
use crate::{
    hub::use_hub,
    texts::{fill, use_texts},
    ui::{grid_keys, windowed},
};

/// Up to how many rows of a catalog are each as high as its words need.
const NATURAL_MOST: usize = 50;
/// The height of an opened row's details where rows have one height, in CSS px; `catalog.css` says the same.
const DETAILS_PX: usize = 360;

/// What the rows and cells of a grid share.
#[derive(Clone, Copy)]
pub(super) struct GridContext {
    pub query: Query,
    pub arrangement: Memo<Arrangement>,
    /// The questions that have a column.
    pub questions: Memo<Vec<Question>>,
    /// Whether rows have one height.
    pub is_dense: Memo<bool>,
    /// Which lines are drawn.
    pub window: Memo<windowed::Window>,
    /// The row and the column of the cell that is a stop of the Tab key.
    pub tab_stop: Memo<(usize, usize)>,
}

/// The `aria-rowindex` of a line: the heading is row 1.
pub(super) const fn row_index(line: usize) -> usize {
    line + 2
}

/// The grid.
#[component]
pub(super) fn Grid(arrangement: Memo<Arrangement>, query: Query) -> impl IntoView {
    let (catalog, texts) = (use_hub().catalog, use_texts());
    let is_heat = query.part(|view| view.layout == Layout::Heat);
    // A search changes no heights. While a catalog is still coming, it is not known how many rows it will have.
    let is_dense = Memo::new(move |_| {
        is_heat.get() || arrangement.read().rows.all().len() > NATURAL_MOST || catalog.read().awaited().is_some()
    });
    let questions = query.part(|view| {
        Question::ALL.iter().copied().filter(|question| !view.hidden.contains(question)).collect::<Vec<_>>()
    });
    let line_count = Memo::new(move |_| arrangement.read().arranged.len());
    let window = use_window(arrangement, query, is_dense, line_count);
    let active = RwSignal::new((1, 1));
    let tab_stop = Memo::new(move |_| {
        let (row, column) = active.get();
        let lines = &window.read().lines;
        let is_drawn = row == 1 || (row_index(lines.start)..row_index(lines.end)).contains(&row);
        if is_drawn { (row, column.min(questions.read().len() + 1)) } else { (1, 1) }
    });
    let grid = GridContext { query, arrangement, questions, is_dense, window, tab_stop };

    let (place, table) = (NodeRef::<html::Div>::new(), NodeRef::<html::Table>::new());
    // Where the rows start from the top again, and where the grid is drawn anew, the place is scrolled as the
    // query says.
    Effect::new(move |_| {
        query.restarts.track();
        if let Some(place) = place.get() {
            place.set_scroll_top(query.scroll_top.get_untracked());
        }
    });
    let on_scroll = move |event: web_sys::Event| {
        if let Some(place) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            query.scroll_top.set(place.scroll_top());
        }
    };
    let on_focus = move |event: web_sys::FocusEvent| {
        if let Some(cell) = grid_keys::cell_of(&event) {
            active.set(cell);
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let rows = i32::try_from(row_index(line_count.get_untracked()) - 1).unwrap_or(i32::MAX);
        grid_keys::on_key(&event, rows, i32::try_from(windowed::LINE_PX).unwrap_or_default());
    };
    let slots = move || {
        let slots = window.read().slots();
        // A row that moves within the table would lose the focus.
        if let Some(table) = table.get_untracked() {
            grid_keys::keep_focus(&table);
        }
        slots
    };
    let place_class = Memo::new(move |_| match is_dense.get() {
        false => "scroll",
        true if line_count.get() * windowed::LINE_PX < windowed::LIST_PX => "scroll windowed",
        true => "scroll windowed filled",
    });
    let class = move || match (is_heat.get(), is_dense.get()) {
        (true, _) => "catalog dense heat",
        (false, true) => "catalog dense",
        (false, false) => "catalog",
    };
    let room = move |px: fn(&windowed::Window) -> usize| {
        let px = Memo::new(move |_| px(&window.read()));
        view! { <Show when=move || is_dense.get()><Room px questions /></Show> }
    };
    view! {
        <div class=place_class node_ref=place on:scroll=on_scroll>
            <table
                class=class
                role="grid"
                aria-label=texts.questions
                aria-rowcount=move || line_count.get() + 1
                aria-colcount=move || questions.read().len() + 1
                node_ref=table
                on:focusin=on_focus
                on:keydown=on_key
            >
                <Head grid />
                <tbody role="rowgroup">
                    {room(|window| window.above_px)}
                    <For each=slots key=|slot| *slot let(nth)>
                        <GridRow nth grid />
                    </For>
                    {room(|window| window.below_px)}
                </tbody>
            </table>
        </div>
    }
}

/// Which lines are drawn for how far the reader has scrolled and which row is open.
fn use_window(
    arrangement: Memo<Arrangement>,
    query: Query,
    is_dense: Memo<bool>,
    line_count: Memo<usize>,
) -> Memo<windowed::Window> {
    // At first only what is in sight is drawn; the lines around it follow when the reader sees these.
    let is_painted = RwSignal::new(false);
    grid_keys::after_frames(2, move || {
        // The reader may have left the grid by then.
        let _ = is_painted.try_set(true);
    });
    let first = Memo::new(move |before: Option<&usize>| {
        let in_sight = usize::try_from(query.scroll_top.get()).unwrap_or_default() / windowed::LINE_PX;
        windowed::first_drawn(before.copied(), in_sight)
    });
    let opened = Memo::new(move |_| arrangement.read().line_of(query.open.read().as_ref()?));
    Memo::new(move |_| match is_dense.get() {
        false => windowed::Window::whole(line_count.get()),
        true => {
            let most = if is_painted.get() { windowed::DRAWN } else { windowed::IN_SIGHT };
            let opened = opened.get().map(|line| (line, DETAILS_PX));
            windowed::Window::new(first.get(), most, line_count.get(), opened)
        }
    })
}

/// A row as high as the lines that are not drawn. Its height is an attribute, because a strict page refuses
/// inline styles.
#[component]
fn Room(px: Memo<usize>, questions: Memo<Vec<Question>>) -> impl IntoView {
    // `view!` does not know this attribute of a cell.
    let room = html::td().colspan(move || questions.read().len() + 1).attr("height", move || px.get().to_string());
    view! {
        <tr class="space" aria-hidden="true">
            {room}
        </tr>
    }
}

#[component]
fn Head(grid: GridContext) -> impl IntoView {
    let texts = use_texts();
    let is_heat = grid.query.part(|view| view.layout == Layout::Heat);
    let columns = move || grid.questions.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
                <HeadCell key=SortKey::Name words=Signal::stored(texts.entity) column=1 grid />
                <For each=columns key=|column| *column let((nth, question))>
                    {
                        let words = Signal::derive(move || {
                            if is_heat.get() { texts.catalog.short(question) } else { texts.question(question) }
                        });
                        view! { <HeadCell key=SortKey::of(question) words column=nth + 2 question grid /> }
                    }
                </For>
            </tr>
        </thead>
    }
}

/// A column's heading: a press sorts by it.
#[component]
fn HeadCell(
    key: SortKey,
    words: Signal<&'static str>,
    column: usize,
    /// The question of the column; the first column has none.
    #[prop(optional)]
    question: Option<Question>,
    grid: GridContext,
) -> impl IntoView {
    let texts = use_texts();
    let order = grid.query.part(move |view| (view.sort == key).then_some(view.reversed));
    let aria_sort = move || match order.get() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let arrow = move || match order.get() {
        None => "",
        Some(false) => " ↓",
        Some(true) => " ↑",
    };
    let answered = Memo::new(move |_| {
        let arranged = &grid.arrangement.read().arranged;
        arranged.answered.get(question? as usize).copied().map(|answered| (answered, arranged.shown))
    });
    let count = move || {
        answered.get().map(|(answered, all)| {
            let title = fill(texts.catalog.answered, &[&answered.to_string(), &all.to_string()]);
            view! { <span class="head-count" title=title>{format!("{answered}/{all}")}</span> }
        })
    };
    let is_stop = Memo::new(move |_| grid.tab_stop.get() == (1, column));
    view! {
        <th
            role="columnheader"
            scope="col"
            data-cell=""
            tabindex=move || tab_index(is_stop.get())
            aria-colindex=column
            aria-sort=aria_sort
        >
            <button type="button" class="head-button" on:click=move |_| grid.query.change(|view| view.sort_by(key))>
                {words}
                <span aria-hidden="true">{arrow}</span>
            </button>
            {count}
        </th>
    }
}

/// The `tabindex` of a cell.
pub(super) const fn tab_index(is_stop: bool) -> &'static str {
    if is_stop { "0" } else { "-1" }
}
