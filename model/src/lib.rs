//! The rules of operations that the ops-hub widgets show, without any I/O.
//!
//! A [`Catalog`] says what exists: entities, typed relations, gaps, each with the line of the
//! inventory that it comes from. An [`EvidenceLog`] holds what was observed. Everything that a
//! widget states is computed from those two and a point in time, never stored:
//!
//! - [`standing`] gives the standing of a claim: proven, failing, stale or unproven;
//! - [`questions`] answers the seven questions of the inventory, with facts or with a gap;
//! - [`readiness`] evaluates gates, [`migration`] the moves of a wave, [`impact`] what depends on what.
//!
//! The same code runs in the browser (wasm32) and natively.
#![forbid(unsafe_code)]

pub mod catalog;
pub mod entity;
pub mod event;
pub mod gap;
pub mod questions;
pub mod standing;
pub mod timestamp;

pub use catalog::{Catalog, ImportNote, Source, SourceDocument, Statement};
pub use entity::{Entity, EntityKind, EntityRef, Fact, RefError, Relation, RelationKind};
pub use event::{Event, EventRule, MetRule, Outcome};
pub use gap::{Gap, GapKind};
pub use questions::Question;
pub use standing::Standing;
pub use timestamp::Timestamp;
