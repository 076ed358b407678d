//! One event, judged.

use std::sync::Arc;

use super::{
    standing::{FUTURE_TOLERANCE_MS, Standing, standing},
    window::Window,
};
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

    /// The points in time at which this observation changes what is shown without any other event.
    ///
    /// Evidence begins to count when it is no more than [`FUTURE_TOLERANCE_MS`] ahead of the hub's clock,
    /// and later goes stale. An announced window opens and closes.
    pub(super) fn changes(&self) -> [Option<Timestamp>; 2] {
        if self.claim.is_evidence() {
            let time = self.event.time;
            let stale = time.plus_ms(self.freshness_ms.saturating_add(1));
            return [Some(time.plus_ms(-FUTURE_TOLERANCE_MS)), Some(stale)];
        }
        match Window::of(self) {
            Some(window) => [Some(window.from), Some(window.until.plus_ms(1))],
            None => [None, None],
        }
    }
}
