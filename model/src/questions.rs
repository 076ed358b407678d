//! The seven questions of the inventory.

use crate::entity::wire_enum;

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
