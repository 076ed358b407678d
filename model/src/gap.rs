//! Gaps: what the inventory itself says is missing, and which evidence would close them.

use serde::{Deserialize, Serialize};

use crate::{
    entity::{EntityRef, wire_enum},
    source::Source,
};

wire_enum! {
    /// What kind of thing is missing. A facet of the service catalog, and the way to the evidence
    /// that would close the gap.
    GapKind {
        /// Backups, or what they are expected to cover.
        Backup = "backup",
        /// A tested restore.
        Restore = "restore",
        /// Gates that say when something is ready, or their evidence.
        Readiness = "readiness",
        /// What is planned for something in the migration.
        Migration = "migration",
        /// Who answers for something.
        Ownership = "ownership",
        /// An entry of the catalog or inventory.
        Catalog = "catalog",
        /// Drift between desired and observed state.
        Drift = "drift",
        /// Bootstrap of a hub, cluster or platform.
        Bootstrap = "bootstrap",
        /// Whether something can be reached.
        Reachability = "reachability",
        /// Release or configuration state: Helm values, tokens.
        Release = "release",
        /// Anything else.
        Other = "other",
    }
}

impl GapKind {
    /// The event type whose evidence would close a gap of this kind.
    #[must_use]
    pub const fn closed_by(self) -> &'static str {
        match self {
            Self::Backup => "ops-backup-completed",
            Self::Restore => "ops-restore-tested",
            Self::Migration => "ops-migration-step-changed",
            Self::Drift => "ops-drift-detected",
            Self::Reachability => "ops-host-reachability-observed",
            Self::Readiness | Self::Ownership | Self::Catalog | Self::Bootstrap | Self::Release | Self::Other => {
                "ops-readiness-gate-assessed"
            }
        }
    }
}

/// One thing that the inventory says is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Gap {
    /// What it is missing for.
    pub subject: EntityRef,
    /// What is missing, in the inventory's words.
    pub text: String,
    /// Its kinds; one sentence can name several (`backup and restore evidence`). Never empty.
    pub kinds: Vec<GapKind>,
    /// Where it stands.
    pub source: Source,
}
