//! Pictures of the catalog as pure geometry: what is drawn, where, and how a key leads from one box
//! to the next.
//!
//! A picture is made in two steps. [`topology`] and [`neighbourhood`] choose what is drawn and give a
//! [`Network`]: boxes in columns, grouped by environment, with the relations between them. [`layout`]
//! gives every box its place for a width, and every relation a [`Route`] that crosses no box. The same
//! network and width give the same picture. [`flow`] lays out a migration wave, [`Viewport`] is what a
//! reader has zoomed to, [`step()`] where an arrow key leads.
//!
//! Lengths are whole CSS pixels: a picture is laid out for the width that it has on the page, so that
//! its letters keep their size.

mod flow;
mod frame;
mod layout;
mod neighbourhood;
mod network;
mod place;
mod rect;
mod route;
mod shelf;
mod stand;
mod step;
mod text;
mod topology;
mod viewport;

pub use flow::{Flow, FlowRow, flow};
pub use frame::Frame;
pub use layout::{Picture, layout};
pub use neighbourhood::neighbourhood;
pub use network::{Edge, Group, Network, Node};
pub use rect::Rect;
pub use route::Route;
pub use step::{Direction, step};
pub use text::{fitted, wrapped};
pub use topology::{MOST, MOST_FRAMES, topology};
pub use viewport::Viewport;
