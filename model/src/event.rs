//! Evidence events as the hub returns them, and the declared rules by which they are judged.

mod page;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    entity::{EntityKind, wire_enum},
    timestamp::Timestamp,
};

pub use page::{EventPage, now};

wire_enum! {
    /// What an event can prove of its subject.
    Claim {
        /// It works.
        Health = "health",
        /// A backup of it exists.
        Backup = "backup",
        /// A restore of it was tested.
        Restore = "restore",
        /// A gate is passed.
        Readiness = "readiness",
        /// Where it stands in a migration.
        Migration = "migration",
        /// It equals its desired state.
        Drift = "drift",
        /// Nothing: it says when work on it is planned.
        Maintenance = "maintenance",
        /// Nothing: it is a remark.
        Note = "note",
    }
}

/// One recorded observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Event {
    /// The hub's identifier, unique and stable.
    pub id: String,
    /// The widget that it was recorded on, by the hub's identifier.
    pub widget_id: String,
    /// The same widget by its instance name, where the hub says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widget: Option<String>,
    /// An event type of the active manifest: `ops-endpoint-verified`.
    pub event_type: String,
    /// Where it was recorded from, in the author's words: a work plan, a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_context: Option<String>,
    /// What was observed, in the shape of the event type's JSON Schema.
    #[serde(default)]
    pub metadata: Map<String, Value>,
    /// When the hub accepted it.
    pub time: Timestamp,
    /// Who recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
}

/// How events of one type are judged. Declared in the manifest, so that a new type takes no code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct EventRule {
    /// What an event of this type proves where its expectation is met.
    pub claim: Claim,
    /// The kinds of entity that it can be about.
    #[serde(deserialize_with = "crate::entity::known_kinds")]
    pub subjects: Vec<EntityKind>,
    /// How long it counts, in seconds; older is stale.
    pub freshness_seconds: u32,
    /// The expectation. All rules whose field is in the event must hold.
    #[serde(default)]
    pub met: Vec<MetRule>,
}

/// One condition on one field of an event's metadata.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct MetRule {
    /// The field that is looked at. Where an event lacks it, the rule does not apply: whether it
    /// may be lacking is for the JSON Schema to say.
    pub field: String,
    /// It must equal this other field of the same event, where that is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals_field: Option<String>,
    /// It must be one of these values, where the list is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Value>,
}

/// What one event says of the expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The expectation is met.
    Met,
    /// It is not.
    NotMet {
        /// The field that broke the rule.
        field: String,
        /// What should have been there; empty where nothing in particular.
        expected: String,
        /// What was there.
        observed: String,
    },
}

impl Event {
    /// The event at the time of its observation, where `metadata.observedAt` names one before the
    /// hub accepted it: what was sent late is as old as what it tells.
    ///
    /// ```
    /// use ops_model::Event;
    /// let event = r#"{"id": "e", "widgetId": "w", "eventType": "t", "time": "2026-06-06T12:00:00Z",
    ///     "metadata": {"observedAt": "2026-06-06T08:00:00Z"}}"#;
    /// let event = std::sync::Arc::new(serde_json::from_str::<Event>(event).map_err(|error| error.to_string())?);
    /// assert_eq!(event.as_observed().time.to_string(), "2026-06-06T08:00:00Z");
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn as_observed(self: Arc<Self>) -> Arc<Self> {
        let named = self.metadata.get("observedAt").and_then(Value::as_str);
        match named.and_then(|text| Timestamp::parse(text).ok()).filter(|at| *at < self.time) {
            Some(time) => Arc::new(Self { time, ..Self::clone(&self) }),
            None => self,
        }
    }
}

impl Claim {
    /// Whether an event can prove anything. Announcements and remarks cannot.
    #[must_use]
    pub const fn is_evidence(self) -> bool {
        !matches!(self, Self::Maintenance | Self::Note)
    }
}

impl EventRule {
    /// Judges one event.
    #[must_use]
    pub fn judge(&self, event: &Event) -> Outcome {
        for rule in &self.met {
            let Some(observed) = event.metadata.get(&rule.field) else { continue };
            let other = rule.equals_field.as_ref().and_then(|field| event.metadata.get(field));
            let expected = match other {
                Some(other) if !equal(other, observed) => plain(other),
                _ if !rule.one_of.is_empty() && !rule.one_of.iter().any(|one| equal(one, observed)) => {
                    rule.one_of.iter().map(plain).collect::<Vec<_>>().join(" | ")
                }
                _ => continue,
            };
            return Outcome::NotMet { field: rule.field.clone(), expected, observed: plain(observed) };
        }
        Outcome::Met
    }

    /// The freshness period in ms.
    #[must_use]
    pub const fn freshness_ms(&self) -> i64 {
        self.freshness_seconds as i64 * 1000
    }
}

/// A JSON value as a person would write it: texts without quotes.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether two values are the same. As in JSON Schema, a number is its value, however it is written: 200 is
/// 200.0.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        // As floating point numbers two large integers may look alike.
        (Value::Number(one), Value::Number(other)) if one.is_f64() != other.is_f64() => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}
