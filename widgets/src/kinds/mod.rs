//! The kinds of widget, and the table that names them.
//!
//! A kind is a module with a summary (plain data that a rule of the model gives), a headline and a
//! component. To add one, write the module and add a line to [`KINDS`].

mod catalog;
mod endpoint;
mod entity;
mod environment;
mod evidence_feed;
mod host;
mod migration;
mod readiness;
mod service;

use leptos::prelude::*;
use ops_model::{
    Context, EntityKind, EntityRef, GapKind, Standing, Timestamp,
    health::{Health, Part},
};

use crate::texts::Texts;

/// What a widget says as a whole, in its heading and its footer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// The standing; `None` for a kind that states nothing as a whole.
    pub standing: Option<Standing>,
    /// A word in place of the standing's own: `planned`.
    pub word: Option<&'static str>,
    /// When the youngest evidence in it was recorded.
    pub latest: Option<Timestamp>,
}

impl Headline {
    /// Of something that rests on its parts.
    fn of(health: &Health) -> Self {
        let latest = health.latest().map(|by| by.event.time);
        Self { standing: Some(health.standing), word: None, latest }
    }

    /// Of something that rests on its own evidence.
    fn of_part(part: &Part) -> Self {
        let latest = part.by.as_ref().map(|by| by.event.time);
        Self { standing: Some(part.standing), word: None, latest }
    }
}

/// How a kind makes its headline and its body.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// A kind that is about one entity.
    Subject {
        /// What it says as a whole.
        headline: fn(Context<'_>, &EntityRef, &'static Texts) -> Headline,
        /// Its component.
        view: fn(EntityRef) -> AnyView,
    },
    /// A kind that is about the whole hub.
    Hub {
        /// Makes the memo of what it says as a whole. It may provide context that the component shares.
        headline: fn() -> Memo<Headline>,
        /// Its component.
        view: fn() -> AnyView,
    },
}

/// A kind of widget.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the manifest.
    pub name: &'static str,
    label: fn(&Texts) -> &'static str,
    /// Its headline and its body.
    pub body: Body,
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
    Kind {
        name: "environment",
        label: |texts| texts.environment,
        body: Body::Subject {
            headline: environment::headline,
            view: |subject| view! { <environment::Environment subject /> }.into_any(),
        },
    },
    Kind {
        name: "host",
        label: |texts| texts.entity_kind(EntityKind::Host),
        body: Body::Subject { headline: host::headline, view: |subject| view! { <host::Host subject /> }.into_any() },
    },
    Kind {
        name: "service-catalog",
        label: |texts| texts.questions,
        body: Body::Hub { headline: catalog::headline, view: || view! { <catalog::Catalog /> }.into_any() },
    },
    Kind {
        name: "service",
        label: |texts| texts.entity_kind(EntityKind::Service),
        body: Body::Subject {
            headline: service::headline,
            view: |subject| view! { <service::Service subject /> }.into_any(),
        },
    },
    Kind {
        name: "endpoint",
        label: |texts| texts.entity_kind(EntityKind::Endpoint),
        body: Body::Subject {
            headline: endpoint::headline,
            view: |subject| view! { <endpoint::Endpoint subject /> }.into_any(),
        },
    },
    Kind {
        name: "readiness",
        label: |texts| texts.gap_kind(GapKind::Readiness),
        body: Body::Subject {
            headline: readiness::headline,
            view: |subject| view! { <readiness::Readiness subject /> }.into_any(),
        },
    },
    Kind {
        name: "migration",
        label: |texts| texts.entity_kind(EntityKind::MigrationWave),
        body: Body::Subject {
            headline: migration::headline,
            view: |wave| view! { <migration::Migration wave /> }.into_any(),
        },
    },
    Kind {
        name: "evidence-feed",
        label: |texts| texts.feed.label,
        body: Body::Hub {
            headline: evidence_feed::headline,
            view: || view! { <evidence_feed::EvidenceFeed /> }.into_any(),
        },
    },
    Kind {
        name: "entity",
        label: |texts| texts.evidence,
        body: Body::Subject {
            headline: entity::headline,
            view: |subject| view! { <entity::Entity subject /> }.into_any(),
        },
    },
];

/// The kind with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
