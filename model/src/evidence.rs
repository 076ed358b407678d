//! The evidence at hand: every event, by the entity that it is about.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::{
    catalog::ImportNote,
    entity::{EntityKind, EntityRef},
    event::{Claim, Event, EventRule, Outcome},
    index::CatalogIndex,
    maintenance::Window,
    order,
    standing::{Standing, standing},
    timestamp::Timestamp,
};

/// An event with what it is about and what it says.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The event as the hub returned it.
    pub event: Arc<Event>,
    /// The entity that it is about.
    pub subject: EntityRef,
    /// What it can prove.
    pub claim: Claim,
    /// Whether the expectation was met.
    pub outcome: Outcome,
    /// How long it counts, in ms.
    pub freshness_ms: i64,
}

impl Observation {
    /// What this observation alone would prove at a point in time. An announcement or a remark
    /// proves nothing, however fresh it is.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if !self.claim.is_evidence() {
            return Standing::Unproven;
        }
        standing(Some((self.event.time, &self.outcome)), self.freshness_ms, now)
    }
}

/// The standing of one claim about one entity, with the observation that decides it.
#[derive(Clone, Debug)]
pub struct ClaimState {
    /// The standing now.
    pub standing: Standing,
    /// The deciding observation; `None` where there is no evidence.
    pub by: Option<Observation>,
}

/// How many events that could not be read are named at most: the latest.
const MOST_UNREAD: usize = 50;

/// All events, judged by the rules of their types.
///
/// The subject of an event is, in this order: the entity that `metadata.subject` names, the endpoint
/// whose address is `metadata.endpoint`, the subject of the widget that it was recorded on.
#[derive(Clone, Debug, Default)]
pub struct EvidenceLog {
    rules: FxHashMap<String, EventRule>,
    widget_subjects: FxHashMap<String, EntityRef>,
    seen: FxHashSet<String>,
    by_subject: FxHashMap<EntityRef, Vec<Observation>>,
    unplaced: Vec<Arc<Event>>,
    unread: Vec<ImportNote>,
}

impl EvidenceLog {
    /// An empty log with the rules by event type and the subjects by widget name or id.
    #[must_use]
    pub fn new(
        rules: impl IntoIterator<Item = (String, EventRule)>,
        widget_subjects: impl IntoIterator<Item = (String, EntityRef)>,
    ) -> Self {
        Self {
            rules: rules.into_iter().collect(),
            widget_subjects: widget_subjects.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Takes in an event. `false` where it is known already; what cannot be placed is kept in
    /// [`Self::unplaced`].
    pub fn insert(&mut self, event: Arc<Event>, index: &CatalogIndex) -> bool {
        if !self.seen.insert(event.id.clone()) {
            return false;
        }
        let event = event.as_observed();
        let Some((rule, subject)) = self.rules.get(&event.event_type).zip(self.subject_of(&event, index)) else {
            self.unplaced.push(event);
            return true;
        };
        let observation = Observation {
            claim: rule.claim,
            outcome: rule.judge(&event),
            freshness_ms: rule.freshness_ms(),
            subject: subject.clone(),
            event,
        };
        let list = self.by_subject.entry(subject).or_default();
        let at = list.partition_point(|other| other.event.time <= observation.event.time);
        list.insert(at, observation);
        true
    }

    fn subject_of(&self, event: &Event, index: &CatalogIndex) -> Option<EntityRef> {
        let text = |key: &str| event.metadata.get(key).and_then(Value::as_str);
        let named = text("subject").and_then(|text| text.parse::<EntityRef>().ok());
        if let Some(entity) = named.and_then(|id| index.entity(&id)) {
            return Some(entity.id.clone());
        }
        if let Some(endpoint) = text("endpoint").and_then(|address| index.endpoint_at(address)) {
            return Some(endpoint.id.clone());
        }
        let by_name = event.widget.as_ref().and_then(|name| self.widget_subjects.get(name));
        by_name.or_else(|| self.widget_subjects.get(&event.widget_id)).cloned()
    }

    /// The event types that can prove this claim about this kind of entity, by name.
    #[must_use]
    pub fn event_types(&self, claim: Claim, kind: EntityKind) -> Vec<&str> {
        let proves = |rule: &EventRule| rule.claim == claim && rule.subjects.contains(&kind);
        let rules = self.rules.iter().filter(|(_, rule)| proves(rule));
        let mut names: Vec<&str> = rules.map(|(name, _)| name.as_str()).collect();
        order::sort_by(&mut names, Ord::cmp);
        names
    }

    /// The observations of one entity, oldest first.
    #[must_use]
    pub fn of(&self, subject: &EntityRef) -> &[Observation] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// Every observation, entity after entity in no order, those of one entity oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Observation> {
        self.by_subject.values().flatten()
    }

    /// Events whose type has no rule or whose subject the catalog does not hold.
    #[must_use]
    pub fn unplaced(&self) -> &[Arc<Event>] {
        &self.unplaced
    }

    /// Names an event that could not be read, once.
    pub fn name_unread(&mut self, note: ImportNote) {
        if self.unread.contains(&note) {
            return;
        }
        if self.unread.len() == MOST_UNREAD {
            self.unread.remove(0);
        }
        self.unread.push(note);
    }

    /// The latest events that could not be read, at most 50, in the order in which they came.
    #[must_use]
    pub fn unread(&self) -> &[ImportNote] {
        &self.unread
    }

    /// How many events there are, the unplaced ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The standing of a claim about an entity.
    ///
    /// The latest observation of each event type counts. A fresh failure outweighs all, then fresh
    /// proof, then staleness: evidence of one type does not hide the failure that another saw.
    #[must_use]
    pub fn state(&self, subject: &EntityRef, claim: Claim, now: Timestamp) -> ClaimState {
        // There are few event types to a claim.
        let mut latest: Vec<&Observation> = Vec::new();
        for observation in self.of(subject).iter().filter(|observation| observation.claim == claim) {
            match latest.iter_mut().find(|other| other.event.event_type == observation.event.event_type) {
                Some(other) => *other = observation,
                None => latest.push(observation),
            }
        }
        let rank = |standing| match standing {
            Standing::Failing => 3,
            Standing::Proven => 2,
            Standing::Stale => 1,
            Standing::Unproven => 0,
        };
        let deciding =
            latest.into_iter().max_by_key(|observation| (rank(observation.standing(now)), observation.event.time));
        ClaimState {
            standing: deciding.map_or(Standing::Unproven, |observation| observation.standing(now)),
            by: deciding.cloned(),
        }
    }

    /// The next point in time after `now` at which something changes without any event: an
    /// observation goes stale, a maintenance window opens or closes.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let stale =
            |observation: &Observation| observation.event.time.plus_ms(observation.freshness_ms.saturating_add(1));
        let windows = self.all().filter_map(Window::of).flat_map(|window| [window.from, window.until.plus_ms(1)]);
        let evidence = self.all().filter(|observation| observation.claim.is_evidence()).map(stale);
        evidence.chain(windows).filter(|at| *at > now).min()
    }
}
