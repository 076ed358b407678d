//! What a mounted widget holds of its hub's store.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;

use super::{Hub, draw::View};

/// How long a store outlives its last widget, in ms: a page change that takes the widgets away and
/// brings others costs no request and leaves no gap in the stream.
const LINGER_MS: u32 = 5_000;

thread_local! {
    /// The stores that have no widget any more, each with the alarm that closes it.
    static LINGERING: RefCell<Vec<(Rc<Hub>, Timeout)>> = const { RefCell::new(Vec::new()) };
}

/// A widget's share of a store. Dropping the last one closes the store after 5 s.
#[derive(Debug)]
pub(crate) struct Lease {
    hub: Rc<Hub>,
    key: u32,
    view: View,
}

impl Lease {
    /// A share for a view that asks to read the hub every `refresh` seconds; 0 for no wish.
    pub(crate) fn new(hub: Rc<Hub>, refresh: f64) -> Self {
        LINGERING.with_borrow_mut(|all| all.retain(|(other, _)| !Rc::ptr_eq(other, &hub)));
        let (key, view) = hub.enter();
        let lease = Self { hub, key, view };
        lease.ask(refresh);
        lease
    }

    /// Asks to read the hub every `refresh` seconds; 0 for no wish.
    pub(crate) fn ask(&self, refresh: f64) {
        self.hub.ask(self.key, refresh);
    }

    /// What the widget subscribes to.
    pub(crate) const fn view(&self) -> &View {
        &self.view
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.hub.leave(self.key) {
            let hub = self.hub.clone();
            let close = Timeout::new(LINGER_MS, {
                let hub = Rc::downgrade(&self.hub);
                move || LINGERING.with_borrow_mut(|all| all.retain(|(other, _)| Rc::as_ptr(other) != hub.as_ptr()))
            });
            LINGERING.with_borrow_mut(|all| all.push((hub, close)));
        }
    }
}
