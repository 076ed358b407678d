//! Pictures: what runs where, a service among its neighbours, a migration as a flow.
//!
//! The model lays them out ([`ops_model::graph`]); here they are drawn as SVG, with attributes only, so
//! that a page without inline styles takes them. [`surface`] is what all have in common: zoom, drag,
//! keys, and the width for which a picture is laid out. Every box is a link to its entity. A widget
//! shows one picture at a time: what its reader zoomed to is kept under one name.

mod boxes;
mod flow;
mod frames;
mod hand;
mod icons;
mod list;
mod names;
mod pictures;
mod shapes;
mod surface;
mod width;

pub use flow::flow_picture;
pub use pictures::{neighbourhood, topology};
pub(crate) use shapes::{Look, Tag, Views};
pub use width::{measured, width_of};
