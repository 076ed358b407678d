//! Keys of an ARIA grid: one cell is in the page's tab order, arrows move on from it.
//!
//! After the ARIA Authoring Practices Guide's grid pattern: arrows, Home and End, with Ctrl the
//! first and last cell, Page Up and Page Down; Enter goes into a cell, Escape back to it. Rows have
//! `aria-rowindex`, cells `data-cell` and `aria-colindex`; a row that is not drawn yet is scrolled to.

use ops_model::whole::whole;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// How many rows Page Up and Page Down move.
const PAGE: i32 = 10;

/// The cell that gets the focus is the one in the tab order.
pub fn on_focus(event: &Event) {
    let Some((table, cell)) = table_and_cell(event) else { return };
    if let Ok(Some(before)) = table.query_selector("[data-cell][tabindex='0']") {
        let _ = before.set_attribute("tabindex", "-1");
    }
    let _ = cell.set_attribute("tabindex", "0");
}

/// Moves the focus; `rows` is how many there are, the heading included, `row_px` how high one is
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
    let number = |element: &Element, name: &str| element.get_attribute(name).and_then(|text| whole::<i32>(&text));
    let row = cell.closest("[aria-rowindex]").ok().flatten().and_then(|row| number(&row, "aria-rowindex"));
    let Some((row, column)) = row.zip(number(&cell, "aria-colindex")) else { return };
    let far = event.ctrl_key() || event.meta_key();
    let (row, column) = match event.key().as_str() {
        "ArrowRight" => (row, column + 1),
        "ArrowLeft" => (row, column - 1),
        "ArrowDown" => (row + 1, column),
        "ArrowUp" => (row - 1, column),
        "PageDown" => (row + PAGE, column),
        "PageUp" => (row - PAGE, column),
        "Home" => (if far { 1 } else { row }, 1),
        "End" => (if far { rows } else { row }, i32::MAX),
        "Enter" | "F2" => {
            enter(event, &cell);
            return;
        }
        " " => {
            press(event, cell.closest("[aria-rowindex]").ok().flatten(), ".row-toggle");
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let row = row.clamp(1, rows.max(1));
    if !go(&table, row, column) {
        scroll(&table, row, row_px);
        // The rows there are drawn in answer to the scrolling, a frame or two later.
        after_frames(
            2,
            Box::new(move || {
                go(&table, row, column);
            }),
        );
    }
}

fn table_and_cell(event: &Event) -> Option<(Element, Element)> {
    let table = event.current_target()?.dyn_into::<Element>().ok()?;
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()??;
    Some((table, cell))
}

/// Focuses the cell, or the row's last where it has fewer; `false` where the row is not drawn.
fn go(table: &Element, row: i32, column: i32) -> bool {
    let Ok(cells) = table.query_selector_all(&["[aria-rowindex='", &row.to_string(), "'] [data-cell]"].concat()) else {
        return false;
    };
    let last = i32::try_from(cells.length()).unwrap_or(i32::MAX);
    let nth = u32::try_from(column.clamp(1, last.max(1)) - 1).unwrap_or_default();
    let found = cells.get(nth).and_then(|cell| cell.dyn_into::<Element>().ok());
    found.inspect(focus).is_some()
}

/// Into a cell: what can only be pressed is pressed, what has more gets the focus.
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
        let _ = element.focus();
    }
}

/// Calls in the frame after so many.
pub fn after_frames(frames: u32, call: Box<dyn FnOnce()>) {
    let Some(window) = web_sys::window() else { return };
    let callback = Closure::once_into_js(move || match frames {
        0 | 1 => call(),
        _ => after_frames(frames - 1, call),
    });
    let _ = window.request_animation_frame(callback.unchecked_ref());
}
