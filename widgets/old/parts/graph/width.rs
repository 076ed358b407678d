//! The width that a picture has on the page, for which it is laid out.

use crate::view::{html::div, prelude::*};
use ops_model::whole::whole;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

use crate::scope::Scene;

/// The width in px before anything is on the page.
const UNKNOWN: i32 = 720;
/// Widths are told apart in such steps, so that a drag of the window's edge does not draw each px.
const STEP: i32 = 8;

/// The width for which to lay out, in px. Whoever asks is drawn again when it changes.
#[must_use]
pub fn width_of(scene: &Scene) -> i32 {
    whole(&scene.memory.text("graph-width").get()).unwrap_or(UNKNOWN)
}

/// A line without height that keeps [`width_of`] current while it is on the page.
#[must_use]
pub fn measured(scene: &Scene) -> View {
    let width = scene.memory.text("graph-width");
    div().class("graph-width").made(|line| Watch::new(line.clone(), width)).draw()
}

/// Watches the width of an element until it is dropped.
struct Watch {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl Watch {
    fn new(element: Element, width: ArcRwSignal<String>) -> Option<Self> {
        let watched = element.clone();
        let call = Closure::<dyn FnMut()>::new(move || {
            let now = watched.client_width() / STEP * STEP;
            // Nothing is 0 px wide but what is folded away.
            if now > 0 && width.with_untracked(|width| whole(width) != Some(now)) {
                width.set(now.to_string());
            }
        });
        let observer = ResizeObserver::new(call.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self { observer, _call: call })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
