//! What a hub has, without what differs from hub to hub: identifiers, times, versions of rows.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use super::hub::{Hub, committed};

/// Identity, active manifest, widgets, catalog of one of a hub's hubs.
pub async fn of(hub: &Hub, slug: &str) -> Value {
    let at = |path: &str| format!("/api/v2/hubs/{slug}{path}");
    let manifests = hub.get(&at("/manifests")).await;
    let states: Vec<(Value, Value)> =
        items(&manifests).map(|row| (row["version"].clone(), row["state"].clone())).collect();
    let active = items(&manifests).find(|row| row["state"] == "active").map(|row| row["manifest"].clone());
    let widgets = hub.get(&at("/widgets")).await;
    let widget = |row: &Value| {
        let mut row = row.clone();
        let fields = row.as_object_mut().expect("a row");
        for field in ["id", "createdAt", "etag", "retiredAt"] {
            fields.remove(field);
        }
        row
    };
    json!({
        "hub": hub.get(&at("")).await, "manifests": states, "active": active,
        "widgets": items(&widgets).map(widget).collect::<Vec<_>>(), "catalog": hub.get(&at("/catalog")).await,
    })
}

/// The identifiers of the widgets by name.
pub async fn ids(hub: &Hub, slug: &str) -> BTreeMap<String, String> {
    let widgets = hub.get(&format!("/api/v2/hubs/{slug}/widgets")).await;
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    items(&widgets).map(|row| (text(row, "name"), text(row, "id"))).collect()
}

/// The items of a page.
pub fn items(page: &Value) -> impl Iterator<Item = &Value> {
    page["items"].as_array().into_iter().flatten()
}

/// Writes the committed manifest with changes; gives its path.
pub fn manifest(folder: &Path, name: &str, change: impl FnOnce(&mut Value)) -> std::path::PathBuf {
    let mut manifest: Value = serde_json::from_slice(&fs::read(committed()).expect("the manifest")).expect("JSON");
    change(&mut manifest);
    let path = folder.join(name);
    fs::write(&path, manifest.to_string()).expect("written");
    path
}
