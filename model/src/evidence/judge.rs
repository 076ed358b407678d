//! What an event says, and about what.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::observation::Observation;
use crate::{
    catalog::CatalogIndex,
    entity::{EntityKind, EntityRef},
    event::{Claim, Event, EventRule},
};

/// The rules of the event types, and what the widgets are about.
#[derive(Debug, Default)]
pub(super) struct Judge {
    rules: HashMap<String, EventRule>,
    /// By a widget's name and by its id.
    widget_subjects: HashMap<String, EntityRef>,
}

impl Judge {
    /// Where a name is given twice, the first counts.
    pub(super) fn new(
        rules: impl IntoIterator<Item = (String, EventRule)>,
        widget_subjects: impl IntoIterator<Item = (String, EntityRef)>,
    ) -> Self {
        let mut judge = Self::default();
        for (name, rule) in rules {
            judge.rules.entry(name).or_insert(rule);
        }
        for (name, subject) in widget_subjects {
            judge.widget_subjects.entry(name).or_insert(subject);
        }
        judge
    }

    /// An event with its subject and its outcome; `None` where its type has no rule or the catalog
    /// does not hold its subject.
    pub(super) fn observe(&self, event: &Arc<Event>, index: &CatalogIndex) -> Option<Observation> {
        let rule = self.rules.get(&event.event_type)?;
        Some(Observation {
            subject: self.subject_of(event, index)?,
            claim: rule.claim,
            outcome: rule.judge(event),
            freshness_ms: rule.freshness_ms(),
            event: event.clone(),
        })
    }

    fn subject_of(&self, event: &Event, index: &CatalogIndex) -> Option<EntityRef> {
        let text = |key: &str| event.metadata.get(key).and_then(Value::as_str);
        let named = text("subject").and_then(|text| text.parse::<EntityRef>().ok());
        if let Some(entity) = named.filter(|id| index.has(id)) {
            return Some(entity);
        }
        if let Some(endpoint) = text("endpoint").and_then(|address| index.endpoint_at(address)) {
            return Some(endpoint.clone());
        }
        let by_name = event.widget.as_ref().and_then(|name| self.widget_subjects.get(name));
        by_name.or_else(|| self.widget_subjects.get(&event.widget_id)).cloned()
    }

    /// The event types that can prove this claim about this kind of entity, by name.
    pub(super) fn event_types(&self, claim: Claim, kind: EntityKind) -> Vec<&str> {
        let proves = |rule: &EventRule| rule.claim == claim && rule.subjects.contains(&kind);
        let mut names: Vec<&str> =
            self.rules.iter().filter(|(_, rule)| proves(rule)).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}
