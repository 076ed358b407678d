//! The standing of a claim: what the evidence says at one point in time.

use crate::{entity::wire_enum, event::Outcome, timestamp::Timestamp};

wire_enum! {
    /// How far a claim can be believed now. Computed, never stored. Ordered from best to worst.
    Standing {
        /// Fresh evidence, expectation met.
        Proven = "proven",
        /// No evidence at all.
        Unproven = "unproven",
        /// Evidence, but older than its freshness period.
        Stale = "stale",
        /// Fresh evidence, expectation not met.
        Failing = "failing",
    }
}

/// How far ahead of the hub's clock an event may lie and still count, in ms (5 minutes).
///
/// An event beyond that says nothing about now; it is shown in the timeline and proves nothing.
pub const FUTURE_TOLERANCE_MS: i64 = 5 * 60 * 1000;

/// The standing that the latest observation gives.
///
/// `latest` is the time and outcome of the latest event, `freshness_ms` its type's freshness period.
/// Evidence exactly as old as the period is still fresh; one ms more and it is stale.
///
/// ```
/// use ops_model::{standing::standing, Outcome, Standing, Timestamp};
/// let at = Timestamp::from_ms(0);
/// assert_eq!(standing(None, 1000, at), Standing::Unproven);
/// assert_eq!(standing(Some((at, &Outcome::Met)), 1000, at.plus_ms(1000)), Standing::Proven);
/// assert_eq!(standing(Some((at, &Outcome::Met)), 1000, at.plus_ms(1001)), Standing::Stale);
/// ```
#[must_use]
pub fn standing(latest: Option<(Timestamp, &Outcome)>, freshness_ms: i64, now: Timestamp) -> Standing {
    match latest {
        None => Standing::Unproven,
        Some((at, _)) if now.since(at) > freshness_ms => Standing::Stale,
        Some((at, _)) if at.since(now) > FUTURE_TOLERANCE_MS => Standing::Unproven,
        Some((_, Outcome::Met)) => Standing::Proven,
        Some((_, Outcome::NotMet { .. })) => Standing::Failing,
    }
}
