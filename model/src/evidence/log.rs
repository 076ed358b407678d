//! The log: which events are at hand, and what can be asked of them.

use std::sync::Arc;

use rpds::{HashTrieMapSync, RedBlackTreeMapSync, RedBlackTreeSetSync};

use super::{history::History, judge::Judge, observation::Observation, standing::Standing, state::ClaimState};
use crate::{
    catalog::ImportNote,
    entity::{EntityKind, EntityRef},
    event::{Claim, Event, EventRule},
    timestamp::Timestamp,
};

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
///
/// A clone is cheap and shares what is alike: a view keeps the log that it was drawn from while events
/// come in. The log holds a window: of each event type about one entity the latest [`KEPT`] events,
/// fewer where very much is known ([`MOST`]). What decides a standing or a step is always kept. What is
/// dropped is counted ([`Self::left_out`]), and stays on the hub.
#[derive(Clone, Debug, Default)]
pub struct EvidenceLog {
    pub(super) judge: Arc<Judge>,
    pub(super) histories: HashTrieMapSync<EntityRef, History>,
    /// Every entity that has a history, by the generation of its last change.
    pub(super) changed: RedBlackTreeSetSync<(u64, EntityRef)>,
    /// When what is shown about an entity changes by itself, and how many observations do it.
    pub(super) turns: RedBlackTreeMapSync<(Timestamp, EntityRef), usize>,
    pub(super) announced: Arc<Vec<Arc<Observation>>>,
    pub(super) unplaced: Arc<Vec<Arc<Event>>>,
    pub(super) last_unplaced_dropped: Option<Arc<Event>>,
    pub(super) unread: Arc<Vec<ImportNote>>,
    pub(super) len: usize,
    pub(super) left_out: usize,
    /// How often [`KEPT`] was halved, because more than [`MOST`] events came.
    pub(super) halvings: u32,
    pub(super) generation: u64,
}

impl EvidenceLog {
    /// An empty log with the rules by event type and the subjects by widget name or id.
    #[must_use]
    pub fn new(
        rules: impl IntoIterator<Item = (String, EventRule)>,
        widget_subjects: impl IntoIterator<Item = (String, EntityRef)>,
    ) -> Self {
        Self { judge: Arc::new(Judge::new(rules, widget_subjects)), ..Self::default() }
    }

    /// How many events of one type about one entity are kept now.
    pub(super) const fn kept_of_each(&self) -> usize {
        KEPT >> self.halvings
    }

    /// The event types that can prove this claim about this kind of entity, by name.
    #[must_use]
    pub fn event_types(&self, claim: Claim, kind: EntityKind) -> Vec<&str> {
        self.judge.event_types(claim, kind)
    }

    /// The observations of one entity that are kept, oldest first.
    #[must_use]
    pub fn of(&self, subject: &EntityRef) -> &[Arc<Observation>] {
        self.histories.get(subject).map_or(&[], |history| &history.kept)
    }

    /// The latest observation of each event type about an entity.
    fn latest(&self, subject: &EntityRef) -> &[Arc<Observation>] {
        self.histories.get(subject).map_or(&[], |history| &history.latest)
    }

    /// The kept observations of each entity that has some: the entities in no order, the observations
    /// of each oldest first.
    pub fn by_entity(&self) -> impl Iterator<Item = (&EntityRef, &[Arc<Observation>])> {
        self.histories.iter().map(|(subject, history)| (subject, history.kept.as_slice()))
    }

    /// Every kept observation, in the order of [`Self::by_entity`].
    pub fn all(&self) -> impl Iterator<Item = &Arc<Observation>> {
        self.by_entity().flat_map(|(_, observations)| observations)
    }

    /// The announcements of planned work, in the order in which they were recorded.
    #[must_use]
    pub fn announced(&self) -> &[Arc<Observation>] {
        &self.announced
    }

    /// Events whose type has no rule or whose subject the catalog does not hold: the last [`UNPLACED`].
    #[must_use]
    pub fn unplaced(&self) -> &[Arc<Event>] {
        &self.unplaced
    }

    /// The latest events that could not be read, at most [`UNREAD`], in the order in which they came.
    #[must_use]
    pub fn unread(&self) -> &[ImportNote] {
        &self.unread
    }

    /// How many events are kept, the unplaced ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no event.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many events were taken in and are kept no longer. They are on the hub.
    #[must_use]
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many events about an entity were taken in and are kept no longer.
    #[must_use]
    pub fn left_out_of(&self, subject: &EntityRef) -> usize {
        self.histories.get(subject).map_or(0, |history| history.left_out)
    }

    /// Whether there was any evidence of a claim about an entity.
    #[must_use]
    pub fn has(&self, subject: &EntityRef, claim: Claim) -> bool {
        self.latest(subject).iter().any(|observation| observation.claim == claim)
    }

    /// The standing of a claim about an entity.
    ///
    /// The latest observation of each event type counts. A fresh failure outweighs all, then fresh
    /// proof, then what is overdue: evidence of one type does not hide the failure that another saw. Of
    /// what is overdue a failure outweighs a success.
    #[must_use]
    pub fn state(&self, subject: &EntityRef, claim: Claim, now: Timestamp) -> ClaimState {
        let weight = |state: &ClaimState| match state.standing {
            Standing::Failing => 3,
            Standing::Proven => 2,
            Standing::Stale => 1,
            Standing::Unproven => 0,
        };
        let latest = self.latest(subject).iter().filter(|observation| observation.claim == claim);
        let states = latest.map(|observation| ClaimState::of(observation.clone(), now));
        states.max_by_key(|state| (weight(state), state.failed_last(), state.observed_at())).unwrap_or_default()
    }

    /// The next point in time after `now` at which something changes without any event: an
    /// observation begins to count or goes stale, a maintenance window opens or closes.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.turns_after(now).next().map(|(at, _)| at)
    }

    /// What changes by itself after a point in time, in order.
    fn turns_after(&self, then: Timestamp) -> impl Iterator<Item = (Timestamp, &EntityRef)> {
        let start = (then.plus_ms(1), first_entity());
        self.turns.range(start..).map(|((at, subject), _)| (*at, subject)).skip_while(move |(at, _)| *at <= then)
    }

    /// A number that grows with every event that is taken in.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// The entities about which something else may be known now than at `then`, some twice.
    ///
    /// Either events came after that log's `generation`, or an observation changed by itself between the
    /// two points in time. `now` may lie before `then`: a clock that the hub sets can go back.
    #[must_use]
    pub fn moved(&self, generation: u64, then: Timestamp, now: Timestamp) -> Vec<EntityRef> {
        let (then, now) = (then.min(now), then.max(now));
        let by_itself = self.turns_after(then).take_while(|(at, _)| *at <= now).map(|(_, subject)| subject);
        let start = (generation.saturating_add(1), first_entity());
        let by_events = self.changed.range(start..).map(|(_, subject)| subject);
        by_itself.chain(by_events).cloned().collect()
    }
}

/// The reference that stands before all others, from which a range over entities begins.
fn first_entity() -> EntityRef {
    EntityRef::new(EntityKind::Environment, "")
}
