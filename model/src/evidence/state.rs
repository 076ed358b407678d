//! The standing of one claim, with what decides it.

use std::sync::Arc;

use super::{observation::Observation, standing::Standing};
use crate::{event::Outcome, timestamp::Timestamp};

/// The standing of one claim about one entity, with the observation that decides it.
///
/// What is overdue keeps its last result: a view can say "overdue, and the last check failed".
#[derive(Clone, Debug)]
pub struct ClaimState {
    /// The standing now.
    pub standing: Standing,
    /// Whether the deciding observation met the expectation. `None` where the claim is unproven.
    pub last_met: Option<bool>,
    /// The deciding observation; `None` where there is no evidence.
    pub by: Option<Arc<Observation>>,
}

impl Default for ClaimState {
    /// No evidence.
    fn default() -> Self {
        Self { standing: Standing::Unproven, last_met: None, by: None }
    }
}

impl ClaimState {
    /// What one observation alone says of a claim at a point in time.
    #[must_use]
    pub fn of(observation: Arc<Observation>, now: Timestamp) -> Self {
        let standing = observation.standing(now);
        let last_met = (standing != Standing::Unproven).then_some(observation.outcome == Outcome::Met);
        Self { standing, last_met, by: Some(observation) }
    }

    /// Whether the last result was a failure, be it fresh or overdue.
    #[must_use]
    pub fn failed_last(&self) -> bool {
        self.last_met == Some(false)
    }

    /// When the deciding observation was made.
    #[must_use]
    pub fn observed_at(&self) -> Option<Timestamp> {
        self.by.as_ref().map(|by| by.event.time)
    }
}
