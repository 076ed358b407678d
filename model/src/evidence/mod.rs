//! The evidence: what was observed, by the entity that it is about.
//!
//! [`EvidenceLog`] holds the events at hand, each judged by the rule of its type ([`Observation`]). It
//! knows the catalog, which says what an event can be about, and none of the rules that read it.

mod history;
mod insert;
mod judge;
mod log;
mod observation;
pub mod standing;
mod state;
mod turns;
mod window;

pub use log::{EvidenceLog, KEPT, MOST, UNPLACED, UNREAD};
pub use observation::Observation;
pub use standing::Standing;
pub use state::ClaimState;
pub use window::Window;
