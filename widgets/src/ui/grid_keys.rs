//! The keys of an ARIA grid: one cell is a stop of the Tab key, and the arrows move on from it.
//!
//! This follows the grid pattern of the ARIA Authoring Practices Guide: arrows, Home and End (with Ctrl: the
//! first and the last cell), Page Up and Page Down. Enter goes into a cell and Escape back to it. Rows have
//! `aria-rowindex`, cells `data-cell` and `aria-colindex`. A row that is not drawn is scrolled to first.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, FocusOptions, HtmlElement, KeyboardEvent};

/// How many rows Page Up and Page Down move.
const PAGE: i32 = 10;

/// The row and the column of the cell that an event happened in, both from 1.
#[must_use]
pub fn cell_of(event: &Event) -> Option<(usize, usize)> {
    let (_, cell) = table_and_cell(event)?;
    let (row, column) = position(&cell)?;
    Some((usize::try_from(row).ok()?, usize::try_from(column).ok()?))
}

/// Moves the focus. `rows` is how many rows there are, the heading included; `row_px` is how high a row is
/// where some are not drawn.
pub fn on_key(event: &KeyboardEvent, rows: i32, row_px: i32) {
    let Some((table, cell)) = table_and_cell(event) else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.as_ref() != Some(&cell) {
        if event.key() == "Escape" {
            event.prevent_default();
            focus(&cell);
        }
        return;
    }
    let Some((row, column)) = position(&cell) else { return };
    let is_far = event.ctrl_key() || event.meta_key();
    let (row, column) = match event.key().as_str() {
        "ArrowRight" => (row, column + 1),
        "ArrowLeft" => (row, column - 1),
        "ArrowDown" => (row + 1, column),
        "ArrowUp" => (row - 1, column),
        "PageDown" => (row + PAGE, column),
        "PageUp" => (row - PAGE, column),
        "Home" => (if is_far { 1 } else { row }, 1),
        "End" => (if is_far { rows } else { row }, i32::MAX),
        "Enter" | "F2" => {
            enter(event, &cell);
            return;
        }
        " " => {
            press(event, row_of(&cell), ".row-toggle");
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let row = row.clamp(1, rows.max(1));
    if !go(&table, row, column) {
        scroll(&table, row, row_px);
        // The browser reports the scrolling in the next frame; then the rows there are drawn.
        after_frames(2, move || {
            go(&table, row, column);
        });
    }
}

/// Gives the focus back to the element that has it now, should the coming change of the list take it away.
///
/// A browser takes the focus from an element that is moved within its parent. Call this before the change;
/// the focus is given back in a microtask after it.
pub fn keep_focus(table: &Element) {
    let Ok(Some(focused)) = table.query_selector(":focus") else { return };
    let table = table.clone();
    let give_back = Closure::once_into_js(move || {
        let is_lost = matches!(table.query_selector(":focus"), Ok(None)) && focused.is_connected();
        if is_lost && let Some(focused) = focused.dyn_ref::<HtmlElement>() {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // An element that is connected and had the focus can take it again.
            let _ = focused.focus_with_options(&options);
        }
    });
    if let Some(window) = web_sys::window() {
        window.queue_microtask(give_back.unchecked_ref());
    }
}

/// Calls in the frame after so many.
pub fn after_frames(frames: u32, call: impl FnOnce() + 'static) {
    let call: Box<dyn FnOnce()> = Box::new(call);
    let Some(window) = web_sys::window() else { return };
    let callback = Closure::once_into_js(move || match frames {
        0 | 1 => call(),
        _ => after_frames(frames - 1, call),
    });
    // It fails only where the page goes away.
    let _ = window.request_animation_frame(callback.unchecked_ref());
}

fn table_and_cell(event: &Event) -> Option<(Element, Element)> {
    let table = event.current_target()?.dyn_into::<Element>().ok()?;
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()??;
    Some((table, cell))
}

fn row_of(cell: &Element) -> Option<Element> {
    cell.closest("[aria-rowindex]").ok().flatten()
}

fn position(cell: &Element) -> Option<(i32, i32)> {
    let number = |element: &Element, name: &str| element.get_attribute(name)?.parse::<i32>().ok();
    row_of(cell).and_then(|row| number(&row, "aria-rowindex")).zip(number(cell, "aria-colindex"))
}

/// Focuses the cell, or the row's last where it has fewer; `false` where the row is not drawn.
fn go(table: &Element, row: i32, column: i32) -> bool {
    let Ok(cells) = table.query_selector_all(&format!("[aria-rowindex='{row}'] [data-cell]")) else { return false };
    let last = i32::try_from(cells.length()).unwrap_or(i32::MAX);
    let nth = u32::try_from(column.clamp(1, last.max(1)) - 1).unwrap_or_default();
    let found = cells.get(nth).and_then(|cell| cell.dyn_into::<Element>().ok());
    found.inspect(focus).is_some()
}

/// Goes into a cell: a single control is pressed; where there are several, the first gets the focus.
fn enter(event: &KeyboardEvent, cell: &Element) {
    let Ok(inside) = cell.query_selector_all("a, button") else { return };
    match inside.length() {
        0 => {}
        1 => press(event, Some(cell.clone()), "a, button"),
        _ => {
            event.prevent_default();
            if let Some(Ok(first)) = inside.get(0).map(JsCast::dyn_into::<Element>) {
                focus(&first);
            }
        }
    }
}

fn press(event: &KeyboardEvent, within: Option<Element>, selector: &str) {
    let found = within.and_then(|within| within.query_selector(selector).ok().flatten());
    if let Some(Ok(found)) = found.map(JsCast::dyn_into::<HtmlElement>) {
        event.prevent_default();
        found.click();
    }
}

fn scroll(table: &Element, row: i32, row_px: i32) {
    if let Ok(Some(scroller)) = table.closest(".scroll") {
        let middle = scroller.client_height() / 2;
        scroller.set_scroll_top((row - 1).saturating_mul(row_px).saturating_sub(middle).max(0));
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // A cell that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
