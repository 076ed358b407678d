//! What is announced for an entity, and what was remarked on it: shown above its facts.

use leptos::prelude::*;
use ops_model::{Context, EntityRef, maintenance::windows};

/// Whether announced work goes on now for an entity: its failures are expected.
#[must_use]
pub fn is_under_maintenance(context: Context<'_>, id: &EntityRef) -> bool {
    windows(context, id).iter().any(|window| window.is_open(context.now))
}

/// Open and coming maintenance, then the latest notes.
#[component]
pub fn Announcements(entity: EntityRef) -> impl IntoView {
    let _ = entity;
}
