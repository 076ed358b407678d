//! What a mounted element holds of its hub's store.

use std::{cell::RefCell, rc::Rc};

use ops_widgets::{Hub, timer::Timer};

use super::store::Store;

/// How long a store outlives its last element, in ms: a page change that takes the elements away and brings
/// others costs no request and leaves no gap in the stream.
const LINGER_MS: i64 = 5_000;

thread_local! {
    /// The stores that have no element any more, each with the timer that closes it.
    static LINGERING: RefCell<Vec<(Rc<Store>, Timer)>> = const { RefCell::new(Vec::new()) };
}

/// An element's share of a store. Dropping the last one closes the store after 5 s.
#[derive(Debug)]
pub(crate) struct Lease {
    store: Rc<Store>,
    key: u32,
    hub: Hub,
}

impl Lease {
    /// A share for an element that asks to read the hub every `refresh` seconds; 0 for no wish.
    pub(crate) fn new(store: Rc<Store>, refresh: f64) -> Self {
        stop_lingering(&store);
        let (key, hub) = store.enter();
        store.set_refresh(key, refresh);
        Self { store, key, hub }
    }

    /// Asks to read the hub every `refresh` seconds; 0 for no wish.
    pub(crate) fn set_refresh(&self, refresh: f64) {
        self.store.set_refresh(self.key, refresh);
    }

    /// The hub's state, as signals of this element.
    pub(crate) const fn hub(&self) -> &Hub {
        &self.hub
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.store.leave(self.key) {
            let store = Rc::downgrade(&self.store);
            let close = Timer::new(LINGER_MS, move || store.upgrade().iter().for_each(stop_lingering));
            LINGERING.with_borrow_mut(|all| all.push((self.store.clone(), close)));
        }
    }
}

/// Lets go of a store that lingers. It closes where nobody else holds it.
fn stop_lingering(store: &Rc<Store>) {
    let gone =
        LINGERING.with_borrow_mut(|all| all.extract_if(.., |(other, _)| Rc::ptr_eq(other, store)).collect::<Vec<_>>());
    // Dropped outside of the borrow, whatever ends with it.
    drop(gone);
}
