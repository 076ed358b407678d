//! Where a check is recorded: the hub's widgets that accept its type of event.

use std::collections::BTreeMap;

use miette::{Result, miette};
use ops_manifest::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::client::Client;

/// A widget that accepts events.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Place {
    /// The hub's identifier.
    pub(crate) id: String,
    /// The entity that it is about.
    #[serde(default)]
    subject: Option<String>,
    /// The view context of what is recorded on it; some hubs keep none.
    #[serde(default)]
    pub(crate) view_context: String,
    /// The event types that it accepts.
    #[serde(default)]
    accepts: Vec<String>,
}

/// The hub's widgets with what they accept, and the schemas of their events.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Places {
    widgets: Vec<Place>,
    /// The JSON Schema of an event's metadata, by the event's type.
    #[serde(default)]
    schemas: BTreeMap<String, Value>,
}

impl Places {
    /// Reads widgets and active manifest. Where the hub has none yet, there is no place.
    pub(crate) async fn read(hub: &Client) -> Result<Self> {
        let manifests = hub.list("list-manifests").await?;
        let active = manifests.iter().find(|row| row["state"] == "active");
        let Some(active) = active.and_then(|row| serde_json::from_value::<Manifest>(row["manifest"].clone()).ok())
        else {
            return Ok(Self::default());
        };
        hub.must_match(&active)?;
        let mut places = Vec::new();
        for widget in hub.list("list-widgets").await? {
            if widget["state"] == "retired" {
                continue;
            }
            let kind = active.kinds.iter().find(|kind| widget["kind"] == kind.name);
            let accepts = kind.map(|kind| kind.accepts.clone()).unwrap_or_default();
            let mut place: Place = serde_json::from_value(widget)
                .map_err(|error| miette!("{}: a widget of the hub cannot be read: {error}", hub.hub()))?;
            place.accepts = accepts;
            places.push(place);
        }
        let schemas = active.event_types.into_iter().map(|kind| (kind.name, kind.metadata_schema)).collect();
        Ok(Self { widgets: places, schemas })
    }

    /// Reads places that were remembered.
    pub(crate) fn remembered(value: Value) -> Option<Self> {
        serde_json::from_value(value).ok()
    }

    /// The schema of a type's metadata, as the hub holds events to it.
    pub(crate) fn schema(&self, event_type: &str) -> Option<&Value> {
        self.schemas.get(event_type)
    }

    /// The subject's own widget, else one over the whole catalog.
    pub(crate) fn of(&self, event_type: &str, subject: &str) -> Option<&Place> {
        let accepting =
            || self.widgets.iter().filter(|place| place.accepts.iter().any(|accepted| accepted == event_type));
        accepting()
            .find(|place| place.subject.as_deref() == Some(subject))
            .or_else(|| accepting().find(|place| place.subject.is_none()))
    }
}
