//! The rules of operations that the ops-hub widgets show, without any I/O.
//!
//! A [`Catalog`] says what exists: entities, typed relations, gaps, each with the line of the
//! inventory that it comes from. An [`EvidenceLog`] holds what was observed. Everything that a
//! widget states is computed from those two and a point in time ([`Context`]), never stored:
//!
//! - [`mod@standing`] gives the standing of a claim: proven, failing, stale or unproven;
//! - [`mod@health`] the standing of a whole from its parts;
//! - [`questions`] answers the seven questions of the inventory, with facts or with a gap;
//! - [`mod@readiness`] evaluates gates, [`migration`] the moves of a wave, [`mod@impact`] what
//!   depends on what, [`mod@maintenance`] what is announced for it, [`coverage`] backups and restores, [`mod@closing`] which gaps are closed;
//! - [`table`] is the table of services as a reader sees it;
//! - [`graph`] lays out pictures of it;
//! - [`CatalogPage`] and [`EventPage`] read what a hub sends, record by record ([`lenient`]);
//! - [`pause`] says how long to leave a hub alone, [`problem`] why it refused.
//!
//! The same code runs in the browser (wasm32) and natively.
#![forbid(unsafe_code)]

pub mod catalog;
pub mod entity;
pub mod event;
pub mod evidence;
pub mod gap;
pub mod graph;
pub mod lenient;
pub mod pause;
pub mod problem;
pub mod rules;
mod source;
pub mod table;
pub mod timestamp;

pub use catalog::{
    AskedQuestion, Catalog, CatalogIndex, CatalogPage, FirstEvent, ImportNote, Inventory, Question, SCHEMA_VERSION,
    Source, SourceDocument, Statement, Totals, WidgetRequest,
};
pub use entity::{Entity, EntityKind, EntityRef, Fact, RefError, Relation, RelationKind};
pub use event::{Claim, Event, EventPage, EventRule, MetRule, Outcome};
pub use evidence::{ClaimState, EvidenceLog, Observation, Standing};
pub use gap::{Gap, GapKind};
pub use rules::{closing, coverage, health, impact, maintenance, migration, questions, readiness, standing, standings};
pub use rules::{
    context::Context,
    questions::{Answer, AnswerFact, GapReason, Origin},
};
pub use timestamp::Timestamp;

/// The former name of [`table`].
pub use table as view;
