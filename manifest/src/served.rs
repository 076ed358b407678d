//! The manifest as the browser reads it: what the widgets need, and no entry at the others' cost.

use ops_model::{
    EntityRef, ImportNote,
    json::{Record, raw},
    tolerant::{each, field, rule},
};

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
    pub api: Vec<(String, String)>,
    /// What could not be read, and why.
    pub notes: Vec<ImportNote>,
}

impl Served {
    /// Reads a manifest. An entry that is wrong becomes a note; the others count.
    ///
    /// # Errors
    /// A sentence where the text is no JSON object.
    pub fn read(text: &str) -> Result<Self, String> {
        let fields = raw::fields(text)?;
        let list = |name: &str| field(&fields, name).unwrap_or("[]");
        let mut served = Self::default();
        let notes = &mut served.notes;
        each("kinds", list("kinds"), notes, &mut |mut one| {
            served.kinds.push(WidgetKind {
                name: one.text("name")?,
                title: one.text("title")?,
                element: one.text("element")?,
                subjects: one.kinds("subjects")?,
                accepts: one.texts("accepts")?,
            });
            Ok(())
        });
        each("widgets", list("widgets"), notes, &mut |one| {
            served.widgets.push(widget(one)?);
            Ok(())
        });
        each("eventTypes", list("eventTypes"), notes, &mut |mut one| {
            served.event_types.push(EventType {
                name: one.text("name")?,
                title: one.text("title")?,
                rule: rule(one.record("rule")?)?,
                metadata_schema: one.take("metadataSchema").unwrap_or_default(),
            });
            Ok(())
        });
        for (name, path) in raw::fields(field(&fields, "api").unwrap_or("{}")).unwrap_or_default() {
            if let Ok(path) = ops_model::json::read(path)
                && let Some(path) = path.as_str()
            {
                served.api.push((name, path.to_owned()));
            }
        }
        Ok(served)
    }

    /// The hub's path for an operation; empty where the manifest has none.
    #[must_use]
    pub fn path(&self, operation: &str) -> &str {
        self.api.iter().find(|(name, _)| name == operation).map_or("", |(_, path)| path)
    }
}

fn widget(mut one: Record) -> Result<WidgetInstance, String> {
    let subject = one.maybe_text("subject")?;
    let subject = subject.map(|text| text.parse::<EntityRef>()).transpose();
    Ok(WidgetInstance {
        name: one.text("name")?,
        kind: one.text("kind")?,
        subject: subject.map_err(|error| ["subject: ", &error.to_string()].concat())?,
        title: one.text("title")?,
        view_context: one.text("viewContext")?,
    })
}
