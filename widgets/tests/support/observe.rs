//! What changes in the page below an element.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, MutationObserver, MutationObserverInit, Node};

/// Watches an element and everything below it.
pub struct Mutations {
    observer: MutationObserver,
    seen: Rc<RefCell<Vec<String>>>,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Mutations {
    pub fn of(element: &Element) -> Self {
        let seen = Rc::<RefCell<Vec<String>>>::default();
        let into = seen.clone();
        let callback = Closure::new(move |records: Array| into.borrow_mut().extend(records.iter().map(words)));
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).unwrap();
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_child_list(true);
        options.set_attributes(true);
        options.set_character_data(true);
        observer.observe_with_options(element, &options).unwrap();
        Self { observer, seen, _callback: callback }
    }

    /// What has changed since the last call, in words.
    pub fn take(&self) -> Vec<String> {
        let mut seen = self.seen.take();
        seen.extend(self.observer.take_records().iter().map(words));
        seen
    }
}

impl Drop for Mutations {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn words(record: JsValue) -> String {
    let field = |name: &str| Reflect::get(&record, &name.into()).unwrap();
    let text = field("target").unchecked_into::<Node>().text_content().unwrap_or_default();
    format!("{:?} of {:?} at {text:.60}", field("type"), field("attributeName"))
}
