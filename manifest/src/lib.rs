//! The extension manifest: what ops-hub's widget extension registers in a hub.
//!
//! [`Manifest`] is the document's shape for every tool; [`Served`] is what the browser reads of it, and
//! [`first_page`] what it asks for first. On the build side `source` reads the one hand-written source
//! (`ops-hub.toml` and the event schemas), `check` validates a manifest against its JSON Schema and its own
//! references, and `contract` finds operations in a hub's OpenAPI document; `inter-hub.openapi.json` is the
//! assumed one. `mapping` says which operations the extension needs and how a hub calls them.
#![forbid(unsafe_code)]

#[cfg(not(target_arch = "wasm32"))]
pub mod check;
#[cfg(not(target_arch = "wasm32"))]
pub mod contract;
mod first;
#[cfg(not(target_arch = "wasm32"))]
pub mod mapping;
pub mod served;
#[cfg(not(target_arch = "wasm32"))]
pub mod source;
pub mod types;

pub use first::first_page;
pub use served::Served;
pub use types::{BundleFile, EventType, Extension, FileRole, HubIdentity, Manifest, WidgetInstance, WidgetKind};
