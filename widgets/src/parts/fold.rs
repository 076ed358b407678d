//! What is folded away, and drawn once somebody opens it: most readers never do, and pay nothing for it.

use crate::view::{
    ev,
    html::{details, summary},
    prelude::*,
};
use wasm_bindgen::JsCast;

/// What is kept of a fold that is open; nothing is kept of one that never was.
pub(crate) const OPEN: &str = "open";

/// A fold of this class below its `head`. `state` is [`OPEN`] or not; what keeps it, keeps the fold open when the
/// widget is drawn anew.
pub(crate) fn fold(class: &'static str, state: ArcRwSignal<String>, head: View, body: View) -> Element {
    let is_open = state.with_untracked(|state| state == OPEN);
    details()
        .class(class)
        .attr("open", is_open.then_some(""))
        .on(ev::toggle, move |event| {
            let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let now = if details.is_some_and(|details| details.has_attribute("open")) { OPEN } else { "folded" };
            if state.with_untracked(|before| before != now) {
                state.set(now.to_owned());
            }
        })
        .child((summary().child(head), body))
}
