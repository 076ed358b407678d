//! The rows as an ARIA grid. Those of a small catalog are as high as their words need; those of a large one, or of
//! a heat map, have one height, and only those in sight are drawn.
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use crate::view::{
    Make, ev,
    html::{div, span, table, tbody, td, th, thead, tr},
    prelude::*,
};
use ops_model::{
    Question,
    view::{Arranged, CatalogView, Layout, Line, Rows, SortKey},
    whole::whole,
};
use wasm_bindgen::JsCast;

use super::{
    Chosen,
    rows::{details_row, entity_row, group_row},
};
use crate::{
    parts::{action, grid_keys},
    scope::Scene,
    texts::fill,
};

/// Up to how many rows of a catalog each is as high as its words need.
const FULL_MOST: usize = 50;
/// The height of a line where all have one, in CSS px, as `widgets/styles/8-catalog.css` has it.
const LINE_PX: usize = 44;
/// The height of an opened row's details there, in CSS px.
const DETAILS_PX: usize = 360;
/// How high the rows' place is at most, as `widgets/styles/8-catalog.css` has it, in CSS px.
const PLACE_PX: usize = 704;
/// How many of them are drawn at first, those in sight; the others follow once the reader sees these.
const IN_SIGHT: usize = PLACE_PX.div_ceil(LINE_PX);
/// How many are drawn then: another one is half in sight, and one is on each side.
const DRAWN: usize = IN_SIGHT + 2 + AHEAD;
/// How many lines are drawn ahead of those in sight, on the side to which the reader scrolls.
const AHEAD: usize = 4;

/// How many renderings there have been on this page.
static RENDERINGS: AtomicUsize = AtomicUsize::new(0);

/// How the rows of one rendering look.
pub(super) struct Look {
    /// Which rendering it is: within one, a row shows the same for as long as it is not opened or closed.
    number: usize,
    /// The widget's rendering.
    pub(super) scene: Scene,
    /// The same for what is inside cells: the grid's own keys lead there.
    pub(super) inside: Scene,
    /// The questions that have a column.
    pub(super) questions: Vec<Question>,
    /// Whether rows have one height.
    pub(super) is_dense: bool,
}

impl Look {
    /// How many columns there are, the name's included.
    pub(super) fn columns(&self) -> usize {
        self.questions.len() + 1
    }
}

/// The grid.
pub(super) fn grid(
    scene: &Scene,
    rows: &Arc<Rows>,
    arranged: &Arc<Arranged>,
    view: &CatalogView,
    chosen: &Chosen,
) -> View {
    let is_heat = view.layout == Layout::Heat;
    // What is looked for changes no heights. Of a part of a catalog it is not known yet how many there are.
    let is_dense = is_heat || rows.all().len() > FULL_MOST || scene.index().awaited().is_some();
    let look = Arc::new(Look {
        number: RENDERINGS.fetch_add(1, Ordering::Relaxed),
        scene: scene.clone(),
        inside: Scene { roving: true, ..scene.clone() },
        questions: Question::ALL.iter().copied().filter(|question| !view.hidden.contains(question)).collect::<Vec<_>>(),
        is_dense,
    });
    let head = head(&look, arranged, view, chosen);
    let lines = arranged.len();
    let columns = look.columns().to_string();
    let (open, scroll) = (scene.memory.text("open"), scene.memory.text("scroll"));
    let painted = scene.memory.text("painted");
    if is_dense && painted.with_untracked(String::is_empty) {
        let painted = painted.clone();
        grid_keys::after_frames(2, Box::new(move || painted.set("painted".to_owned())));
    }
    let make: Make = {
        let (look, rows, arranged, view) = (look.clone(), rows.clone(), arranged.clone(), view.clone());
        Arc::new(move |key, of| row(&look, &rows, &arranged, &view, key, of % 2 == 1).unwrap_or_else(tr))
    };
    let body = {
        let (look, rows, arranged, scroll) = (look.clone(), rows.clone(), arranged.clone(), scroll.clone());
        move || {
            let open = opened(&rows, &open.get());
            if look.is_dense {
                let first = whole(&scroll.get());
                let is_first = first.is_none() && painted.with(String::is_empty);
                let most = if is_first { IN_SIGHT } else { DRAWN };
                window(&look, &arranged, &make, open, first.unwrap_or(0), most)
            } else {
                drawn(&look, &arranged, &make, open, 0..lines).draw()
            }
        }
    };
    let class = match (is_heat, is_dense) {
        (true, _) => "catalog dense heat",
        (false, true) => "catalog dense",
        (false, false) => "catalog",
    };
    let count = i32::try_from(lines + 1).unwrap_or(i32::MAX);
    let grid = table()
        .class(class)
        .attr("role", "grid")
        .attr("aria-label", scene.texts.questions)
        .attr("aria-rowcount", (lines + 1).to_string())
        .attr("aria-colcount", columns)
        .on(ev::focusin, |event| grid_keys::on_focus(&event))
        .on(ev::keydown, move |event| grid_keys::on_key(&event, count, i32::try_from(LINE_PX).unwrap_or(0)))
        .child((head, tbody().attr("role", "rowgroup").child(body)));
    let place = match is_dense {
        false => "scroll",
        true if lines * LINE_PX < PLACE_PX => "scroll windowed",
        true => "scroll windowed filled",
    };
    div()
        .class(place)
        .on(ev::scroll, move |event| {
            let scroller = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let top = scroller.map_or(0, |scroller| scroller.scroll_top());
            let line = usize::try_from(top).unwrap_or(0) / LINE_PX;
            if let Some(first) = scrolled(whole(&scroll.get_untracked()), line) {
                scroll.set(first.to_string());
            }
        })
        .child(grid)
        .draw()
}

/// The line with which the drawn ones begin where `line` is the first in sight; none where those that are drawn,
/// from `first` on, still reach beyond both ends of what is in sight.
fn scrolled(first: Option<usize>, line: usize) -> Option<usize> {
    let above = line.saturating_sub(1);
    match first {
        Some(first) if first <= above && line + IN_SIGHT + 2 <= first + DRAWN => None,
        Some(first) if line <= first => Some(line.saturating_sub(AHEAD)),
        _ => Some(above),
    }
}

fn head(look: &Look, arranged: &Arranged, view: &CatalogView, chosen: &Chosen) -> View {
    let texts = look.scene.texts;
    let mut cells = vec![head_cell(look, SortKey::Name, texts.entity, None, 1, view, chosen)];
    for (nth, question) in look.questions.iter().enumerate() {
        let answered = arranged.answered.get(*question as usize).copied().unwrap_or(0);
        let words =
            if view.layout == Layout::Heat { texts.catalog.short(*question) } else { texts.question(*question) };
        let part = (answered, arranged.shown);
        cells.push(head_cell(look, SortKey::of(*question), words, Some(part), nth + 2, view, chosen));
    }
    thead().attr("role", "rowgroup").child(tr().attr("role", "row").attr("aria-rowindex", "1").child(cells)).draw()
}

fn head_cell(
    look: &Look,
    key: SortKey,
    words: &'static str,
    part: Option<(usize, usize)>,
    column: usize,
    view: &CatalogView,
    chosen: &Chosen,
) -> View {
    let texts = look.scene.texts;
    let (order, arrow) = match (view.sort == key, view.reversed) {
        (false, _) => ("none", ""),
        (true, false) => ("ascending", " ↓"),
        (true, true) => ("descending", " ↑"),
    };
    let count = part.map(|(answered, all)| {
        let words = fill(texts.catalog.answered, &[&answered.to_string(), &all.to_string()]);
        span().class("head-count").title(words).child([&answered.to_string(), "/", &all.to_string()].concat())
    });
    let chosen = chosen.clone();
    let sort = action(
        "head-button",
        (words, span().attr("aria-hidden", "true").child(arrow)).draw(),
        None,
        Box::new(move || chosen.change(&|view| view.sort_by(key))),
    );
    th().attr("role", "columnheader")
        .scope("col")
        .attr("data-cell", "")
        .attr("tabindex", if column == 1 { "0" } else { "-1" })
        .attr("aria-colindex", column.to_string())
        .attr("aria-sort", order)
        .child((sort, count))
        .draw()
}

/// The lines in sight, between two rows that take the place of the others. `open` is the place of the row
/// that is open.
fn window(look: &Look, arranged: &Arranged, make: &Make, open: Option<usize>, first: usize, most: usize) -> View {
    let lines = arranged.len();
    let opened = open.and_then(|place| arranged.line_of(place));
    // Scrolled past an opened row, its details count as so many lines; until then it is drawn.
    let below = |at: usize| first.saturating_sub(DETAILS_PX / LINE_PX).max(at);
    let first = opened.filter(|at| *at < first).map_or(first, below).min(lines.saturating_sub(1));
    let end = (first + most).min(lines);
    let details = |within: bool| if within { DETAILS_PX } else { 0 };
    let above = first * LINE_PX + details(opened.is_some_and(|at| at < first));
    let below = (lines - end) * LINE_PX + details(opened.is_some_and(|at| at >= end));
    (space(look, above), drawn(look, arranged, make, open, first..end), space(look, below)).draw()
}

/// A row that is as high as what is not drawn. Without an inline style, which a strict page refuses.
fn space(look: &Look, px: usize) -> View {
    tr().class("space")
        .attr("aria-hidden", "true")
        .child(td().colspan(look.columns().to_string()).attr("height", px.to_string()))
        .draw()
}

/// The place of the row that is open.
fn opened(rows: &Rows, open: &str) -> Option<usize> {
    rows.place(&open.parse().ok()?)
}

/// The rows of these lines: the first number of each says which line, and whether it is the details behind it.
fn drawn(
    look: &Look,
    arranged: &Arranged,
    make: &Make,
    open: Option<usize>,
    lines: std::ops::Range<usize>,
) -> Vec<View> {
    let mut views = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        let is_open = matches!(arranged.line(line), Some(Line::Row(at)) if open == Some(at));
        let (key, of) = (2 * row_index(line), 2 * look.number + usize::from(is_open));
        views.push(keyed(key, of, make));
        if is_open {
            views.push(keyed(key + 1, of, make));
        }
    }
    views
}

/// The `aria-rowindex` of a line: the heading is row 1.
const fn row_index(line: usize) -> usize {
    line + 2
}

/// The row of these two numbers.
fn row(
    look: &Look,
    rows: &Rows,
    arranged: &Arranged,
    view: &CatalogView,
    key: usize,
    is_open: bool,
) -> Option<Element> {
    let index = key / 2;
    Some(match arranged.line(index - row_index(0))? {
        Line::Group(value, count) => group_row(look, view, value, count, index),
        Line::Row(at) => {
            let row = rows.all().get(at)?;
            let id = rows.id(row);
            match key % 2 {
                0 => entity_row(look, &id, row.standing, index, is_open),
                _ => details_row(look, &id),
            }
        }
    })
}
