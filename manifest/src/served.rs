//! The manifest as the browser reads it: what the widgets need, and no entry at the others' cost.

use std::collections::{BTreeMap, HashMap};

use ops_model::{ImportNote, lenient};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::types::{EventType, WidgetInstance, WidgetKind};

/// What the widgets need of a manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Served {
    /// The kinds of widget.
    pub kinds: Vec<WidgetKind>,
    /// The widgets.
    pub widgets: Vec<WidgetInstance>,
    /// The event types.
    pub event_types: Vec<EventType>,
    /// The hub's paths by operation id.
    pub api: BTreeMap<String, String>,
    /// What could not be read, and why.
    pub notes: Vec<ImportNote>,
}

/// The manifest with its entries still unread.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a manifest")]
struct Document<'a> {
    #[serde(borrow)]
    kinds: Option<&'a RawValue>,
    #[serde(borrow)]
    widgets: Option<&'a RawValue>,
    #[serde(borrow)]
    event_types: Option<&'a RawValue>,
    #[serde(borrow)]
    api: Option<&'a RawValue>,
}

impl Served {
    /// Reads a manifest. An entry that is wrong becomes a note; the others count.
    ///
    /// # Errors
    /// A sentence where it is no JSON object.
    pub fn read(text: &str) -> Result<Self, String> {
        let manifest: Document<'_> = lenient::document(text.as_bytes())?;
        let mut notes = Vec::new();
        let paths = manifest.api.and_then(|api| serde_json::from_str::<HashMap<String, Value>>(api.get()).ok());
        let paths = paths.into_iter().flatten();
        Ok(Self {
            kinds: lenient::list("kinds", manifest.kinds, &mut notes),
            widgets: lenient::list("widgets", manifest.widgets, &mut notes),
            event_types: lenient::list("eventTypes", manifest.event_types, &mut notes),
            api: paths.filter_map(|(name, path)| Some((name, path.as_str()?.to_owned()))).collect(),
            notes,
        })
    }

    /// The hub's path for an operation; empty where the manifest has none.
    #[must_use]
    pub fn path(&self, operation: &str) -> &str {
        self.api.get(operation).map_or("", String::as_str)
    }
}
