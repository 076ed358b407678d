//! Planned maintenance and notes: events that prove nothing and say how to read what is seen.
use std::sync::Arc;

use super::{context::Context, impact::causes};
pub use crate::evidence::Window;
use crate::{entity::EntityRef, event::Claim, evidence::Observation};

/// The windows that are open or still to come for an entity, the next first: those announced for it,
/// and those for what it depends on, since it goes down with that.
#[must_use]
pub fn windows<'a>(context: Context<'a>, id: &EntityRef) -> Vec<Window<'a>> {
    let announced = context.log.announced().iter().filter_map(|announcement| Window::of(announcement));
    let mut found: Vec<Window<'a>> = announced.filter(|window| context.now <= window.until).collect();
    if found.iter().any(|window| window.by.subject != *id) {
        let causes = causes(context.index, id);
        found.retain(|window| window.by.subject == *id || causes.contains(&window.by.subject));
    }
    found.sort_by_key(|window| window.from);
    found
}

/// The remarks on an entity, newest first.
pub fn notes<'a>(context: Context<'a>, id: &EntityRef) -> impl Iterator<Item = &'a Arc<Observation>> {
    context.log.of(id).iter().rev().filter(|observation| observation.claim == Claim::Note)
}
