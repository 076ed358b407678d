//! The standing of several claims taken together.

pub use crate::evidence::standing::{FUTURE_TOLERANCE_MS, Standing, standing};

/// The standing of several claims taken together: the worst of them, and unproven for none.
#[must_use]
pub fn worst(standings: impl IntoIterator<Item = Standing>) -> Standing {
    standings.into_iter().max().unwrap_or(Standing::Unproven)
}
