//! The focus of an element that is moved within the page.

use js_sys::Array;
use leptos::{html::Section, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{FocusEvent, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node};

/// Gives the focus back to what loses it because it is moved.
///
/// A list that gets new rows or another order moves some of its rows, and a browser takes the focus from an
/// element that is moved. The reader did nothing, so the element gets the focus back before anything is
/// painted, unless something else has it by then.
#[derive(Clone, Copy, Debug)]
pub struct KeptFocus {
    /// What has the focus, or lost it in this frame.
    focused: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl KeptFocus {
    /// For everything below an element. It has to pass on its `focusin` and `focusout`.
    #[must_use]
    pub fn new(root: NodeRef<Section>) -> Self {
        let kept = Self { focused: StoredValue::new_local(None) };
        let observer = StoredValue::new_local(None::<Observer>);
        root.on_load(move |root| observer.set_value(Observer::new(&root, kept)));
        kept
    }

    /// Something has the focus.
    pub fn on_focus_in(self, event: &FocusEvent) {
        // An SVG element as well: it takes the focus in the same way.
        self.focused.set_value(event.target().map(JsCast::unchecked_into));
    }

    /// Something has lost the focus. Whether by a move is known once the page has changed.
    pub fn on_focus_out(self) {
        request_animation_frame(move || {
            let focused = self.focused.try_get_value().flatten();
            if focused.is_some_and(|focused| !has_focus(&focused)) {
                self.focused.try_set_value(None);
            }
        });
    }

    fn on_change(self, records: &Array) {
        let Some(focused) = self.focused.try_get_value().flatten() else { return };
        let was_moved = focused.is_connected()
            && records.iter().any(|record| {
                let removed = record.unchecked_into::<MutationRecord>().removed_nodes();
                (0..removed.length()).filter_map(|at| removed.item(at)).any(|node| node.contains(Some(&focused)))
            });
        let is_free = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        if was_moved && is_free {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // Where the browser refuses, the focus is lost, as it was.
            let _ = focused.focus_with_options(&options);
        }
    }
}

fn has_focus(element: &HtmlElement) -> bool {
    element.matches(":focus").unwrap_or(false)
}

/// Calls back when nodes come and go, until it is dropped.
struct Observer {
    observer: MutationObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Observer {
    fn new(root: &Node, kept: KeptFocus) -> Option<Self> {
        let callback = Closure::<dyn FnMut(Array)>::new(move |records: Array| kept.on_change(&records));
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        observer.observe_with_options(root, &options).ok()?;
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
