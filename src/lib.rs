//! The ops-hub widget plugin: what the browser runs.
//!
//! The loader (`src/loader/ops-hub.js`) defines the custom elements and, when the first one
//! connects, starts this module once for the page. [`mount`] then renders one widget into an
//! element of that element's shadow root. All widgets of one hub share one [`store`].
#![forbid(unsafe_code)]

mod mount;
mod store;

pub use mount::{Mounted, mount, refresh};

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once when the module starts: panics are logged with their message before they abort.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}
