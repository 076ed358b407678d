//! The evidence about one entity: the latest of each event type, and a window of what was before.

use std::sync::Arc;

use serde_json::Value;

use super::{observation::Observation, window::Window};
use crate::{
    entity::EntityRef,
    event::{Claim, Event},
};

/// What the steps of a migration say, each by the latest that says it.
const SAID: [&str; 3] = ["disposition", "wave", "step"];

/// The observations of one entity.
#[derive(Clone, Debug)]
pub(super) struct History {
    /// The entity.
    pub(super) subject: EntityRef,
    /// What is kept, oldest first.
    pub(super) kept: Vec<Arc<Observation>>,
    /// The latest of each event type, in the order in which the types came.
    pub(super) latest: Vec<Arc<Observation>>,
    /// How many observations had to go.
    pub(super) left_out: usize,
    /// Of each event type of which the oldest go the last that went: what is older and comes once more
    /// is known.
    pub(super) gone: Vec<Arc<Observation>>,
    /// The log's generation of its last change.
    pub(super) changed: u64,
}

impl History {
    /// Nothing about an entity yet.
    pub(super) fn new(subject: EntityRef) -> Self {
        Self { subject, kept: Vec::new(), latest: Vec::new(), left_out: 0, gone: Vec::new(), changed: 0 }
    }

    /// Whether an event is there already, or was and had to go.
    pub(super) fn knows(&self, event: &Event) -> bool {
        let at = self.behind(event);
        let mut of_its_time = self.kept.iter().take(at).rev().take_while(|other| other.event.time == event.time);
        let mut gone = self.gone.iter().map(|gone| &gone.event).filter(|gone| gone.event_type == event.event_type);
        of_its_time.any(|other| other.event.id == event.id)
            || gone.any(|gone| event.time < gone.time || gone.id == event.id)
    }

    /// The place behind what is as old as an event, or older.
    fn behind(&self, event: &Event) -> usize {
        self.kept.partition_point(|other| other.event.time <= event.time)
    }

    /// Takes in an observation that is not known; of its event type at most `most` stay. Gives what had to go
    /// for it, which may be itself.
    pub(super) fn insert(&mut self, observation: Arc<Observation>, most: usize) -> Option<Arc<Observation>> {
        let (at, time) = (self.behind(&observation.event), observation.event.time);
        let kind = observation.event.event_type.clone();
        match self.latest.iter_mut().find(|other| other.event.event_type == kind) {
            Some(other) if other.event.time <= time => *other = observation.clone(),
            Some(_) => {}
            None => self.latest.push(observation.clone()),
        }
        self.kept.insert(at, observation);
        self.trim(&kind, most)
    }

    /// Lets one observation of an event type go where there are more than `most`.
    pub(super) fn trim(&mut self, kind: &str, most: usize) -> Option<Arc<Observation>> {
        let of_kind = || (0..).zip(&self.kept).filter(|(_, one)| one.event.event_type == kind);
        // There has to be one more than stay.
        of_kind().nth(most)?;
        let at: usize = match of_kind().next()?.1.claim {
            // The window that closes first is the first that nobody asks for any more.
            Claim::Maintenance => of_kind().min_by_key(|(_, one)| Window::of(one).map(|window| window.until))?.0,
            Claim::Migration => of_kind().find(|(at, one)| !self.is_last_word(*at, one))?.0,
            _ => of_kind().next()?.0,
        };
        let gone = self.kept.remove(at);
        if let Some(place) = self.latest.iter().position(|one| Arc::ptr_eq(one, &gone)) {
            match self.kept.iter().rev().find(|one| one.event.event_type == kind) {
                Some(before) => *self.latest.get_mut(place)? = before.clone(),
                None => drop(self.latest.remove(place)),
            }
        }
        self.left_out += 1;
        if !matches!(gone.claim, Claim::Maintenance | Claim::Migration) {
            self.gone.retain(|before| before.event.event_type != kind);
            self.gone.push(gone.clone());
        }
        Some(gone)
    }

    /// Whether a step says something that no later one says anew: a disposition stands until another.
    fn is_last_word(&self, at: usize, step: &Observation) -> bool {
        let says_anew = |key: &str| {
            let mut later = self.kept.iter().skip(at + 1).filter(|one| one.claim == Claim::Migration);
            later.any(|one| one.event.metadata.get(key).is_some_and(Value::is_string))
        };
        SAID.iter().any(|key| step.event.metadata.contains_key(*key) && !says_anew(key))
    }
}
