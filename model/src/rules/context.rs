//! What a rule looks at.

use crate::{catalog::CatalogIndex, evidence::EvidenceLog, timestamp::Timestamp};

/// What every rule looks at: the catalog, the evidence, and the time for which it speaks.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What exists.
    pub index: &'a CatalogIndex,
    /// What was observed.
    pub log: &'a EvidenceLog,
    /// The hub's time.
    pub now: Timestamp,
}
