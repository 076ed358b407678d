//! What the first painting of a page does not wait for: some of the browser's own parts take longer to be used for
//! the first time than a widget takes to be drawn.

use std::cell::Cell;

thread_local! {
    static IS_COMPLETE: Cell<bool> = const { Cell::new(false) };
}

/// Whether nothing is left out of what is drawn.
#[must_use]
pub fn is_complete() -> bool {
    IS_COMPLETE.get()
}

/// From now on nothing is left out: what is drawn lacks nothing once it is drawn again.
pub fn complete() {
    IS_COMPLETE.set(true);
}
