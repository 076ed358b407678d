//! What a hub has.

use ops_manifest::Manifest;
use serde_json::Value;

use super::catalog::CatalogText;
use crate::client::{Answer, Client, Failure};

/// What a hub has of what a registration is about.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// The hub's identity.
    pub(crate) hub: Option<Answer>,
    /// Its manifests, newest first.
    pub(crate) manifests: Vec<ManifestRow>,
    /// The version of that list.
    pub(crate) manifests_etag: Option<String>,
    /// Its widgets, those that were retired included.
    pub(crate) widgets: Vec<WidgetRow>,
    /// Its catalog, and the version of that.
    pub(crate) catalog: Option<(CatalogText, Option<String>)>,
    /// Whether it can retire widgets.
    pub(crate) can_retire: bool,
}

/// A manifest of the hub.
#[derive(Clone, Debug)]
pub(crate) struct ManifestRow {
    /// The extension's version.
    pub(crate) version: String,
    /// `draft`, `active` or `superseded`.
    pub(crate) state: String,
    /// The document.
    pub(crate) document: Value,
    /// The same, where it can be read.
    pub(crate) manifest: Option<Manifest>,
}

/// A widget of the hub.
#[derive(Clone, Debug)]
pub(crate) struct WidgetRow {
    /// Its name.
    pub(crate) name: String,
    /// Whether it was taken out.
    pub(crate) is_retired: bool,
    /// Its version.
    pub(crate) etag: Option<String>,
    /// The row itself.
    pub(crate) row: Value,
}

impl State {
    /// Reads it.
    pub(crate) async fn read(client: &Client) -> Result<Self, Failure> {
        let (hub, manifests, widgets, catalog) = tokio::try_join!(
            client.get("read-hub"),
            client.pages("list-manifests"),
            client.list("list-widgets"),
            client.text("read-catalog"),
        )?;
        let (manifests, manifests_etag) = manifests;
        Ok(Self {
            hub,
            manifests: manifests.into_iter().map(manifest).collect(),
            manifests_etag,
            widgets: widgets.into_iter().map(widget).collect(),
            catalog: catalog.map(|(text, etag)| (CatalogText::of(&text), etag)),
            can_retire: client.has("retire-widget"),
        })
    }

    /// The active manifest.
    pub(crate) fn active(&self) -> Option<&ManifestRow> {
        self.manifests.iter().find(|row| row.state == "active")
    }

    /// The latest manifest of a version: the one that an activation makes active.
    pub(crate) fn latest(&self, version: &str) -> Option<&ManifestRow> {
        self.manifests.iter().find(|row| row.version == version)
    }

    /// Whether a manifest of the hub has ever named this widget.
    pub(crate) fn was_named(&self, widget: &str) -> bool {
        let mut manifests = self.manifests.iter().filter_map(|row| row.manifest.as_ref());
        manifests.any(|manifest| manifest.widgets.iter().any(|named| named.name == widget))
    }
}

fn text(row: &Value, field: &str) -> String {
    row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn manifest(mut row: Value) -> ManifestRow {
    let document = row.get_mut("manifest").map(Value::take).unwrap_or_default();
    ManifestRow {
        version: text(&row, "version"),
        state: text(&row, "state"),
        manifest: serde_json::from_value(document.clone()).ok(),
        document,
    }
}

fn widget(row: Value) -> WidgetRow {
    WidgetRow {
        name: text(&row, "name"),
        is_retired: text(&row, "state") == "retired",
        etag: row.get("etag").and_then(Value::as_str).map(str::to_owned),
        row,
    }
}
