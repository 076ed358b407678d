//! Recording evidence from a widget: a form made from the event type's JSON Schema.
//!
//! [`schema`] reads schemas and drafts, [`form`] shows them, [`draft`] keeps what was typed over a
//! reload. Who sends the event is given from outside: nothing here talks to the hub.

mod draft;
mod form;
mod schema;

pub use form::panel;
pub use schema::{Draft, Field, Shape, Wrong, fields, metadata};

use std::sync::Arc;

use ops_model::json::{Map, Value};
use reactive_graph::signal::ArcRwSignal;

/// An event to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The widget's instance name.
    pub widget: String,
    /// The event type.
    pub event_type: String,
    /// Where it is recorded from.
    pub view_context: String,
    /// What was observed.
    pub metadata: Map<String, Value>,
    /// The same at each attempt, so that the hub records it once.
    pub idempotency_key: String,
}

/// How far an event is on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// Nothing is sent.
    #[default]
    Idle,
    /// It is under way, and shown as such where events are.
    Sent(Box<NewEvent>),
    /// The hub has recorded it.
    Recorded,
    /// It was not recorded, in the hub's words.
    Refused(String),
}

/// Sends an event and says in the signal how it goes.
pub type Recorder = Arc<dyn Fn(NewEvent, ArcRwSignal<Sending>) + Send + Sync>;

/// What a widget records with.
#[derive(Clone)]
pub struct Recording {
    /// Who sends.
    pub recorder: Recorder,
    /// How the last one goes.
    pub sending: ArcRwSignal<Sending>,
}

impl std::fmt::Debug for Recording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recording")
    }
}
