//! The evidence about one entity: a window of its observations, and the latest of each event type.

use std::sync::Arc;

use serde_json::Value;

use super::{observation::Observation, window::Window};
use crate::event::{Claim, Event};

/// The fields of a migration step. Of each field the latest step that has it counts.
const STEP_FIELDS: [&str; 3] = ["disposition", "wave", "step"];

/// The observations of one entity.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// What is kept, oldest first.
    pub(super) kept: Vec<Arc<Observation>>,
    /// The latest of each event type, in the order in which the types first came.
    pub(super) latest: Vec<Arc<Observation>>,
    /// How many observations were dropped.
    pub(super) left_out: usize,
    /// Of each event type the observation that was dropped last, where the oldest are dropped first.
    /// An event that is older still was known before, and is not taken in again.
    pub(super) dropped: Vec<Arc<Observation>>,
    /// The log's generation at the last change.
    pub(super) changed: u64,
}

impl History {
    /// Whether an event is kept, or was and had to go.
    pub(super) fn knows(&self, event: &Event) -> bool {
        let of_its_time =
            self.kept.iter().take(self.place(event)).rev().take_while(|kept| kept.event.time == event.time);
        let mut dropped = self.dropped.iter().map(|one| &one.event).filter(|one| one.event_type == event.event_type);
        of_its_time.into_iter().any(|kept| kept.event.id == event.id)
            || dropped.any(|dropped| event.time < dropped.time || dropped.id == event.id)
    }

    /// Where an event stands: behind everything that is as old or older.
    fn place(&self, event: &Event) -> usize {
        self.kept.partition_point(|other| other.event.time <= event.time)
    }

    /// Takes in an observation that is not known. At most `most` of its event type stay; gives the one
    /// that had to go, which may be the new one.
    pub(super) fn insert(&mut self, observation: Arc<Observation>, most: usize) -> Option<Arc<Observation>> {
        let (at, time) = (self.place(&observation.event), observation.event.time);
        let kind = observation.event.event_type.clone();
        match self.latest.iter_mut().find(|other| other.event.event_type == kind) {
            Some(other) if other.event.time <= time => *other = observation.clone(),
            Some(_) => {}
            None => self.latest.push(observation.clone()),
        }
        self.kept.insert(at, observation);
        self.trim(&kind, most)
    }

    /// Whether there are more than `most` observations of an event type.
    pub(super) fn exceeds(&self, most: usize) -> bool {
        let of_kind = |kind: &str| self.kept.iter().filter(|one| one.event.event_type == kind).count();
        self.kept.len() > most && self.latest.iter().any(|latest| of_kind(&latest.event.event_type) > most)
    }

    /// Drops one observation of an event type where there are more than `most`, never one that decides
    /// a standing or a step.
    pub(super) fn trim(&mut self, kind: &str, most: usize) -> Option<Arc<Observation>> {
        let of_kind = || self.kept.iter().enumerate().filter(|(_, one)| one.event.event_type == kind);
        // Nothing goes unless there is one more than may stay.
        of_kind().nth(most)?;
        let at = match of_kind().next()?.1.claim {
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
            self.dropped.retain(|before| before.event.event_type != kind);
            self.dropped.push(gone.clone());
        }
        Some(gone)
    }

    /// Whether a step says something that no later step says anew: a disposition stands until another.
    fn is_last_word(&self, at: usize, step: &Observation) -> bool {
        let is_said_later = |field: &str| {
            let mut later = self.kept.iter().skip(at + 1).filter(|one| one.claim == Claim::Migration);
            later.any(|one| one.event.metadata.get(field).is_some_and(Value::is_string))
        };
        STEP_FIELDS.iter().any(|field| step.event.metadata.contains_key(*field) && !is_said_later(field))
    }
}
