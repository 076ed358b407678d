//! The browser's next frame, or a while later where it draws none.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// After how long a frame is not waited for any longer, in ms: a tab that nobody sees has none.
const NO_FRAME_MS: u32 = 500;

/// Calls at the next frame when that is asked for; dropping it ends the waiting.
#[derive(Debug)]
pub(super) struct Frames {
    call: Closure<dyn Fn()>,
    asked: Cell<Option<i32>>,
    later: RefCell<Option<Timeout>>,
}

impl Frames {
    /// For frames at which `call` is called; it has to say [`Self::taken`] first.
    pub(super) fn new(call: impl Fn() + 'static) -> Self {
        Self { call: Closure::new(call), asked: Cell::default(), later: RefCell::default() }
    }

    /// Asks for the next frame; one that is asked for already counts.
    pub(super) fn ask(&self) {
        if self.later.borrow().is_some() {
            return;
        }
        let call: &js_sys::Function = self.call.as_ref().unchecked_ref();
        self.asked.set(web_sys::window().and_then(|window| window.request_animation_frame(call).ok()));
        let call = call.clone();
        *self.later.borrow_mut() = Some(Timeout::new(NO_FRAME_MS, move || drop(call.call0(&JsValue::NULL))));
    }

    /// The call has come.
    pub(super) fn taken(&self) {
        *self.later.borrow_mut() = None;
        if let Some((asked, window)) = self.asked.take().zip(web_sys::window()) {
            // One that has come already is none to cancel, which is no error.
            let _ = window.cancel_animation_frame(asked);
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.taken();
    }
}
