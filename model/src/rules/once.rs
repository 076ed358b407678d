//! Each entity once.

use std::collections::HashSet;

use crate::entity::EntityRef;

/// Each entity once, at its first place: an inventory may say one thing many times.
pub(crate) fn once<'a>(ids: impl IntoIterator<Item = &'a EntityRef>) -> Vec<&'a EntityRef> {
    let mut seen = HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}
