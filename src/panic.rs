//! What happens when the components panic.
//!
//! A panic leaves the module's state as it was in the middle of something. So the instance is given up: its
//! streams and timers end, the loader is told, and the next call of an export runs in a fresh instance of the
//! same module. The glue refuses the closures of the old one.

use std::{cell::RefCell, panic::PanicHookInfo};

use js_sys::Function;
use leptos::prelude::use_context;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::hub;

/// The view that a reactive computation belongs to, as context of its owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ViewId(pub(crate) u32);

thread_local! {
    static STOPPED: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Begins to run. `stopped` is called with a message, and once more with the view's id where that is known,
/// when this instance of the module has come to its end. `token` gives a promise of the token for a hub's
/// origin; `fetch` sends a request and gives a promise of the answer.
#[wasm_bindgen]
pub fn begin(stopped: Function, token: Function, fetch: Function) {
    hub::set_access(token, fetch);
    STOPPED.set(Some(stopped));
}

/// Prepares an instance. The hook has to be there from its first moment on: a call that was meant for the
/// instance before can come ahead of [`begin`], and its panic must not be the end of this one.
#[wasm_bindgen(start)]
pub(crate) fn init() {
    std::panic::set_hook(Box::new(on_panic));
}

fn on_panic(info: &PanicHookInfo<'_>) {
    wasm_bindgen::handler::schedule_reinit();
    if !STOPPED.with(|stopped| stopped.try_borrow().is_ok_and(|stopped| stopped.is_some())) {
        // Not begun: the call that panics was meant for the instance before.
        return;
    }
    let message = info.to_string();
    web_sys::console::error_1(&message.as_str().into());
    tell(&message.as_str().into(), &JsValue::UNDEFINED);
    hub::abandon();
    // Last: where the panic came while the reactive owner was being changed, asking for it panics again.
    if let Some(ViewId(id)) = use_context::<ViewId>() {
        tell(&message.as_str().into(), &id.into());
    }
}

fn tell(message: &JsValue, id: &JsValue) {
    let stopped = STOPPED.with(|stopped| stopped.try_borrow().ok().and_then(|stopped| stopped.clone()));
    if let Some(stopped) = stopped {
        // Whatever the loader throws, the instance has ended.
        let _ = stopped.call2(&JsValue::UNDEFINED, message, id);
    }
}
