//! One store a hub origin, shared by every widget on the page.
//!
//! The first widget of a hub opens its store, the last one to go closes it: requests, timers and
//! the event stream are values that end when they are dropped.

mod clock;
mod fetch;
mod hub;
mod stream;

pub(crate) use hub::Hub;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    sync::Arc,
};

use ops_widgets::record::Recorder;

thread_local! {
    /// A page has one hub or a few: a list does.
    static HUBS: RefCell<Vec<(String, Weak<Hub>)>> = const { RefCell::new(Vec::new()) };
}

/// The store of a hub, if it has one.
fn open(origin: &str) -> Option<Rc<Hub>> {
    HUBS.with_borrow(|hubs| hubs.iter().find(|(of, _)| of == origin).and_then(|(_, hub)| hub.upgrade()))
}

/// The store of a hub, opened if there is none yet. `manifest` is read on opening only.
pub(crate) fn connect(origin: &str, manifest: &str) -> Result<Rc<Hub>, String> {
    if let Some(hub) = open(origin) {
        return Ok(hub);
    }
    let manifest = serde_json::from_str(manifest).map_err(|error| ["manifest.json: ", &error.to_string()].concat())?;
    let hub = Hub::open(origin, manifest);
    HUBS.with_borrow_mut(|hubs| {
        hubs.retain(|(_, hub)| hub.strong_count() > 0);
        hubs.push((origin.to_owned(), Rc::downgrade(&hub)));
    });
    Ok(hub)
}

/// Who records events in a hub. It names the hub and holds nothing of it, so that the last widget ends the store.
pub(crate) fn recorder(origin: &str) -> Recorder {
    let origin = origin.to_owned();
    Arc::new(move |event, sending| {
        if let Some(hub) = open(&origin) {
            hub.record(event, sending);
        }
    })
}

/// Reads a hub again, if it has a store.
pub(crate) fn refresh(origin: &str) {
    if let Some(hub) = open(origin) {
        hub.refresh();
    }
}
