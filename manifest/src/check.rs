//! Whether a manifest keeps to its JSON Schema and to its own references.

use std::{collections::BTreeSet, fmt};

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::types::{EventType, Manifest, WidgetInstance};

/// The JSON Schema of the manifest, as JSON text.
pub const SCHEMA: &str = include_str!("../manifest.schema.json");

/// The JSON Schema of the catalog, as JSON text.
pub const CATALOG_SCHEMA: &str = include_str!("../catalog.schema.json");

/// The JSON Schema of the hub mapping, as JSON text.
pub const MAPPING_SCHEMA: &str = include_str!("../mapping.schema.json");

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule is broken: `schema`, `duplicate-name`, `unknown-reference`, `widget-subject`, `version`, `contract`.
    pub rule: &'static str,
    /// Where, as a JSON Pointer (RFC 6901): `/widgets/3/kind`.
    pub pointer: String,
    /// What is wrong there, and what would cure it.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", if self.pointer.is_empty() { "/" } else { &self.pointer }, self.message)
    }
}

impl Finding {
    fn of(rule: &'static str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { rule, pointer: pointer.into(), message: message.into() }
    }

    pub(crate) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of("contract", pointer, message)
    }
}

/// The manifest, or everything that is wrong with it.
///
/// # Errors
/// The findings: of the schema first, then of the references; never an empty list.
pub fn check(document: &Value) -> Result<Manifest, Vec<Finding>> {
    let mut findings = against(SCHEMA, document);
    let manifest = serde_json::from_value::<Manifest>(document.clone());
    match &manifest {
        Ok(manifest) => findings.extend(references(manifest)),
        Err(error) if findings.is_empty() => findings.push(Finding::of("schema", "", error.to_string())),
        // The schema has said it already, with its place.
        Err(_) => {}
    }
    match manifest {
        Ok(manifest) if findings.is_empty() => Ok(manifest),
        _ => Err(findings),
    }
}

/// What a document breaks of a JSON Schema, which is given as JSON text.
#[must_use]
pub fn against(schema: &str, document: &Value) -> Vec<Finding> {
    let broken = |error: &dyn fmt::Display| vec![Finding::of("schema", "", format!("the schema: {error}"))];
    let schema = match serde_json::from_str(schema) {
        Ok(schema) => schema,
        Err(error) => return broken(&error),
    };
    match jsonschema::validator_for(&schema) {
        Err(error) => broken(&error),
        Ok(validator) => validator.iter_errors(document).flat_map(|error| broken_at(&error)).collect(),
    }
}

/// A property that should not be there is named at its own place, not at that of its object.
fn broken_at(error: &jsonschema::ValidationError<'_>) -> Vec<Finding> {
    let pointer = error.instance_path().to_string();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                let escaped = name.replace('~', "~0").replace('/', "~1");
                Finding::of("schema", format!("{pointer}/{escaped}"), format!("'{name}' is not known here"))
            })
            .collect(),
        _ => vec![Finding::of("schema", pointer, error.to_string())],
    }
}

fn references(manifest: &Manifest) -> Vec<Finding> {
    let mut findings = Vec::new();
    let extension = &manifest.extension;
    if let Err(error) = semver::Version::parse(&extension.version) {
        findings.push(Finding::of("version", "/extension/version", format!("'{}': {error}", extension.version)));
    }
    if let Err(error) = semver::VersionReq::parse(&extension.hub_api) {
        let message = format!("'{}': {error}; write a range such as '>=2.0.0, <3.0.0'", extension.hub_api);
        findings.push(Finding::of("version", "/extension/hubApi", message));
    }
    let kinds = || manifest.kinds.iter();
    unique(&mut findings, "kinds", "name", kinds().map(|kind| kind.name.as_str()));
    unique(&mut findings, "kinds", "element", kinds().map(|kind| kind.element.as_str()));
    unique(&mut findings, "widgets", "name", manifest.widgets.iter().map(|widget| widget.name.as_str()));
    unique(&mut findings, "eventTypes", "name", manifest.event_types.iter().map(|kind| kind.name.as_str()));
    for (at, kind) in manifest.kinds.iter().enumerate() {
        for (place, accepted) in kind.accepts.iter().enumerate() {
            if !manifest.event_types.iter().any(|kind| kind.name == *accepted) {
                let message =
                    format!("'{accepted}' is not one of the event types; add it to eventTypes or take it out");
                findings.push(Finding::of("unknown-reference", format!("/kinds/{at}/accepts/{place}"), message));
            }
        }
    }
    for (at, widget) in manifest.widgets.iter().enumerate() {
        findings.extend(widget_references(manifest, at, widget));
    }
    for (at, kind) in manifest.event_types.iter().enumerate() {
        findings.extend(event_references(at, kind));
    }
    findings
}

fn unique<'a>(findings: &mut Vec<Finding>, list: &str, field: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for (at, name) in names.enumerate() {
        if !seen.insert(name) {
            let message = format!("'{name}' is there twice; give one of the two another {field}");
            findings.push(Finding::of("duplicate-name", format!("/{list}/{at}/{field}"), message));
        }
    }
}

fn widget_references(manifest: &Manifest, at: usize, widget: &WidgetInstance) -> Option<Finding> {
    let Some(kind) = manifest.kinds.iter().find(|kind| kind.name == widget.kind) else {
        let known: Vec<&str> = manifest.kinds.iter().map(|kind| kind.name.as_str()).collect();
        let message = format!("'{}' is not one of the kinds: {}", widget.kind, known.join(", "));
        return Some(Finding::of("unknown-reference", format!("/widgets/{at}/kind"), message));
    };
    let allowed = || kind.subjects.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" or ");
    let message = match &widget.subject {
        None if kind.subjects.is_empty() => return None,
        Some(subject) if kind.subjects.contains(&subject.kind) => return None,
        None => format!("a widget of kind '{}' needs a subject: {}", kind.name, allowed()),
        Some(subject) if kind.subjects.is_empty() => {
            format!("a widget of kind '{}' is about the whole catalog; take the subject '{subject}' out", kind.name)
        }
        Some(subject) => format!("'{subject}' cannot be a subject of kind '{}'; it takes {}", kind.name, allowed()),
    };
    Some(Finding::of("widget-subject", format!("/widgets/{at}/subject"), message))
}

fn event_references(at: usize, kind: &EventType) -> Vec<Finding> {
    if let Err(error) = jsonschema::draft202012::meta::validate(&kind.metadata_schema) {
        let pointer = format!("/eventTypes/{at}/metadataSchema{}", error.instance_path());
        return vec![Finding::of("schema", pointer, format!("'{}': {error}", kind.name))];
    }
    let described = |field: &str| kind.metadata_schema["properties"].get(field).is_some();
    let rules = kind.rule.met.iter().enumerate();
    let fields = rules.flat_map(|(place, rule)| {
        let other = rule.equals_field.iter().map(move |field| (place, "equalsField", field));
        core::iter::once((place, "field", &rule.field)).chain(other)
    });
    fields
        .filter(|(_, _, field)| !described(field))
        .map(|(place, name, field)| {
            let message = format!("'{field}' is not a property of the metadata schema of '{}'", kind.name);
            Finding::of("unknown-reference", format!("/eventTypes/{at}/rule/met/{place}/{name}"), message)
        })
        .collect()
}
