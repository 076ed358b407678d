//! An announcement of planned work, read from its event.

use serde_json::Value;

use super::observation::Observation;
use crate::{
    event::{Claim, plain},
    timestamp::Timestamp,
};

/// An announced span of work on an entity.
#[derive(Clone, Debug)]
pub struct Window<'a> {
    /// Its first moment.
    pub from: Timestamp,
    /// Its last moment.
    pub until: Timestamp,
    /// Why, in the announcer's words.
    pub reason: String,
    /// The announcement.
    pub by: &'a Observation,
}

impl<'a> Window<'a> {
    /// Reads an announcement; `None` for any other event, and for one whose span cannot be read or
    /// ends before it begins.
    #[must_use]
    pub fn of(observation: &'a Observation) -> Option<Self> {
        if observation.claim != Claim::Maintenance {
            return None;
        }
        let time = |key: &str| {
            let value = observation.event.metadata.get(key).and_then(Value::as_str);
            value.and_then(|text| Timestamp::parse(text).ok())
        };
        let (from, until) = (time("from")?, time("until")?);
        let reason = observation.event.metadata.get("reason").map(plain).unwrap_or_default();
        (from <= until).then_some(Self { from, until, reason, by: observation })
    }

    /// Whether work goes on at this moment.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.from <= now && now <= self.until
    }
}
