//! The manifest's source, `ops-hub.toml`: findings stand where a maintainer writes.

use std::path::Path;

use ops_manifest::source::{SourceError, read};
use serde_json::Value;

use super::{Finding, Place, document::Document, rules};

/// Reads the source; the document has the manifest that it gives, and the places of the TOML.
pub(crate) fn document(path: &Path, text: &str, findings: &mut Vec<Finding>) -> Option<Document> {
    let file = path.display().to_string();
    let document = Document::toml(&file, text, findings)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| ".".as_ref());
    let given = read(folder).map(|manifest| serde_json::to_value(manifest).unwrap_or(Value::Null));
    match given {
        Ok(manifest) => Some(document.into_source_of(manifest, pointer)),
        Err(error) => {
            findings.push(broken(&document, error));
            None
        }
    }
}

fn broken(document: &Document, error: SourceError) -> Finding {
    match error {
        SourceError::Toml { error, .. } => {
            let place = error.span().map(|span| document.span(span.start, span.end));
            let message = error.message().to_owned();
            Finding {
                place: place.unwrap_or_else(|| document.place("")),
                ..document.finding(&rules::SCHEMA, "", message)
            }
        }
        SourceError::Json { path, error } => {
            let (line, column) = (error.line(), error.column());
            let place = Place { line, column, end_line: line, end_column: column + 1 };
            let (file, message) = (path.display().to_string(), format!("not JSON: {error}"));
            Finding { rule: &rules::SYNTAX, file, place, message }
        }
        SourceError::Contract { error, .. } => document.finding(&rules::UNKNOWN_REFERENCE, "/api", error.to_string()),
        SourceError::Read { path, error } => {
            document.finding(&rules::UNKNOWN_REFERENCE, "/event_types", format!("{}: {error}", path.display()))
        }
    }
}

/// Where the source says what a pointer of the manifest leads to.
fn pointer(manifest: &str) -> String {
    let mut written = String::new();
    for step in manifest.split('/').skip(1) {
        let name = match step {
            // A type's schema is a file of its own; its entry names the type.
            "metadataSchema" => break,
            // What the manifest gathers in `rule` the source says of the type itself.
            "rule" => continue,
            "eventTypes" => "event_types",
            "viewContext" => "view_context",
            "hubApi" => "hub_api",
            "freshnessSeconds" => "freshness_seconds",
            "equalsField" => "equals_field",
            "oneOf" => "one_of",
            other => other,
        };
        written.push('/');
        written.push_str(name);
    }
    written
}
