//! The evidence at hand: the events, by the entity that they are about.
//!
//! A log shares its parts with its clones: taking in an event copies what is about one entity, so
//! that a view may keep the log that it was drawn from. It holds a window: of each event type about
//! one entity the latest [`KEPT`] events, fewer where very much is known ([`MOST`]); what goes is
//! never what decides a standing or a step, is counted ([`EvidenceLog::left_out`]), and stays on the
//! hub. [`history`] is the window of one entity, [`shards`] finds it, [`reads`] notes who reads what.

mod history;
mod observation;
mod reads;
mod shards;
use std::sync::Arc;

use serde_json::Value;

pub use observation::{ClaimState, Observation};
pub use reads::Reads;

use crate::{
    catalog::CatalogIndex,
    catalog::ImportNote,
    entity::{EntityKind, EntityRef},
    event::{Claim, Event, EventRule},
    standing::Standing,
    timestamp::Timestamp,
};
use history::History;
use shards::Shards;

/// How many events of one type about one entity are kept at most.
pub const KEPT: usize = 64;
/// From how many events on fewer of each type and entity are kept: half, then a quarter, down to the
/// latest. An event takes about 1 kB.
pub const MOST: usize = 20_000;
/// How many events that cannot be placed are kept at most.
pub const UNPLACED: usize = 200;

/// How many events that could not be read are named at most: the latest.
pub const UNREAD: usize = 50;

/// The events at hand, judged by the rules of their types.
///
/// The subject of an event is, in this order: the entity that `metadata.subject` names, the endpoint
/// whose address is `metadata.endpoint`, the subject of the widget that it was recorded on.
#[derive(Clone, Debug)]
pub struct EvidenceLog {
    rules: Arc<Rules>,
    shards: Shards,
    /// When something changes by itself, in order.
    changes: Arc<Vec<Timestamp>>,
    announced: Arc<Vec<Arc<Observation>>>,
    /// The generation of the last change of what is announced.
    announced_at: u64,
    unplaced: Arc<Vec<Arc<Event>>>,
    unread: Arc<Vec<ImportNote>>,
    /// The last of those that could not be placed and are kept no longer.
    unplaced_gone: Option<Arc<Event>>,
    len: usize,
    left_out: usize,
    kept: usize,
    generation: u64,
    reads: Reads,
}

#[derive(Debug, Default)]
struct Rules {
    by_type: Vec<(String, EventRule)>,
    widget_subjects: Vec<(String, EntityRef)>,
}

/// What has this name; the first where several have.
fn of_name<'a, T>(all: &'a [(String, T)], name: &str) -> Option<&'a T> {
    all.iter().find(|(of, _)| of == name).map(|(_, one)| one)
}

impl Default for EvidenceLog {
    fn default() -> Self {
        Self {
            rules: Arc::default(),
            shards: Shards::default(),
            changes: Arc::default(),
            announced: Arc::default(),
            announced_at: 0,
            unplaced: Arc::default(),
            unread: Arc::default(),
            unplaced_gone: None,
            len: 0,
            left_out: 0,
            kept: KEPT,
            generation: 0,
            reads: Reads::default(),
        }
    }
}

impl EvidenceLog {
    /// An empty log with the rules by event type and the subjects by widget name or id.
    #[must_use]
    pub fn new(
        rules: impl IntoIterator<Item = (String, EventRule)>,
        widget_subjects: impl IntoIterator<Item = (String, EntityRef)>,
    ) -> Self {
        // A dozen of each: a list is found in as fast as a map.
        let rules = Rules {
            by_type: rules.into_iter().collect::<Vec<_>>(),
            widget_subjects: widget_subjects.into_iter().collect::<Vec<_>>(),
        };
        Self { rules: Arc::new(rules), ..Self::default() }
    }

    /// The same events placed anew, by another catalog. What was left out stays left out, and what could
    /// not be read stays named.
    #[must_use]
    pub fn placed_by(&self, index: &CatalogIndex) -> Self {
        let mut log = Self {
            rules: self.rules.clone(),
            unread: self.unread.clone(),
            generation: self.generation,
            ..Self::default()
        };
        let placed = self.shards.all().flat_map(|history| &history.kept).map(|observation| &observation.event);
        for event in placed.chain(self.unplaced.iter()) {
            log.insert(event.clone(), index);
        }
        log.left_out += self.left_out;
        log.unplaced_gone.clone_from(&self.unplaced_gone);
        for before in self.shards.all().filter(|before| before.left_out > 0) {
            if log.shards.of(&before.subject).is_some() {
                log.shards.change(&before.subject, log.generation, |history| {
                    history.left_out += before.left_out;
                    history.gone.clone_from(&before.gone);
                });
            }
        }
        log
    }

    /// A handle of the same log whose reading is noted in `reads`.
    #[must_use]
    pub fn read_by(&self, reads: Reads) -> Self {
        Self { reads, ..self.clone() }
    }

    /// Forgets what was read through this handle: a drawing begins anew.
    pub fn begin_reading(&self) {
        self.reads.clear();
    }

    /// Takes in an event. `false` where it is known already; what cannot be placed is kept in
    /// [`Self::unplaced`].
    pub fn insert(&mut self, event: Arc<Event>, index: &CatalogIndex) -> bool {
        let event = event.as_observed();
        let rules = self.rules.clone();
        let Some((rule, subject)) = of_name(&rules.by_type, &event.event_type).zip(self.subject_of(&event, index))
        else {
            return self.set_apart(event);
        };
        // What is known changes nothing, and nobody is told of it.
        if self.shards.of(&subject).is_some_and(|history| history.knows(&event)) {
            return false;
        }
        let observation = Arc::new(Observation {
            claim: rule.claim,
            outcome: rule.judge(&event),
            freshness_ms: rule.freshness_ms(),
            subject: subject.clone(),
            event,
        });
        let (generation, kept) = (self.generation + 1, self.kept);
        let gone = self.shards.change(&subject, generation, |history| history.insert(observation.clone(), kept));
        self.generation = generation;
        self.account(&observation, true);
        if let Some(gone) = gone.flatten() {
            self.account(&gone, false);
        }
        while self.len > MOST && self.kept > 1 {
            self.kept /= 2;
            self.shrink();
        }
        true
    }

    /// Keeps an event that cannot be placed.
    fn set_apart(&mut self, event: Arc<Event>) -> bool {
        let is_gone = |gone: &Arc<Event>| event.time < gone.time || event.id == gone.id;
        if self.unplaced_gone.as_ref().is_some_and(is_gone) || self.unplaced.iter().any(|other| other.id == event.id) {
            return false;
        }
        let unplaced = Arc::make_mut(&mut self.unplaced);
        let at = unplaced.partition_point(|other| other.time <= event.time);
        unplaced.insert(at, event);
        self.len += 1;
        if unplaced.len() > UNPLACED {
            self.unplaced_gone = Some(unplaced.remove(0));
            self.len -= 1;
            self.left_out += 1;
        }
        self.generation += 1;
        true
    }

    /// Keeps the books of the whole for one observation that came or went.
    fn account(&mut self, observation: &Arc<Observation>, came: bool) {
        if came {
            self.len += 1;
        } else {
            self.len -= 1;
            self.left_out += 1;
        }
        let changes = Arc::make_mut(&mut self.changes);
        for at in observation.changes().into_iter().flatten() {
            let place = changes.partition_point(|other| *other < at);
            if came {
                changes.insert(place, at);
            } else if changes.get(place) == Some(&at) {
                changes.remove(place);
            }
        }
        if observation.claim == Claim::Maintenance {
            let announced = Arc::make_mut(&mut self.announced);
            if came {
                // In the order of their recording, whenever they arrive: two that begin at one time keep it.
                let place = |one: &Observation| (one.event.time, one.event.id.clone());
                let at = announced.partition_point(|other| place(other) <= place(observation));
                announced.insert(at, observation.clone());
            } else {
                announced.retain(|other| !Arc::ptr_eq(other, observation));
            }
            self.announced_at = self.generation;
        }
    }

    /// Lets go what is more than is kept of each type and entity now.
    fn shrink(&mut self) {
        self.generation += 1;
        let (generation, kept) = (self.generation, self.kept);
        let subjects: Vec<EntityRef> = self.shards.all().map(|history| history.subject.clone()).collect();
        let mut gone = Vec::new();
        for subject in subjects {
            self.shards.change(&subject, generation, |history| {
                let kinds = history.latest.clone();
                for kind in kinds {
                    gone.extend(std::iter::from_fn(|| history.trim(&kind.event.event_type, kept)));
                }
            });
        }
        gone.iter().for_each(|one| self.account(one, false));
    }

    fn subject_of(&self, event: &Event, index: &CatalogIndex) -> Option<EntityRef> {
        let text = |key: &str| event.metadata.get(key).and_then(Value::as_str);
        let named = text("subject").and_then(|text| text.parse::<EntityRef>().ok());
        if let Some(entity) = named.filter(|id| index.has(id)) {
            return Some(entity);
        }
        if let Some(endpoint) = text("endpoint").and_then(|address| index.endpoint_at(address)) {
            return Some(endpoint.clone());
        }
        let by_name = event.widget.as_ref().and_then(|name| of_name(&self.rules.widget_subjects, name));
        by_name.or_else(|| of_name(&self.rules.widget_subjects, &event.widget_id)).cloned()
    }

    /// The event types that can prove this claim about this kind of entity, by name.
    #[must_use]
    pub fn event_types(&self, claim: Claim, kind: EntityKind) -> Vec<&str> {
        let proves = |rule: &EventRule| rule.claim == claim && rule.subjects.contains(&kind);
        let rules = self.rules.by_type.iter().filter(|(_, rule)| proves(rule));
        let mut names: Vec<&str> = rules.map(|(name, _)| name.as_str()).collect();
        names.sort_by(Ord::cmp);
        names
    }

    /// The observations of one entity that are kept, oldest first.
    #[must_use]
    pub fn of(&self, subject: &EntityRef) -> &[Arc<Observation>] {
        self.history(subject).map_or(&[], |history| history.kept.as_slice())
    }

    fn history(&self, subject: &EntityRef) -> Option<&History> {
        self.reads.entity(subject);
        self.shards.of(subject)
    }

    /// The kept observations of each entity that has some, entity after entity in no order, those of
    /// one entity oldest first.
    pub fn by_entity(&self) -> impl Iterator<Item = (&EntityRef, &[Arc<Observation>])> {
        self.reads.everything();
        self.shards.all().map(|history| (&history.subject, history.kept.as_slice()))
    }

    /// Every kept observation, in the order of [`Self::by_entity`].
    pub fn all(&self) -> impl Iterator<Item = &Arc<Observation>> {
        self.by_entity().flat_map(|(_, observations)| observations)
    }

    /// The announcements of planned work, in the order in which they were recorded.
    #[must_use]
    pub fn announced(&self) -> &[Arc<Observation>] {
        self.reads.announced();
        &self.announced
    }

    /// Events whose type has no rule or whose subject the catalog does not hold: the last [`UNPLACED`].
    #[must_use]
    pub fn unplaced(&self) -> &[Arc<Event>] {
        self.reads.everything();
        &self.unplaced
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

    /// The latest events that could not be read, at most [`UNREAD`], in the order in which they came.
    #[must_use]
    pub fn unread(&self) -> &[ImportNote] {
        self.reads.everything();
        &self.unread
    }

    /// How many events are kept, the unplaced ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reads.everything();
        self.len
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many events were taken in and are kept no longer. They are on the hub.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.reads.everything();
        self.left_out
    }

    /// How many events about an entity were taken in and are kept no longer.
    #[must_use]
    pub fn left_out_of(&self, subject: &EntityRef) -> usize {
        self.history(subject).map_or(0, |history| history.left_out)
    }

    /// Whether there was any evidence of a claim about an entity.
    #[must_use]
    pub fn has(&self, subject: &EntityRef, claim: Claim) -> bool {
        self.latest(subject).iter().any(|observation| observation.claim == claim)
    }

    /// The latest observation of each event type about an entity.
    fn latest(&self, subject: &EntityRef) -> &[Arc<Observation>] {
        self.history(subject).map_or(&[], |history| history.latest.as_slice())
    }

    /// The standing of a claim about an entity.
    ///
    /// The latest observation of each event type counts. A fresh failure outweighs all, then fresh
    /// proof, then staleness: evidence of one type does not hide the failure that another saw.
    #[must_use]
    pub fn state(&self, subject: &EntityRef, claim: Claim, now: Timestamp) -> ClaimState {
        let rank = |standing| match standing {
            Standing::Failing => 3,
            Standing::Proven => 2,
            Standing::Stale => 1,
            Standing::Unproven => 0,
        };
        let latest = self.latest(subject).iter().filter(|observation| observation.claim == claim);
        let deciding = latest.max_by_key(|observation| (rank(observation.standing(now)), observation.event.time));
        ClaimState {
            standing: deciding.map_or(Standing::Unproven, |observation| observation.standing(now)),
            by: deciding.cloned(),
        }
    }

    /// The next point in time after `now` at which something changes without any event: an
    /// observation begins to count or goes stale, a maintenance window opens or closes.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.changes.get(self.changes.partition_point(|at| *at <= now)).copied()
    }

    /// A number that grows with every event that is taken in.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether anything that `reads` has changed after this generation.
    #[must_use]
    pub fn concerns(&self, reads: &Reads, generation: u64) -> bool {
        if self.generation <= generation {
            return false;
        }
        if reads.has_everything() || reads.has_announced() && self.announced_at > generation {
            return true;
        }
        self.shards.changed(generation).any(|history| reads.has_entity(&history.subject))
    }

    /// The entities about which something is known now that was not at `then`: events came after that
    /// log's generation, or an observation changed by itself between the two points in time, whichever comes
    /// first: a clock that the hub sets may go back.
    #[must_use]
    pub fn moved(&self, generation: u64, then: Timestamp, now: Timestamp) -> Vec<EntityRef> {
        self.reads.everything();
        let (then, now) = (then.min(now), then.max(now));
        let by_itself = self.next_change(then).is_some_and(|at| at <= now);
        let turned = |observation: &Arc<Observation>| {
            observation.changes().into_iter().flatten().any(|at| then < at && at <= now)
        };
        let mut moved: Vec<EntityRef> = Vec::new();
        if by_itself {
            let found = self.shards.all().filter(|history| history.kept.iter().any(turned));
            moved.extend(found.map(|history| history.subject.clone()));
        }
        moved.extend(self.shards.changed(generation).map(|history| history.subject.clone()));
        moved
    }
}
