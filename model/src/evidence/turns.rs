//! What changes by itself as time passes.

use super::{observation::Observation, standing::FUTURE_TOLERANCE_MS, window::Window};
use crate::{entity::EntityRef, timestamp::Timestamp};

/// The points in time at which an observation changes what is shown about its subject without any other
/// event, with the subject.
///
/// Evidence begins to count when it is no more than [`FUTURE_TOLERANCE_MS`] ahead of the hub's clock, and
/// later goes stale. An announced window opens and closes.
pub(super) fn turns(observation: &Observation) -> impl Iterator<Item = (Timestamp, EntityRef)> {
    let time = observation.event.time;
    let times = if observation.claim.is_evidence() {
        let stale = time.plus_ms(observation.freshness_ms.saturating_add(1));
        Some([time.plus_ms(-FUTURE_TOLERANCE_MS), stale])
    } else {
        Window::of(observation).map(|window| [window.from, window.until.plus_ms(1)])
    };
    times.into_iter().flatten().map(|at| (at, observation.subject.clone()))
}
