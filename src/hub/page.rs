//! What happens to the page around the widgets: it comes into sight or goes, the network comes or goes.

use ops_widgets::timer;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, VisibilityState};

/// Events after which a hub may have to be read.
const CHANGES: [&str; 4] = ["visibilitychange", "online", "offline", "pageshow"];
/// Events that only give the chance to look for timers that the page cleared.
const SIGNS_OF_LIFE: [&str; 3] = ["focus", "turbolinks:load", "turbo:load"];

/// Listens to the page. Dropping it ends that.
#[derive(Debug)]
pub(super) struct PageEvents {
    listener: Closure<dyn Fn(Event)>,
}

impl PageEvents {
    /// Calls `on_change` with whether the network has just come back.
    pub(super) fn new(on_change: impl Fn(bool) + 'static) -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            timer::run_overdue();
            let kind = event.type_();
            if CHANGES.contains(&kind.as_str()) {
                on_change(kind == "online");
            }
        });
        for kind in CHANGES.iter().chain(&SIGNS_OF_LIFE) {
            // While they are captured, all of them pass the window, those of the document too.
            let call = listener.as_ref().unchecked_ref();
            let _ = web_sys::window().map(|window| window.add_event_listener_with_callback_and_bool(kind, call, true));
        }
        Self { listener }
    }
}

impl Drop for PageEvents {
    fn drop(&mut self) {
        for kind in CHANGES.iter().chain(&SIGNS_OF_LIFE) {
            let call = self.listener.as_ref().unchecked_ref();
            let _ =
                web_sys::window().map(|window| window.remove_event_listener_with_callback_and_bool(kind, call, true));
        }
    }
}

/// Whether the page is out of sight.
pub(super) fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Whether the browser says that it has no network.
pub(super) fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
