//! The shape of the manifest document.

use std::collections::BTreeMap;

use ops_model::{EntityKind, EntityRef, event::EventRule};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that a hub has to know of one version of the extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The shape's version, 1.
    pub schema_version: u32,
    /// The hub that the extension belongs to.
    pub hub: HubIdentity,
    /// The extension itself.
    pub extension: Extension,
    /// The kinds of widget that it brings.
    pub kinds: Vec<WidgetKind>,
    /// The widgets to create, each an instance of a kind.
    pub widgets: Vec<WidgetInstance>,
    /// The event types that it registers.
    pub event_types: Vec<EventType>,
    /// What it asks to be allowed: `catalog:read`, `events:read`, `events:record`.
    pub permissions: Vec<String>,
    /// The hub's paths that the browser uses, by operation id of the hub contract, `{hub}` filled in.
    #[serde(default)]
    pub api: BTreeMap<String, String>,
    /// What the browser asks the hub for first, path and query: a page that has widgets may ask for it ahead.
    #[serde(default)]
    pub preload: Vec<String>,
    /// The files of the bundle; empty until it is packed.
    #[serde(default)]
    pub bundle: Vec<BundleFile>,
}

/// The hub's place in the Viable System Model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubIdentity {
    /// Its name in addresses: `ops-hub`.
    pub slug: String,
    /// Its name for people.
    pub title: String,
    /// The hub family: `vsm`.
    pub family: String,
    /// The VSM function: `OPS`.
    pub function: String,
    /// The VSM system: `S1`.
    pub system: String,
}

/// Name and version of the extension, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    /// `ops-hub-widgets`.
    pub name: String,
    /// Its version, SemVer 2.0.0.
    pub version: String,
    /// The versions of the hub API that it works with, as a Cargo-style range: `>=2.0.0, <3.0.0`.
    pub hub_api: String,
}

/// A kind of widget: a component in the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct WidgetKind {
    /// `environment`, `host`, …
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The shorthand element: `ops-env`.
    pub element: String,
    /// The kinds of entity that an instance can be about; empty where it is about the whole catalog.
    #[serde(default, deserialize_with = "ops_model::entity::known_kinds")]
    pub subjects: Vec<EntityKind>,
    /// The event types that an instance accepts.
    #[serde(default)]
    pub accepts: Vec<String>,
}

/// A widget: one entry, no code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct WidgetInstance {
    /// Unique in the hub: `ops-env-coulombcore`.
    pub name: String,
    /// The name of its kind.
    pub kind: String,
    /// The entity that it is about; absent for a widget over the whole catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<EntityRef>,
    /// Its heading.
    pub title: String,
    /// The view context of events that are recorded from it, unless the page gives one.
    pub view_context: String,
}

/// A type of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct EventType {
    /// `ops-endpoint-verified`, …
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// How events of it are judged.
    pub rule: EventRule,
    /// The JSON Schema (2020-12) of the events' `metadata`.
    #[serde(default)]
    pub metadata_schema: Value,
}

/// What a file of the bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileRole {
    /// The stable entry that a page names; the only file whose name has no hash.
    Entry,
    /// The JavaScript around the wasm.
    Glue,
    /// Components. Every page loads the first such file of a bundle; the others are chunks, which a page loads when
    /// a reader first opens what needs them.
    Wasm,
    /// The style sheet of the shadow roots, in bundles whose glue does not carry it.
    Style,
}

/// One file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// Its path relative to the manifest.
    pub path: String,
    /// What it is for.
    pub role: FileRole,
    /// Its size in bytes, uncompressed.
    pub bytes: u64,
    /// Its Subresource Integrity value: `sha384-…`.
    pub integrity: String,
}
