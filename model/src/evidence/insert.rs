//! How events come into the log: judged, placed, counted, and dropped where there are too many.

use std::sync::Arc;

use super::{
    history::History,
    log::{EvidenceLog, MOST, UNPLACED, UNREAD},
    observation::Observation,
    turns::turns,
};
use crate::{
    catalog::{CatalogIndex, ImportNote},
    entity::EntityRef,
    event::{Claim, Event},
};

impl EvidenceLog {
    /// Takes in an event. `false` where it is known already. An event that cannot be placed is kept in
    /// [`Self::unplaced`].
    pub fn insert(&mut self, event: Arc<Event>, index: &CatalogIndex) -> bool {
        let event = event.as_observed();
        let Some(observation) = self.judge.observe(&event, index).map(Arc::new) else { return self.set_apart(event) };
        if self.histories.get(&observation.subject).is_some_and(|history| history.knows(&event)) {
            return false;
        }
        self.generation += 1;
        let kept = self.kept_of_each();
        let dropped = self.change(&observation.subject, |history| history.insert(observation.clone(), kept));
        self.count(&observation);
        if let Some(dropped) = dropped {
            self.uncount(&dropped);
        }
        while self.len > MOST && self.kept_of_each() > 1 {
            self.halvings += 1;
            self.shrink();
        }
        true
    }

    /// The same events, placed by another catalog. What was left out stays left out, and what could not
    /// be read stays named.
    #[must_use]
    pub fn placed_by(&self, index: &CatalogIndex) -> Self {
        let mut log = Self {
            judge: self.judge.clone(),
            unread: self.unread.clone(),
            generation: self.generation,
            ..Self::default()
        };
        let placed = self.all().map(|observation| &observation.event);
        for event in placed.chain(self.unplaced.iter()) {
            log.insert(event.clone(), index);
        }
        log.left_out += self.left_out;
        log.last_unplaced_dropped.clone_from(&self.last_unplaced_dropped);
        for (subject, before) in self.histories.iter().filter(|(_, before)| before.left_out > 0) {
            if log.histories.contains_key(subject) {
                log.change(subject, |history| {
                    history.left_out += before.left_out;
                    history.dropped.clone_from(&before.dropped);
                });
            }
        }
        log
    }

    /// Names an event that could not be read, once.
    pub fn name_unread(&mut self, note: ImportNote) {
        if self.unread.contains(&note) {
            return;
        }
        let unread = Arc::make_mut(&mut self.unread);
        if unread.len() == UNREAD {
            unread.remove(0);
        }
        unread.push(note);
        self.generation += 1;
    }

    /// Keeps an event that cannot be placed.
    fn set_apart(&mut self, event: Arc<Event>) -> bool {
        let was_dropped = |last: &Arc<Event>| event.time < last.time || event.id == last.id;
        if self.last_unplaced_dropped.as_ref().is_some_and(was_dropped)
            || self.unplaced.iter().any(|other| other.id == event.id)
        {
            return false;
        }
        let unplaced = Arc::make_mut(&mut self.unplaced);
        let at = unplaced.partition_point(|other| other.time <= event.time);
        unplaced.insert(at, event);
        self.len += 1;
        if unplaced.len() > UNPLACED {
            self.last_unplaced_dropped = Some(unplaced.remove(0));
            self.len -= 1;
            self.left_out += 1;
        }
        self.generation += 1;
        true
    }

    /// Changes the history of an entity, which is begun where there is none, and notes that it changed.
    fn change<T>(&mut self, subject: &EntityRef, how: impl FnOnce(&mut History) -> T) -> T {
        let generation = self.generation;
        if let Some(history) = self.histories.get_mut(subject) {
            self.changed.remove_mut(&(history.changed, subject.clone()));
            self.changed.insert_mut((generation, subject.clone()));
            history.changed = generation;
            return how(history);
        }
        let mut history = History { changed: generation, ..History::default() };
        let answer = how(&mut history);
        self.changed.insert_mut((generation, subject.clone()));
        self.histories.insert_mut(subject.clone(), history);
        answer
    }

    /// Counts an observation that is kept now.
    fn count(&mut self, observation: &Arc<Observation>) {
        self.len += 1;
        for turn in turns(observation) {
            match self.turns.get_mut(&turn) {
                Some(count) => *count += 1,
                None => self.turns.insert_mut(turn, 1),
            }
        }
        if observation.claim == Claim::Maintenance {
            // In the order of their recording, whenever they arrive.
            let place = |one: &Observation| (one.event.time, one.event.id.clone());
            let announced = Arc::make_mut(&mut self.announced);
            let at = announced.partition_point(|other| place(other) <= place(observation));
            announced.insert(at, observation.clone());
        }
    }

    /// Takes an observation that was dropped off the counts.
    fn uncount(&mut self, observation: &Arc<Observation>) {
        self.len -= 1;
        self.left_out += 1;
        for turn in turns(observation) {
            let is_last = self.turns.get_mut(&turn).is_some_and(|count| {
                *count -= 1;
                *count == 0
            });
            if is_last {
                self.turns.remove_mut(&turn);
            }
        }
        if observation.claim == Claim::Maintenance {
            Arc::make_mut(&mut self.announced).retain(|other| !Arc::ptr_eq(other, observation));
        }
    }

    /// Drops what is more than is kept of each event type and entity now.
    fn shrink(&mut self) {
        self.generation += 1;
        let kept = self.kept_of_each();
        let exceeding = self.histories.iter().filter(|(_, history)| history.exceeds(kept));
        let subjects: Vec<EntityRef> = exceeding.map(|(subject, _)| subject.clone()).collect();
        for subject in subjects {
            let dropped = self.change(&subject, |history| {
                let mut dropped = Vec::new();
                for latest in history.latest.clone() {
                    dropped.extend(std::iter::from_fn(|| history.trim(&latest.event.event_type, kept)));
                }
                dropped
            });
            dropped.iter().for_each(|one| self.uncount(one));
        }
    }
}
