//! The ops widgets: Leptos components that take plain values and signals and give views.
//!
//! [`kinds`] has one folder a kind of widget and the table that names them; [`parts`] is what they
//! share; [`texts`] has every word that they show; [`scope`] is what a widget is given. Nothing
//! here fetches anything: the plugin keeps the state, the model has the rules.
//!
//! Views are plain values of one type, built by the functions of [`view`]: Leptos's own view types
//! cost code for each combination of element, attributes and children, and its `view!` macro turns
//! static subtrees into `template.innerHTML`, which a page with `require-trusted-types-for 'script'`
//! refuses.
#![forbid(unsafe_code)]

pub mod address;
pub mod completion;
pub mod download;
pub mod frame;
pub mod intl;
mod keeper;
pub mod kinds;
pub mod parts;
pub mod record;
pub mod scope;
pub mod texts;
pub mod view;

pub use frame::widget;
pub use keeper::Keeper;
pub use scope::{HubData, HubState, Scope, Target, Trouble};
