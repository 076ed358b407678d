//! The width that a picture has on the page: it is laid out for that.

use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlDivElement, ResizeObserver};

use crate::session::persisted;

/// The width in px before anything is on the page.
const UNKNOWN: i32 = 720;
/// Widths are told apart in such steps, in px: dragging the window's edge does not lay out at each of them.
const STEP: i32 = 8;

/// A measured width. Clones share it.
#[derive(Clone, Copy, Debug)]
pub struct Width(RwSignal<Option<i32>>);

impl Width {
    /// The width in px.
    #[must_use]
    pub fn get(self) -> i32 {
        self.0.get().unwrap_or(UNKNOWN)
    }

    fn measure(self, element: &HtmlDivElement) {
        let width = element.client_width() / STEP * STEP;
        // An element that is not displayed has no width. Then the last one stands.
        if width > 0 && self.0.try_get_untracked() != Some(Some(width)) {
            self.0.try_set(Some(width));
        }
    }
}

/// The width of the picture that the caller shows. It is known once [`WidthGauge`] is on the page.
#[must_use]
pub fn use_width() -> Width {
    Width(persisted("graph-width"))
}

/// A line without height that keeps a width current while it is on the page.
#[component]
pub fn WidthGauge(width: Width) -> impl IntoView {
    let line = NodeRef::<Div>::new();
    let observer = StoredValue::new_local(None::<Observer>);
    line.on_load(move |line| observer.set_value(Observer::new(line, move |line| width.measure(line))));
    view! { <div class="graph-width" node_ref=line></div> }
}

/// Watches an element's size until it is dropped.
struct Observer {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Observer {
    /// `None` where the browser has no such observer.
    fn new(element: HtmlDivElement, on_resize: impl Fn(&HtmlDivElement) + 'static) -> Option<Self> {
        let watched = element.clone();
        let callback = Closure::<dyn FnMut()>::new(move || on_resize(&watched));
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
