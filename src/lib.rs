//! The ops-hub widget plugin: what the browser runs.
//!
//! The loader (`src/loader/`) defines the custom elements and, when the first one connects, starts this
//! module once for the page. [`mount`] then shows one widget in an element's shadow root. All elements of one
//! hub share one store ([`hub`]). A panic ends this instance of the module: [`panic`] tells the loader, whose
//! next call finds a fresh one.
#![forbid(unsafe_code)]
#![cfg_attr(
    feature = "fault-injection",
    allow(unreachable_pub, reason = "`#[component]` makes a public function within a private module")
)]

mod element;
mod hub;
#[cfg(feature = "fault-injection")]
mod injected;
mod options;
mod panic;

pub use element::{Mounted, mount, refresh};
pub use options::Options;
pub use panic::begin;
