//! The kinds of widget, one module each, and the table that names them.
//!
//! A new kind is one module with a `body` function and one line in [`KINDS`].

mod endpoint;
mod entity;
mod environment;
mod evidence_feed;
mod host;
mod migration;
mod readiness;
mod service;
mod service_catalog;

use crate::{frame::Body, scope::Scene, texts::Texts};

/// A kind of widget.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the manifest.
    pub name: &'static str,
    label: fn(&Texts) -> &'static str,
    /// Renders an instance of it.
    pub body: fn(&Scene) -> Body,
}

impl Kind {
    /// What stands above the heading.
    #[must_use]
    pub fn label(&self, texts: &'static Texts) -> &'static str {
        (self.label)(texts)
    }
}

/// Every kind. `entity` is no kind of the manifest: it shows anything that has no kind of its own.
pub const KINDS: &[Kind] = &[
    Kind { name: "environment", label: |texts| texts.environment, body: environment::body },
    Kind { name: "host", label: |_| "Host", body: host::body },
    Kind { name: "service-catalog", label: |texts| texts.questions, body: service_catalog::body },
    Kind { name: "service", label: |texts| texts.entity_kind(ops_model::EntityKind::Service), body: service::body },
    Kind { name: "endpoint", label: |texts| texts.entity_kind(ops_model::EntityKind::Endpoint), body: endpoint::body },
    Kind { name: "readiness", label: |texts| texts.gap_kind(ops_model::GapKind::Readiness), body: readiness::body },
    Kind {
        name: "migration",
        label: |texts| texts.entity_kind(ops_model::EntityKind::MigrationWave),
        body: migration::body,
    },
    Kind { name: "evidence-feed", label: |texts| texts.feed.label, body: evidence_feed::body },
    Kind { name: "entity", label: |texts| texts.evidence, body: entity::body },
];

/// The kind with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
