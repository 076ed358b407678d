//! Pictures as SVG: what runs where, an entity among its neighbours, a migration as a flow.
//!
//! The model lays them out ([`ops_model::graph`]). Here they are drawn with attributes only, so that a page
//! that forbids inline styles shows them. `canvas` and `pan_zoom` are what all pictures share: zoom, drag, keys,
//! and the width for which a picture is laid out. Every box is a link to its entity.
//!
//! A widget shows one picture at a time: what its reader has zoomed to is kept under one name.

mod canvas;
mod drawing;
mod edge;
mod flow;
mod flow_row;
mod flow_summary;
mod frame;
mod icons;
mod legend;
mod list;
mod node;
mod pan_zoom;
mod picture;
mod pointers;
mod stage;
mod width;
mod words;

use leptos::prelude::*;
use ops_model::{
    EntityRef,
    graph::{neighbourhood, topology},
};

use crate::{hub::use_hub, session::persisted, texts::use_texts};
pub use flow::Flow;
use picture::NetworkPicture;
pub use width::{Width, WidthGauge, use_width};

/// The picture of an entity and what is next to it: what it runs on, what exposes and stores it, and what
/// lies one step on.
#[component]
pub fn Neighbourhood(
    /// The entity in the middle.
    entity: EntityRef,
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let title = hub.title(&entity);
    let label = Signal::derive(move || format!("{}: {}", texts.graph.neighbourhood, title.read()));
    let middle = texts.entity_kind(entity.kind);
    let columns = [texts.graph.before, middle, texts.graph.after, texts.graph.onward];
    let network = hub.memo(move |context| neighbourhood(context, &entity));
    // Nothing in this picture can be folded.
    let unfolded = RwSignal::default();
    view! { <NetworkPicture network label columns unfolded /> }
}

/// The picture of what runs where, of the whole catalog: environment by environment.
#[component]
pub fn Topology() -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let unfolded = persisted::<Vec<String>>("graph-open");
    let network = hub.memo(move |context| topology(context, &unfolded.read().join(" ")));
    let columns = [texts.graph.places, texts.services, texts.graph.reached, ""];
    view! { <NetworkPicture network label=texts.graph.topology.to_owned() columns unfolded /> }
}
