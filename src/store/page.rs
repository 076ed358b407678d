//! Whether anybody looks at the page, and whether the browser has a network.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventTarget, VisibilityState};

/// Calls when the page comes into sight or goes out of it, and when the browser goes on or off line;
/// dropping it ends that.
#[derive(Debug)]
pub(crate) struct PageWatch {
    call: Closure<dyn Fn()>,
    targets: Vec<(EventTarget, &'static str)>,
}

impl PageWatch {
    /// Begins to watch.
    pub(crate) fn new(call: impl Fn() + 'static) -> Self {
        let call = Closure::<dyn Fn()>::new(call);
        let window = web_sys::window();
        let document = window.as_ref().and_then(web_sys::Window::document).map(EventTarget::from);
        let window = window.map(EventTarget::from);
        let wanted = [(document, "visibilitychange"), (window.clone(), "online"), (window, "offline")];
        let mut targets = Vec::new();
        for (target, kind) in wanted {
            let Some(target) = target else { continue };
            if target.add_event_listener_with_callback(kind, call.as_ref().unchecked_ref()).is_ok() {
                targets.push((target, kind));
            }
        }
        Self { call, targets }
    }
}

impl Drop for PageWatch {
    fn drop(&mut self) {
        for (target, kind) in &self.targets {
            // Nothing can be done about one that is not there any more.
            let _ = target.remove_event_listener_with_callback(kind, self.call.as_ref().unchecked_ref());
        }
    }
}

/// Whether the page is out of sight.
pub(crate) fn is_hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Whether the browser says that it has no network.
pub(crate) fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
