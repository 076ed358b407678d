//! The standing of several claims taken together.

pub use crate::evidence::standing::{FUTURE_TOLERANCE_MS, Standing, standing};

/// The standing of several claims taken together: the worst of them, and unproven for none.
#[must_use]
pub fn worst(standings: impl IntoIterator<Item = Standing>) -> Standing {
    standings.into_iter().max().unwrap_or(Standing::Unproven)
}

/// The worst of several claims with its last result: what is overdue after a failure is worse than what
/// is overdue after a success.
///
/// ```
/// use ops_model::{Standing::{Proven, Stale}, standing::worst_result};
/// let claims = [(Stale, Some(true)), (Stale, Some(false)), (Proven, Some(true))];
/// assert_eq!(worst_result(claims), (Stale, Some(false)));
/// ```
#[must_use]
pub fn worst_result(claims: impl IntoIterator<Item = (Standing, Option<bool>)>) -> (Standing, Option<bool>) {
    let worst = claims.into_iter().max_by_key(|(standing, last_met)| (*standing, *last_met == Some(false)));
    worst.unwrap_or((Standing::Unproven, None))
}
