//! What the journeys run on: [`LocalHub`] is the real binary with a database file of its own,
//! [`Browser`] a headless Chromium, [`Front`] a server of host pages that stands before the hub,
//! [`Gallery`] the widgets in every state, [`pictures`] compares how they look with how they looked.
//!
//! The environment says where things are: `OPS_HUB_BIN`, `OPS_HUB_BUNDLE`, `OPS_HUB_CATALOG`,
//! `OPS_HUB_FAULT_BUNDLE`, `OPS_XTASK`, `OPS_WEB`, `OPS_WEB_MODULES`, `CHROMEDRIVER`, `CHROMIUM`. `cargo xtask test` sets it.
#![forbid(unsafe_code)]

mod axe;
mod browser;
mod front;
mod gallery;
mod hub;
pub mod pictures;
mod wait;

pub use browser::Browser;
pub use front::{Fault, Front, Passed};
pub use gallery::{Gallery, package_file};
pub use hub::LocalHub;
pub use wait::until;

/// The value of an environment variable that `cargo xtask test` sets.
///
/// # Errors
/// Where it is not set; the message says how to run the tests.
pub fn setting(name: &str) -> anyhow::Result<String> {
    std::env::var(name)
        .map_err(|_| anyhow::anyhow!("{name} is not set: run these tests by `cargo xtask test --only e2e`"))
}

/// Chooses the TLS implementation of this process; a second call changes nothing.
pub fn choose_tls() {
    // An error means that one is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
