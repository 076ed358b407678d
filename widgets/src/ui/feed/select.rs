//! Which events a feed shows: those of its scope that fit the filter, the newest of them.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use ops_model::{EntityRef, Event, EvidenceLog, Observation, Timestamp};

/// What a feed is about: some entities, or the whole hub.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope(pub(super) Option<Signal<Vec<EntityRef>>>);

/// One event of a feed: with what it says, or as it came where the catalog has no place for it.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// An event about an entity of the catalog.
    Placed(Arc<Observation>),
    /// An event whose type or subject nobody knows.
    Unplaced(Arc<Event>),
}

impl Item {
    pub(super) fn event(&self) -> &Event {
        match self {
            Self::Placed(observation) => &observation.event,
            Self::Unplaced(event) => event,
        }
    }

    /// Its place in the feed. Events of one moment are ordered by their ids, so that no update shuffles them.
    fn place(&self) -> (Timestamp, &str) {
        (self.event().time, &self.event().id)
    }
}

/// Two items are the same where they are the same event, judged alike: then its view stays.
impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |one: &Event, other: &Event| one.id == other.id && one.time == other.time;
        match (self, other) {
            (Self::Placed(one), Self::Placed(other)) => {
                Arc::ptr_eq(one, other)
                    || is_same(&one.event, &other.event)
                        && (&one.subject, &one.outcome) == (&other.subject, &other.outcome)
            }
            (Self::Unplaced(one), Self::Unplaced(other)) => is_same(one, other),
            _ => false,
        }
    }
}

/// What a reader chose; an empty text stands for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) kind: String,
    pub(super) entity: String,
}

/// The newest events that fit, and how many there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Selection {
    /// Newest first.
    pub(super) items: Vec<Item>,
    /// How many events fit the filter.
    pub(super) fitting: usize,
    /// How many events of the scope the page has.
    pub(super) total: usize,
    /// How many more the hub has.
    pub(super) left_out: usize,
}

/// How many events there are of each type and about each entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// By type, in the order of their names.
    pub(super) kinds: Vec<(String, usize)>,
    /// By entity, those with the most events first.
    pub(super) entities: Vec<(EntityRef, usize)>,
}

impl Scope {
    /// The observations of each entity of the scope, oldest first.
    fn groups<'a>(&self, log: &'a EvidenceLog) -> Vec<(EntityRef, &'a [Arc<Observation>])> {
        match &self.0 {
            Some(about) => about.read().iter().map(|id| (id.clone(), log.of(id))).collect(),
            None => log.by_entity().map(|(id, observations)| (id.clone(), observations)).collect(),
        }
    }

    fn unplaced<'a>(&self, log: &'a EvidenceLog) -> &'a [Arc<Event>] {
        if self.0.is_none() { log.unplaced() } else { &[] }
    }

    pub(super) fn is_empty(&self, log: &EvidenceLog) -> bool {
        self.count(log) == 0
    }

    pub(super) fn count(&self, log: &EvidenceLog) -> usize {
        match &self.0 {
            Some(about) => about.read().iter().map(|id| log.of(id).len()).sum(),
            None => log.len(),
        }
    }

    fn left_out(&self, log: &EvidenceLog) -> usize {
        match &self.0 {
            Some(about) => about.read().iter().map(|id| log.left_out_of(id)).sum(),
            None => log.left_out(),
        }
    }

    pub(super) fn counts(&self, log: &EvidenceLog) -> Counts {
        let mut kinds: HashMap<&str, usize> = HashMap::new();
        let mut entities = Vec::new();
        for (id, observations) in self.groups(log) {
            for observation in observations {
                *kinds.entry(&observation.event.event_type).or_default() += 1;
            }
            if !observations.is_empty() {
                entities.push((id, observations.len()));
            }
        }
        for event in self.unplaced(log) {
            *kinds.entry(&event.event_type).or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect();
        kinds.sort();
        entities.sort_by(|(one, more), (other, less)| less.cmp(more).then_with(|| one.cmp(other)));
        Counts { kinds, entities }
    }

    /// The newest `most` events that fit. An event that is older than all that are shown costs a comparison.
    pub(super) fn select(&self, log: &EvidenceLog, filter: &Filter, most: usize) -> Selection {
        let mut found = Selection { total: self.count(log), left_out: self.left_out(log), ..Selection::default() };
        let mut offer = |item: Item| {
            if !filter.kind.is_empty() && item.event().event_type != filter.kind {
                return;
            }
            found.fitting += 1;
            if found.items.len() == most && found.items.last().is_some_and(|last| last.place() > item.place()) {
                return;
            }
            let at = found.items.partition_point(|other| other.place() > item.place());
            found.items.insert(at, item);
            found.items.truncate(most);
        };
        let entity = filter.entity.parse::<EntityRef>().ok();
        for (id, observations) in self.groups(log) {
            if filter.entity.is_empty() || entity.as_ref() == Some(&id) {
                observations.iter().rev().for_each(|observation| offer(Item::Placed(observation.clone())));
            }
        }
        if filter.entity.is_empty() {
            self.unplaced(log).iter().for_each(|event| offer(Item::Unplaced(event.clone())));
        }
        found
    }
}
