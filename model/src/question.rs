//! The seven questions that an inventory has to answer, by their names.

use crate::entity::{EntityKind, wire_enum};

wire_enum! {
    /// One of the seven questions of the inventory.
    Question {
        /// What runs where?
        RunsWhere = "runs-where",
        /// Which repository owns its desired state?
        OwnedBy = "owned-by",
        /// Which endpoint exposes it?
        ExposedBy = "exposed-by",
        /// Which data stores back it?
        StoredIn = "stored-in",
        /// Which backups and restore tests cover it?
        CoveredBy = "covered-by",
        /// Which migration wave will replace or move it?
        MovesTo = "moves-to",
        /// Which current evidence proves it healthy?
        ProvenBy = "proven-by",
    }
}

/// Whether the questions are asked about entities of this kind: every service and data store.
#[must_use]
pub const fn is_asked_about(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Service | EntityKind::DataStore)
}
