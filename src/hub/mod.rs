//! One store a hub, shared by every element on the page.
//!
//! The first element of a hub opens its store, and a while after the last one is gone it closes. [`store`]
//! holds what is known and hands it to each element's own signals; [`sync`] reads the hub and plans when to
//! read it again; [`live`] follows the event stream; [`batch`] takes events in, once a frame. Requests,
//! timers and streams are values that end when they are dropped.

mod backoff;
mod batch;
mod catalog;
mod client;
mod clock;
mod lease;
mod live;
mod page;
mod store;
mod stream;
mod sync;

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
    sync::{Arc, Mutex, PoisonError},
};

use ops_manifest::Served;
use ops_widgets::{record::Recorder, timer};

pub(crate) use client::set_access;
pub(crate) use lease::Lease;
pub(crate) use store::Store;

thread_local! {
    static STORES: RefCell<HashMap<String, Weak<Store>>> = RefCell::default();
}

/// The store of a hub, if it is open.
fn find(origin: &str) -> Option<Rc<Store>> {
    STORES.with_borrow(|stores| stores.get(origin).and_then(Weak::upgrade))
}

/// The store of a hub, opened if it is not. The manifest is asked for on opening only.
///
/// # Errors
/// A sentence for people where the manifest cannot be read.
pub(crate) fn connect(origin: &str, manifest: impl FnOnce() -> Vec<u8>) -> Result<Rc<Store>, String> {
    if let Some(store) = find(origin) {
        return Ok(store);
    }
    let manifest = String::from_utf8(manifest()).map_err(|_| "invalid UTF-8".to_owned());
    let manifest = manifest.and_then(|text| Served::read(&text)).map_err(|error| format!("manifest.json: {error}"))?;
    let store = Store::open(origin, manifest);
    STORES.with_borrow_mut(|stores| stores.insert(origin.to_owned(), Rc::downgrade(&store)));
    Ok(store)
}

/// Records events in a hub, in the view context that the element says. It holds nothing of the store, so that
/// the store ends with the last element.
pub(crate) fn recorder(origin: &str, view_context: Arc<Mutex<String>>) -> Recorder {
    let origin = origin.to_owned();
    Arc::new(move |mut event, sending| {
        let said = view_context.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if !said.is_empty() {
            event.view_context = said;
        }
        if let Some(store) = find(&origin) {
            store.record(event, sending);
        }
    })
}

/// Reads a hub again, if its store is open.
pub(crate) fn refresh(origin: &str) {
    if let Some(store) = find(origin) {
        store.refresh();
    }
}

/// Ends what the stores wait for. Called while this instance of the module comes to its end: what is borrowed
/// just then stays as it is.
pub(crate) fn abandon() {
    timer::cancel_all();
    STORES.with(|stores| {
        for store in stores.try_borrow().iter().flat_map(|stores| stores.values()).filter_map(Weak::upgrade) {
            store.abandon();
        }
    });
}
