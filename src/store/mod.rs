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
    collections::BTreeMap,
    rc::{Rc, Weak},
    sync::Arc,
};

use ops_widgets::record::Recorder;

thread_local! {
    static HUBS: RefCell<BTreeMap<String, Weak<Hub>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The store of a hub, opened if there is none yet. `manifest` is read on opening only.
pub(crate) fn connect(origin: &str, manifest: &str) -> Result<Rc<Hub>, String> {
    if let Some(hub) = HUBS.with_borrow(|hubs| hubs.get(origin).and_then(Weak::upgrade)) {
        return Ok(hub);
    }
    let manifest = serde_json::from_str(manifest).map_err(|error| ["manifest.json: ", &error.to_string()].concat())?;
    let hub = Hub::open(origin, manifest);
    HUBS.with_borrow_mut(|hubs| hubs.insert(origin.to_owned(), Rc::downgrade(&hub)));
    Ok(hub)
}

/// Who records events in a hub. It names the hub and holds nothing of it, so that the last widget ends the store.
pub(crate) fn recorder(origin: &str) -> Recorder {
    let origin = origin.to_owned();
    Arc::new(move |event, sending| {
        if let Some(hub) = HUBS.with_borrow(|hubs| hubs.get(&origin).and_then(Weak::upgrade)) {
            hub.record(event, sending);
        }
    })
}

/// Reads a hub again, if it has a store.
pub(crate) fn refresh(origin: &str) {
    if let Some(hub) = HUBS.with_borrow(|hubs| hubs.get(origin).and_then(Weak::upgrade)) {
        hub.refresh();
    }
}
