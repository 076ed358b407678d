//! The ops-hub widget plugin: what the browser runs.
//!
//! The loader (`src/loader/`) defines the custom elements and, when the first one connects, starts
//! this module once for the page. [`mount`] then renders one widget into an element of that
//! element's shadow root. All widgets of one hub share one [`store`]. A panic ends this instance of
//! the module; [`fault`] says so to the loader, whose next call finds a fresh one.
#![forbid(unsafe_code)]

mod fault;
#[cfg(feature = "fault-injection")]
mod injected;
mod mount;
mod options;
mod store;

pub use fault::begin;
pub use mount::{Mounted, mount, refresh};
pub use options::Options;
