//! The evidence: what was observed, by the entity that it is about.
//!
//! [`EvidenceLog`] holds the events at hand, each judged by the rule of its type ([`Observation`]).
mod history;
mod log;
mod observation;
mod reads;
mod shards;
pub mod standing;
mod window;

pub use log::{EvidenceLog, KEPT, MOST, UNPLACED, UNREAD};
pub use observation::{ClaimState, Observation};
pub use reads::Reads;
pub use standing::Standing;
pub use window::Window;
