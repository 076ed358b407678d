//! What the hub lacks of a manifest and a catalog.

use miette::Result;
use ops_manifest::{Manifest, WidgetInstance};
use serde_json::{Value, json};

use crate::client::{Call, Client};

/// Something to do.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// In words: `create widget ops-env-local`.
    pub(crate) what: String,
    /// How.
    pub(crate) call: Call,
}

/// The steps in the order in which they have to be done; none where the hub has it all.
pub(crate) async fn plan(
    client: &Client,
    manifest: &Manifest,
    document: &Value,
    catalog: Option<Value>,
) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let slug = &manifest.hub.slug;
    let known = client.get("read-hub").await?.map(|answer| answer.body);
    let hub = json!(manifest.hub);
    if known.as_ref() != Some(&hub) {
        let what = format!("{} hub {slug}", verb(known.as_ref()));
        steps.push(Step { what, call: Call::to("write-hub").sending(hub) });
    }
    steps.extend(manifest_steps(client, manifest, document).await?);
    let widgets = client.list("list-widgets").await?;
    steps.extend(manifest.widgets.iter().filter_map(|widget| widget_step(&widgets, widget)));
    if let Some(catalog) = catalog {
        let kept = client.get("read-catalog").await?.map(|answer| answer.body);
        if kept.as_ref() != Some(&catalog) {
            let what = format!("{} the catalog of {slug}", verb(kept.as_ref()));
            steps.push(Step { what, call: Call::to("write-catalog").sending(catalog) });
        }
    }
    Ok(steps)
}

const fn verb(known: Option<&Value>) -> &'static str {
    if known.is_some() { "change" } else { "create" }
}

/// A draft and its activation, unless the active manifest is this one.
async fn manifest_steps(client: &Client, manifest: &Manifest, document: &Value) -> Result<Vec<Step>> {
    let rows = client.list("list-manifests").await?;
    let same: Vec<&Value> = rows.iter().filter(|row| row.get("manifest") == Some(document)).collect();
    let state = |wanted: &str| same.iter().any(|row| row.get("state").and_then(Value::as_str) == Some(wanted));
    if state("active") {
        return Ok(Vec::new());
    }
    let version = manifest.extension.version.clone();
    let mut steps = Vec::new();
    if !state("draft") {
        let what = format!("create manifest {version} as a draft");
        steps.push(Step { what, call: Call::to("create-manifest").sending(document.clone()) });
    }
    let what = format!("activate manifest {version}");
    steps.push(Step { what, call: Call::to("activate-manifest").with("version", version) });
    Ok(steps)
}

fn widget_step(known: &[Value], widget: &WidgetInstance) -> Option<Step> {
    let row = known.iter().find(|row| row.get("name").and_then(Value::as_str) == Some(&widget.name));
    let mut body = json!(widget);
    if let Some(body) = body.as_object_mut() {
        body.remove("name");
    }
    // Equal where every field that is sent is there, and no subject is there that is not sent.
    let fields = ["kind", "subject", "title", "viewContext"];
    let value = |from: &Value, field: &str| from.get(field).cloned().unwrap_or_default();
    if row.is_some_and(|row| fields.iter().all(|field| value(row, field) == value(&body, field))) {
        return None;
    }
    let what = format!("{} widget {}", verb(row), widget.name);
    Some(Step { what, call: Call::to("write-widget").with("name", widget.name.clone()).sending(body) })
}
