//! Pictures of what runs where, as SVG.

use leptos::prelude::*;
use ops_model::EntityRef;

/// The picture of an entity and what is next to it.
#[component]
pub fn Neighbourhood(entity: EntityRef) -> impl IntoView {
    let _ = entity;
}

/// The picture of what runs where, of the whole catalog.
#[component]
pub fn Topology() -> impl IntoView {}
