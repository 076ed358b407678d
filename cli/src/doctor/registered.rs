//! What is registered: the active manifest, its widgets, the catalog.

use ops_manifest::Manifest;
use serde_json::Value;

use super::{Check, Verdict};
use crate::client::{Client, Failure};

const AREA: &str = "registered";

/// The active manifest, decoded.
pub(crate) async fn active(hub: &Client) -> Result<Option<(Manifest, Value)>, Failure> {
    let rows = hub.list("list-manifests").await?;
    let document = rows.into_iter().find(|row| row["state"] == "active").map(|mut row| row["manifest"].take());
    Ok(document.and_then(|document| Some((serde_json::from_value(document.clone()).ok()?, document))))
}

/// Compares the active manifest with the one at hand, where there is one.
pub(crate) fn manifest(active: Option<&(Manifest, Value)>, own: Option<&(Manifest, Value)>) -> Check {
    let name = "active manifest";
    match (active, own) {
        (None, _) => Check::new(AREA, name, Verdict::Missing, "none; register one: ops-hub register"),
        (Some((active, document)), Some((own, wanted))) if document != wanted => {
            let (active, own) = (&active.extension.version, &own.extension.version);
            let detail = if active == own {
                format!("{active}, with another content than the given one")
            } else {
                format!("{active}; the given one is {own}")
            };
            Check::new(AREA, name, Verdict::Different, detail)
        }
        (Some((active, _)), _) => {
            let version = format!("{} {}", active.extension.name, active.extension.version);
            Check { details: vec![version], ..Check::found(AREA, name) }
        }
    }
}

/// The widgets and the catalog.
pub(crate) async fn contents(hub: &Client, manifest: &Manifest) -> Result<Vec<Check>, Failure> {
    let rows = hub.list("list-widgets").await?;
    let has = |name: &str| rows.iter().any(|row| row["name"] == name && row["state"] != "retired");
    let missing: Vec<&str> =
        manifest.widgets.iter().map(|widget| widget.name.as_str()).filter(|name| !has(name)).collect();
    let name = format!("{} widgets", manifest.widgets.len());
    let widgets = if missing.is_empty() {
        Check::found(AREA, name)
    } else {
        Check::new(AREA, name, Verdict::Missing, missing.join(", "))
    };
    let catalog = match hub.get("read-catalog").await? {
        Some(_) => Check::found(AREA, "catalog"),
        None if hub.does_without("read-catalog") => {
            Check::new(AREA, "catalog", Verdict::Note, "this hub keeps none; the extension does without")
        }
        None => Check::new(AREA, "catalog", Verdict::Missing, "none; register one: ops-hub register --catalog"),
    };
    Ok(vec![widgets, catalog])
}
