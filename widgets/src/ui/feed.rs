//! A feed of events, newest first and by day, narrowed to a type and to an entity.

use leptos::prelude::*;
use ops_model::EntityRef;

/// The events about these entities, or all events of the hub.
#[component]
pub fn Feed(
    /// Which entities; all events where absent.
    #[prop(optional, into)]
    about: Option<Signal<Vec<EntityRef>>>,
) -> impl IntoView {
    let _ = about;
}

/// The same, folded away below a line with their count.
#[component]
pub fn FoldedFeed(
    /// Which entities; all events where absent.
    #[prop(optional, into)]
    about: Option<Signal<Vec<EntityRef>>>,
) -> impl IntoView {
    let _ = about;
}
