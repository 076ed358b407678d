//! The ops widgets: Leptos components.
//!
//! [`widget`] mounts one widget: a card around the body of a kind. [`kinds`] has a folder or file for each
//! kind and the table that names them; [`ui`] has the components that kinds share; [`record`] is the form
//! that records evidence; [`graph`] draws pictures. [`hub`] is what a widget knows of its hub, as signals;
//! [`session`] keeps what a reader typed and chose; [`texts`] has every word on screen.
//!
//! Nothing here fetches anything: the plugin keeps the hub's signals current, and the model has the rules.
#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "`#[component]` makes a public function within a private module")]

pub mod download;
pub mod graph;
pub mod hub;
pub mod intl;
pub mod kinds;
pub mod record;
mod rows;
pub mod session;
pub mod texts;
pub mod timer;
pub mod ui;
pub mod url_state;
pub mod widget;

pub use hub::{Hub, Trouble};
pub use session::SessionState;
pub use widget::{Target, Widget, WidgetOptions};
