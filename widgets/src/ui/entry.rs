//! One observation in words.

use std::sync::Arc;

use leptos::prelude::*;
use ops_model::Observation;

/// An item of a timeline.
#[component]
pub fn Entry(
    observation: Arc<Observation>,
    /// Whether the entity that it is about is named: so where a list is about many.
    #[prop(optional)]
    with_subject: bool,
) -> impl IntoView {
    let _ = (observation, with_subject);
}
