//! Reading the manifest's one source: `ops-hub.toml` and `events/NAME.schema.json`.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use ops_model::{
    Claim, EntityKind, EntityRef,
    event::{EventRule, MetRule},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    contract::{Contract, ContractError},
    first_page,
    types::{EventType, Extension, HubIdentity, Manifest, WidgetInstance, WidgetKind},
};

/// The generated manifest's name in the source folder.
pub const MANIFEST: &str = "ops-hub.manifest.json";

/// Why the source gives no manifest.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A file cannot be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The TOML breaks its shape.
    #[error("{}: {error}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and why.
        error: Box<toml::de::Error>,
    },
    /// A JSON file breaks its shape.
    #[error("{}: {error}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        error: serde_json::Error,
    },
    /// The hub contract lacks an operation.
    #[error("{}: {error}", path.display())]
    Contract {
        /// The contract's file.
        path: PathBuf,
        /// What it lacks.
        error: ContractError,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    hub: HubIdentity,
    extension: ExtensionSource,
    permissions: Vec<String>,
    api: Vec<String>,
    kinds: Vec<WidgetKind>,
    widgets: Vec<WidgetSource>,
    event_types: Vec<EventTypeSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionSource {
    name: String,
    hub_api: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WidgetSource {
    name: String,
    kind: String,
    subject: Option<EntityRef>,
    title: String,
    /// `SLUG/NAME` where absent.
    view_context: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventTypeSource {
    name: String,
    title: String,
    claim: Claim,
    subjects: Vec<EntityKind>,
    freshness_seconds: u32,
    met: Vec<MetSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetSource {
    field: String,
    equals_field: Option<String>,
    #[serde(default)]
    one_of: Vec<Value>,
}

/// The manifest that the folder's source gives, without the list of the bundle's files.
///
/// # Errors
/// Where a file is missing or breaks its shape.
pub fn read(folder: &Path) -> Result<Manifest, SourceError> {
    let path = folder.join("ops-hub.toml");
    let source: Source =
        toml::from_str(&text(&path)?).map_err(|error| SourceError::Toml { path, error: Box::new(error) })?;
    let slug = source.hub.slug.clone();
    let event_types = source.event_types.into_iter().map(|kind| event_type(folder, kind)).collect::<Result<_, _>>()?;
    let api = paths(folder, &slug, &source.api)?;
    Ok(Manifest {
        schema_version: 1,
        extension: Extension {
            name: source.extension.name,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            hub_api: source.extension.hub_api,
        },
        kinds: source.kinds,
        widgets: source.widgets.into_iter().map(|widget| instance(&slug, widget)).collect(),
        event_types,
        permissions: source.permissions,
        preload: ahead(&api),
        api,
        bundle: Vec::new(),
        hub: source.hub,
    })
}

/// The text of the committed document: two spaces of indent, one newline at the end.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn render(manifest: &Manifest) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(manifest)? + "\n")
}

/// What the browser asks for first.
fn ahead(api: &BTreeMap<String, String>) -> Vec<String> {
    let catalog = api.get("getCatalog").map(|path| first_page(path));
    catalog.into_iter().chain(api.get("listEvents").cloned()).collect()
}

fn instance(slug: &str, widget: WidgetSource) -> WidgetInstance {
    let view_context = widget.view_context.unwrap_or_else(|| format!("{slug}/{}", widget.name));
    WidgetInstance { name: widget.name, kind: widget.kind, subject: widget.subject, title: widget.title, view_context }
}

fn event_type(folder: &Path, kind: EventTypeSource) -> Result<EventType, SourceError> {
    let metadata_schema = json(&folder.join("events").join(format!("{}.schema.json", kind.name)))?;
    let met = kind.met.into_iter();
    let met = met.map(|rule| MetRule { field: rule.field, equals_field: rule.equals_field, one_of: rule.one_of });
    let rule = EventRule {
        claim: kind.claim,
        subjects: kind.subjects,
        freshness_seconds: kind.freshness_seconds,
        met: met.collect(),
    };
    Ok(EventType { name: kind.name, title: kind.title, rule, metadata_schema })
}

/// The paths of the operations, `{hub}` filled in; what else a path asks for stays a parameter.
fn paths(folder: &Path, slug: &str, operations: &[String]) -> Result<BTreeMap<String, String>, SourceError> {
    let path = folder.join("inter-hub.openapi.json");
    let document = json(&path)?;
    let bound = || {
        let contract = Contract::new(document)?;
        let one = |id: &String| Ok((id.clone(), contract.operation(id)?.path.replace("{hub}", slug)));
        operations.iter().map(one).collect::<Result<_, ContractError>>()
    };
    bound().map_err(|error| SourceError::Contract { path, error })
}

fn json(path: &Path) -> Result<Value, SourceError> {
    serde_json::from_str(&text(path)?).map_err(|error| SourceError::Json { path: path.to_owned(), error })
}

fn text(path: &Path) -> Result<String, SourceError> {
    fs::read_to_string(path).map_err(|error| SourceError::Read { path: path.to_owned(), error })
}
