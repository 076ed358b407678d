//! One store a hub origin, shared by every widget on the page.
//!
//! The first widget of a hub opens its store. A while after the last one is gone it closes: requests,
//! timers and the event stream are values that end when they are dropped.

mod access;
mod answer;
mod asked;
mod clock;
mod draw;
mod fetch;
mod frames;
mod hub;
mod lease;
mod page;
mod pages;
mod slice;
mod stream;

pub(crate) use access::ask_by;
pub(crate) use hub::Hub;
pub(crate) use lease::Lease;

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    sync::{Arc, Mutex, PoisonError},
};

use ops_manifest::Served;
use ops_widgets::record::Recorder;

thread_local! {
    /// A page has one hub or a few: a list does.
    static HUBS: RefCell<Vec<(String, Weak<Hub>)>> = const { RefCell::new(Vec::new()) };
}

/// The store of a hub, if it has one.
fn open(origin: &str) -> Option<Rc<Hub>> {
    HUBS.with_borrow(|hubs| hubs.iter().find(|(of, _)| of == origin).and_then(|(_, hub)| hub.upgrade()))
}

/// The store of a hub, opened if there is none yet; its manifest is asked for on opening only.
pub(crate) fn connect(origin: &str, manifest: impl FnOnce() -> Vec<u8>) -> Result<Rc<Hub>, String> {
    if let Some(hub) = open(origin) {
        return Ok(hub);
    }
    let manifest = str::from_utf8(&manifest()).map_err(|_| "invalid UTF-8".to_owned()).and_then(Served::read);
    let manifest = manifest.map_err(|error| ["manifest.json: ", &error].concat())?;
    let hub = Hub::open(origin, manifest);
    HUBS.with_borrow_mut(|hubs| {
        hubs.retain(|(_, hub)| hub.strong_count() > 0);
        hubs.push((origin.to_owned(), Rc::downgrade(&hub)));
    });
    Ok(hub)
}

/// Who records events in a hub, in the view context that the element says. It names the hub and holds
/// nothing of it, so that the last widget ends the store.
pub(crate) fn recorder(origin: &str, view_context: Arc<Mutex<String>>) -> Recorder {
    let origin = origin.to_owned();
    Arc::new(move |mut event, sending| {
        let said = view_context.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if !said.is_empty() {
            event.view_context = said;
        }
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

/// Ends what the stores wait for. Called while this instance of the module comes to its end: whatever
/// is borrowed just then stays as it is.
pub(crate) fn abandon() {
    HUBS.with(|hubs| {
        for hub in hubs.try_borrow().iter().flat_map(|hubs| hubs.iter()).filter_map(|(_, hub)| hub.upgrade()) {
            hub.abandon();
        }
    });
}
