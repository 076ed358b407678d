//! Planned maintenance and notes: events that prove nothing and say how to read what is seen.
use std::sync::Arc;

use serde_json::Value;

use crate::{
    entity::EntityRef,
    event::{Claim, plain},
    evidence::Observation,
    health::Context,
    impact::impact,
    timestamp::Timestamp,
};

/// An announced span of work on an entity.
#[derive(Clone, Debug)]
pub struct Window<'a> {
    /// Its first moment.
    pub from: Timestamp,
    /// Its last moment.
    pub until: Timestamp,
    /// Why, in the announcer's words.
    pub reason: String,
    /// The announcement.
    pub by: &'a Observation,
}

impl<'a> Window<'a> {
    /// Reads an announcement; `None` for any other event, and for one whose span cannot be read or
    /// ends before it begins.
    #[must_use]
    pub fn of(observation: &'a Observation) -> Option<Self> {
        if observation.claim != Claim::Maintenance {
            return None;
        }
        let time = |key: &str| {
            let value = observation.event.metadata.get(key).and_then(Value::as_str);
            value.and_then(|text| Timestamp::parse(text).ok())
        };
        let (from, until) = (time("from")?, time("until")?);
        let reason = observation.event.metadata.get("reason").map(plain).unwrap_or_default();
        (from <= until).then_some(Self { from, until, reason, by: observation })
    }

    /// Whether work goes on at this moment.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.from <= now && now <= self.until
    }
}

/// The windows that are open or still to come for an entity, the next first: those announced for it,
/// and those for what it depends on, since it goes down with that.
#[must_use]
pub fn windows<'a>(context: Context<'a>, id: &EntityRef) -> Vec<Window<'a>> {
    let mut found: Vec<Window<'a>> = context
        .log
        .announced()
        .iter()
        .filter_map(|announcement| Window::of(announcement))
        .filter(|window| context.now <= window.until)
        .filter(|window| {
            let announced = &window.by.subject;
            announced == id || impact(context.index, announced).iter().any(|affected| affected.entity == *id)
        })
        .collect::<Vec<_>>();
    found.sort_by_key(|window| window.from);
    found
}

/// The remarks on an entity, newest first.
pub fn notes<'a>(context: Context<'a>, id: &EntityRef) -> impl Iterator<Item = &'a Arc<Observation>> {
    context.log.of(id).iter().rev().filter(|observation| observation.claim == Claim::Note)
}
