//! One small type for everything that is drawn, and how it becomes and stays the page's DOM.
//!
//! Leptos's signals and effects drive the widgets; what they draw is a [`View`], a plain value,
//! instead of Leptos's own view types, of which each combination of element, attributes and children
//! is one more type with code of its own in the bundle. [`node`] is the value and what turns into it,
//! [`html`], [`svg`] and [`attributes`] build it, [`ev`] names events, [`tree`] draws it and draws it
//! again, and [`mod@mount`] puts it on a page.
//!
//! What is drawn again changes only what differs: an element keeps the reader's focus, selection and
//! scroll, a menu stays open. Every element is made through the DOM's own calls; no text is ever read
//! as markup, which a page with `require-trusted-types-for 'script'` would refuse.

mod attributes;
mod element;
pub mod ev;
pub mod html;
pub mod mount;
pub mod node;
pub mod svg;
mod tree;

pub use mount::{Mounted, mount};
pub use node::{Draw, Element, Make, View, keyed};

/// What a module with views needs of this one and of Leptos.
pub mod prelude {
    pub use reactive_graph::{
        effect::RenderEffect,
        signal::ArcRwSignal,
        traits::{Get, GetUntracked, Set, Update, UpdateUntracked, With, WithUntracked},
    };

    pub use super::{Draw, Element, View, ev::event_target_value, keyed};
}
