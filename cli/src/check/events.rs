//! Samples of events: those of a file, and the first events of an inventory.

use ops_manifest::Manifest;
use ops_model::EntityRef;
use serde_json::Value;

use super::{
    Finding,
    catalog::Checked,
    document::Document,
    rules::{self, Rule},
};

/// Checks a file of events: one, a list, or `items`.
pub(crate) fn check(document: &Document, manifest: &Manifest, catalog: Option<&Checked>, findings: &mut Vec<Finding>) {
    let (list, prefix) = match &document.value {
        Value::Array(list) => (list.as_slice(), ""),
        Value::Object(fields) => match fields.get("items") {
            Some(Value::Array(list)) => (list.as_slice(), "/items"),
            _ => (std::slice::from_ref(&document.value), "-"),
        },
        _ => {
            findings.push(document.finding(&rules::SCHEMA, "", "this is neither an event nor a list of events"));
            return;
        }
    };
    for (at, event) in list.iter().enumerate() {
        let base = if prefix == "-" { String::new() } else { format!("{prefix}/{at}") };
        for (rule, pointer, message) in judge(event, manifest, catalog) {
            findings.push(document.finding(rule, &format!("{base}{pointer}"), message));
        }
    }
}

/// Checks the events that an inventory wants recorded first.
pub(crate) fn first(checked: &Checked, manifest: &Manifest, findings: &mut Vec<Finding>) {
    for (at, first) in checked.catalog.first_events.iter().enumerate() {
        for (rule, pointer, message) in judge(&first.body, manifest, Some(checked)) {
            let pointer = format!("/firstEvents/{at}/body{pointer}");
            findings.push(checked.finding(rule, &pointer, first.source, message));
        }
    }
}

/// What is wrong with an event: rule, pointer within it, words.
fn judge(event: &Value, manifest: &Manifest, catalog: Option<&Checked>) -> Vec<(&'static Rule, String, String)> {
    let mut found = Vec::new();
    let Some(name) = event.get("eventType").and_then(Value::as_str) else {
        return vec![(&rules::SCHEMA, "/eventType".to_owned(), "the event names no eventType".to_owned())];
    };
    let Some(kind) = manifest.event_types.iter().find(|kind| kind.name == name) else {
        let known: Vec<&str> = manifest.event_types.iter().map(|kind| kind.name.as_str()).collect();
        let message = format!("'{name}' is not one of the event types: {}", known.join(", "));
        return vec![(&rules::EVENT_TYPE, "/eventType".to_owned(), message)];
    };
    let metadata = event.get("metadata").unwrap_or(&Value::Null);
    match jsonschema::validator_for(&kind.metadata_schema) {
        Ok(validator) => found.extend(validator.iter_errors(metadata).map(|error| {
            (&rules::EVENT_METADATA, format!("/metadata{}", error.instance_path()), format!("'{name}': {error}"))
        })),
        // The manifest's own check says it, with its place.
        Err(_) => return found,
    }
    if let Some(subject) = metadata.get("subject").and_then(Value::as_str) {
        let pointer = || "/metadata/subject".to_owned();
        match subject.parse::<EntityRef>() {
            Err(error) => found.push((&rules::EVENT_SUBJECT, pointer(), error.to_string())),
            Ok(id) if !kind.rule.subjects.contains(&id.kind) => {
                let allowed: Vec<&str> = kind.rule.subjects.iter().map(|kind| kind.as_str()).collect();
                let message = format!("'{name}' is not about '{id}'; it is about: {}", allowed.join(", "));
                found.push((&rules::EVENT_SUBJECT, pointer(), message));
            }
            Ok(id) if catalog.is_some_and(|catalog| !catalog.has(&id)) => {
                found.push((&rules::EVENT_SUBJECT, pointer(), format!("the catalog has no entity '{id}'")));
            }
            Ok(_) => {}
        }
    }
    found.extend(widget(event, name, manifest));
    found
}

/// Whether the widget that an event names accepts it; identifiers are the hub's to know.
fn widget(event: &Value, name: &str, manifest: &Manifest) -> Option<(&'static Rule, String, String)> {
    let text = |field: &str| event.get(field).and_then(Value::as_str);
    // The inventory writes <NAME-widget-id> where an identifier will stand.
    let placeholder = |id: &str| id.strip_prefix('<')?.strip_suffix("-widget-id>").map(str::to_owned);
    let (pointer, wanted) = match text("widget") {
        Some(widget) => ("/widget", widget.to_owned()),
        None => ("/widgetId", text("widgetId").and_then(placeholder)?),
    };
    let Some(widget) = manifest.widgets.iter().find(|widget| widget.name == wanted) else {
        return Some((&rules::EVENT_WIDGET, pointer.to_owned(), format!("the manifest has no widget '{wanted}'")));
    };
    let kind = manifest.kinds.iter().find(|kind| kind.name == widget.kind)?;
    (!kind.accepts.iter().any(|accepted| accepted == name)).then(|| {
        let message = format!("'{wanted}' of kind '{}' does not accept '{name}'", kind.name);
        (&rules::EVENT_WIDGET, pointer.to_owned(), message)
    })
}
