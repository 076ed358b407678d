//! The kinds of widget, and the table that names them.
//!
//! A kind is a module with a summary (plain data that a rule of the model gives), a headline and a
//! component. To add one, write the module and add a line to [`KINDS`].

mod evidence_feed;

use leptos::prelude::{AnyView, IntoAny};
use ops_model::{Context, EntityRef, Standing, Timestamp};

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
        /// What it says as a whole.
        headline: fn(Context<'_>) -> Headline,
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
pub const KINDS: &[Kind] = &[Kind {
    name: "evidence-feed",
    label: |texts| texts.feed.label,
    body: Body::Hub { headline: evidence_feed::headline, view: || evidence_feed::EvidenceFeed().into_any() },
}];

/// The kind with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
