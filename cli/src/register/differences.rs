//! What changes, in words.

use std::collections::BTreeMap;

use ops_manifest::Manifest;
use serde_json::Value;

/// The fields that are not the same, as `title: Local → Workstation`.
pub(super) fn fields(old: &Value, new: &Value, names: &[&str]) -> Vec<String> {
    let value = |from: &Value, name: &str| from.get(name).cloned().unwrap_or_default();
    let differs = |name: &&&str| value(old, name) != value(new, name);
    names.iter().filter(differs).map(|name| arrow(name, &value(old, name), &value(new, name))).collect()
}

fn arrow(name: &str, old: &Value, new: &Value) -> String {
    let said = |value: &Value| match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    format!("{name}: {} → {}", said(old), said(new))
}

/// What a manifest brings and takes away, compared with the active one.
pub(super) fn manifest(old: Option<&Manifest>, new: &Manifest) -> Vec<String> {
    let Some(old) = old else { return Vec::new() };
    let mut found = Vec::new();
    if old.extension.version != new.extension.version {
        found.push(format!("version: {} → {}", old.extension.version, new.extension.version));
    }
    if old.extension.hub_api != new.extension.hub_api {
        found.push(format!("hub API: {} → {}", old.extension.hub_api, new.extension.hub_api));
    }
    let entries = |manifest: &Manifest| {
        let kinds = manifest.kinds.iter().map(|kind| (format!("kind {}", kind.name), serde_json::to_value(kind)));
        let types = manifest.event_types.iter();
        let types = types.map(|kind| (format!("event type {}", kind.name), serde_json::to_value(kind)));
        kinds.chain(types).map(|(name, value)| (name, value.unwrap_or_default())).collect::<BTreeMap<_, _>>()
    };
    found.extend(entry_by_entry(&entries(old), &entries(new)));
    if found.is_empty() {
        found.push("the same version with another content".to_owned());
    }
    found
}

fn entry_by_entry(old: &BTreeMap<String, Value>, new: &BTreeMap<String, Value>) -> Vec<String> {
    let come = new.keys().filter(|name| !old.contains_key(*name)).map(|name| format!("+ {name}"));
    let go = old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("- {name}"));
    let changed = new.iter().filter(|(name, value)| old.get(*name).is_some_and(|old| old != *value));
    come.chain(go).chain(changed.map(|(name, _)| format!("~ {name}"))).collect()
}
