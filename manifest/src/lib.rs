//! The extension manifest: what ops-hub's widget extension registers in a hub.
//!
//! [`Manifest`] is the document's shape, decoded in the browser and by every tool. On the build
//! side `source` reads the one hand-written source (`ops-hub.toml` and the event schemas),
//! `check` validates a manifest against its JSON Schema and its own references, and `contract`
//! gives access to the assumed hub API (`inter-hub.openapi.json`).
#![forbid(unsafe_code)]

pub mod types;

pub use types::{BundleFile, EventType, Extension, FileRole, HubIdentity, Manifest, WidgetInstance, WidgetKind};
