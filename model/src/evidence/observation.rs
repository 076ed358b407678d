//! One event, judged.

use std::sync::Arc;

use super::standing::{Standing, standing};
use crate::{
    entity::EntityRef,
    event::{Claim, Event, Outcome},
    timestamp::Timestamp,
};

/// An event with what it is about and what it says.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The event as the hub returned it.
    pub event: Arc<Event>,
    /// The entity that it is about.
    pub subject: EntityRef,
    /// What it can prove.
    pub claim: Claim,
    /// Whether the expectation was met.
    pub outcome: Outcome,
    /// How long it counts, in ms.
    pub freshness_ms: i64,
}

impl Observation {
    /// What this observation alone proves at a point in time. An announcement or a remark proves
    /// nothing, however fresh it is.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if !self.claim.is_evidence() {
            return Standing::Unproven;
        }
        standing(Some((self.event.time, &self.outcome)), self.freshness_ms, now)
    }
}
