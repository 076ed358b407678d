//! A catalog with its lookups: by reference, by relation, by address.
//!
//! Every reference is a number ([`names`]); entities, relations and gaps are flat lists in segments
//! ([`segment`]), one a page, whose texts lie one after the other. Nothing is kept an entity but such
//! numbers. What is asked for is made from that: an [`Entity`] or a [`Relation`] that is handed out is a
//! copy, and several are a list. Clones of an index share its segments and its names; a page more costs a
//! page.

pub(crate) mod names;
mod part;
mod placed;
pub(crate) mod segment;
mod slots;
use std::{sync::Arc, vec::IntoIter};

pub(crate) use part::Part;
pub(crate) use placed::Placed;
pub(crate) use segment::{Link, Missing, Segment, counted};
pub(crate) use slots::{NONE, Slots, hash};

use self::names::Names;
use crate::{
    catalog::{Catalog, ImportNote, Inventory, SCHEMA_VERSION},
    entity::{Entity, EntityKind, EntityRef, Fact, Relation, RelationKind},
    gap::Gap,
};

/// How many entities, relations and gaps there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Entities.
    pub entities: u32,
    /// Relations.
    pub relations: u32,
    /// Gaps.
    pub gaps: u32,
}

/// A [`Catalog`] that answers lookups without a scan.
///
/// References to entities that the catalog does not hold simply lead nowhere: one bad record does not
/// take the others down. Of two entities with one reference the first counts.
#[derive(Clone, Debug, Default)]
pub struct CatalogIndex {
    names: Names,
    segments: Vec<Arc<Segment>>,
    /// The place of the first entity of each segment among all.
    firsts: Vec<u32>,
    addresses: Arc<Slots>,
    inventory: Arc<Inventory>,
    /// What there will be; `None` where the hub does not say.
    pub(crate) totals: Option<Totals>,
    /// Whether pages are still to come.
    pub(crate) is_partial: bool,
    /// Whether a segment said something about entities of another: what was made from a part of the
    /// segments may then differ from what all give.
    pub(crate) is_mixed: bool,
}

impl CatalogIndex {
    /// Indexes a catalog.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        let mut index = Self::default();
        index.extend(catalog.entities, catalog.relations, catalog.gaps);
        index.inventory = Arc::new(Inventory {
            source: catalog.source,
            placement: catalog.placement,
            questions: catalog.questions,
            widgets: catalog.widgets,
            first_events: catalog.first_events,
            context: catalog.context,
            notes: catalog.notes,
        });
        index
    }

    /// Adds what a further page holds. Of two entities with one reference the first counts; the others are
    /// given back.
    pub fn extend(&mut self, mut entities: Vec<Entity>, relations: Vec<Relation>, gaps: Vec<Gap>) -> Vec<Entity> {
        let mut part = Part::default();
        entities.retain(|entity| {
            let facts = entity.facts.iter().map(|fact| (fact.key.as_str(), fact.value.as_str(), fact.source));
            !part.entity(self, (entity.id.kind, &entity.id.name), &entity.title, entity.source, facts)
        });
        for one in &relations {
            let (from, to) = ((one.from.kind, one.from.name.as_str()), (one.to.kind, one.to.name.as_str()));
            part.relation(self, from, one.kind, to, one.source);
        }
        for gap in &gaps {
            part.gap(self, (gap.subject.kind, &gap.subject.name), &gap.text, &gap.kinds, gap.source);
        }
        part.join(self);
        entities
    }

    /// The catalog as one document. Relations and gaps stand in the order of their entities.
    #[must_use]
    pub fn to_catalog(&self) -> Catalog {
        let Inventory { source, placement, questions, widgets, first_events, context, notes } =
            Inventory::clone(&self.inventory);
        let (mut relations, mut gaps) = (Vec::new(), Vec::new());
        for segment in &self.segments {
            let mut link = |link: &Link| relations.push(self.relation(link));
            (0..segment.len()).for_each(|at| segment.each_link(at, &mut link));
            segment.each_stray_link(None, &mut link);
            let mut gap = |segment: &Segment, gap: &Missing| gaps.push(self.gap(segment, gap));
            (0..segment.len()).for_each(|at| segment.each_gap(at, &mut gap));
            segment.each_stray_gap(None, &mut gap);
        }
        Catalog {
            schema: SCHEMA_VERSION,
            entities: self.entities().collect::<Vec<_>>(),
            relations,
            gaps,
            source,
            placement,
            questions,
            widgets,
            first_events,
            context,
            notes,
        }
    }

    /// What the catalog says beside its entities, their relations and gaps.
    #[must_use]
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// What could not be read is named with what the importer could not place.
    pub fn note(&mut self, notes: impl IntoIterator<Item = ImportNote>) {
        self.inventory_mut().notes.extend(notes);
    }

    pub(crate) fn inventory_mut(&mut self) -> &mut Inventory {
        Arc::make_mut(&mut self.inventory)
    }

    /// How many entities are there.
    #[must_use]
    pub fn len(&self) -> usize {
        self.segments.iter().map(|segment| segment.len()).sum()
    }

    /// How many entities of a kind are there.
    #[must_use]
    pub fn count(&self, kind: EntityKind) -> usize {
        let count = |segment: &Arc<Segment>| segment.kinds.get(kind as usize).map_or(0, |count| *count as usize);
        self.segments.iter().map(count).sum()
    }

    /// Whether there is no entity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where pages of the catalog are still to come, what there will be as far as the hub says it.
    #[must_use]
    pub fn awaited(&self) -> Option<Totals> {
        self.is_partial.then(|| self.totals.unwrap_or_default())
    }

    /// How many bytes the catalog takes, its inventory's own words left out.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.names.bytes() + self.addresses.bytes() + self.segments.iter().map(|segment| segment.bytes()).sum::<usize>()
    }

    /// Whether this index is the other one with further segments, or none.
    pub(crate) fn continues(&self, other: &Self) -> bool {
        let mut pairs = self.segments.iter().zip(&other.segments);
        self.segments.len() >= other.segments.len() && pairs.all(|(one, two)| Arc::ptr_eq(one, two))
    }

    /// The number of a reference.
    pub(crate) fn number(&self, id: &EntityRef) -> Option<u32> {
        self.names.find(id.kind, &id.name)
    }

    /// How many numbers there are.
    pub(crate) fn numbers(&self) -> usize {
        self.names.len()
    }

    /// Kind and name of a number.
    pub(crate) fn named(&self, number: u32) -> (EntityKind, &str) {
        self.names.get(number)
    }

    /// The reference of a number.
    pub(crate) fn id(&self, number: u32) -> EntityRef {
        self.names.id(number)
    }

    /// The number of the environment in which a number's entity runs.
    pub(crate) fn environment(&self, number: u32) -> Option<u32> {
        self.names.environment(number)
    }

    /// The entity of a number.
    pub(crate) fn placed(&self, number: u32) -> Option<Placed<'_>> {
        self.at(self.names.place(number)?)
    }

    fn at(&self, place: u32) -> Option<Placed<'_>> {
        let nth = self.firsts.partition_point(|first| *first <= place).checked_sub(1)?;
        let at = (place - self.firsts.get(nth)?) as usize;
        let segment = self.segments.get(nth)?;
        (at < segment.len()).then_some(Placed { index: self, segment, at })
    }

    /// Visits every entity from a place on, in the inventory's order. A visit, here and below, since each
    /// kind of iterator over segments would cost its own code in the browser's bundle.
    pub(crate) fn each<'a>(&'a self, from: usize, visit: &mut dyn FnMut(Placed<'a>)) {
        for (segment, first) in self.segments.iter().zip(&self.firsts) {
            for at in from.saturating_sub(*first as usize)..segment.len() {
                visit(Placed { index: self, segment, at });
            }
        }
    }

    /// Visits the numbers of what is named without being there.
    pub(crate) fn each_unplaced(&self, visit: &mut dyn FnMut(u32)) {
        self.names.each_unplaced(visit);
    }

    /// Says what there will be, as far as the hub says it.
    pub(crate) fn expect(&mut self, totals: Totals) {
        self.names.expect(totals.entities);
        self.totals = Some(totals);
    }

    /// Visits the relations that start at a number.
    pub(crate) fn each_from(&self, number: u32, visit: &mut dyn FnMut(&Link)) {
        if let Some(placed) = self.placed(number) {
            placed.each_link(visit);
        }
        if self.is_mixed {
            for segment in &self.segments {
                segment.each_stray_link(Some(number), visit);
            }
        }
    }

    /// Visits the relations that end at a number.
    pub(crate) fn each_to(&self, number: u32, visit: &mut dyn FnMut(&Link)) {
        for segment in &self.segments {
            segment.each_to(number, visit);
        }
    }

    /// Visits the gaps of a number.
    pub(crate) fn each_gap<'a>(&'a self, number: u32, visit: &mut dyn FnMut(&'a Segment, &Missing)) {
        if let Some(Placed { segment, at, .. }) = self.placed(number) {
            segment.each_gap(at, visit);
        }
        if self.is_mixed {
            for segment in &self.segments {
                segment.each_stray_gap(Some(number), visit);
            }
        }
    }

    /// Visits the entities of a kind, in the inventory's order. Segments that have none are passed by.
    pub(crate) fn each_of<'a>(&'a self, kind: EntityKind, visit: &mut dyn FnMut(Placed<'a>)) {
        for segment in &self.segments {
            if segment.kinds.get(kind as usize).is_none_or(|count| *count == 0) {
                continue;
            }
            for at in 0..segment.len() {
                let placed = Placed { index: self, segment, at };
                if self.named(placed.number()).0 == kind {
                    visit(placed);
                }
            }
        }
    }

    fn relation(&self, link: &Link) -> Relation {
        Relation { from: self.id(link.from), kind: link.kind, to: self.id(link.to), source: link.source }
    }

    fn gap(&self, segment: &Segment, gap: &Missing) -> Gap {
        let text = segment.words_of(gap).to_owned();
        Gap {
            subject: self.id(gap.subject),
            text,
            kinds: segment.kinds_of(gap).collect::<Vec<_>>(),
            source: gap.source,
        }
    }

    fn whole(&self, placed: Placed<'_>) -> Entity {
        Entity {
            id: self.id(placed.number()),
            title: placed.title().concat(),
            facts: placed.segment.all_facts(placed.at),
            source: placed.segment.source(placed.at),
        }
    }

    fn find(&self, id: &EntityRef) -> Option<Placed<'_>> {
        self.placed(self.number(id)?)
    }

    /// Whether the catalog holds this entity.
    #[must_use]
    pub fn has(&self, id: &EntityRef) -> bool {
        self.find(id).is_some()
    }

    /// The entity with this reference.
    #[must_use]
    pub fn entity(&self, id: &EntityRef) -> Option<Entity> {
        self.find(id).map(|placed| self.whole(placed))
    }

    /// The name for people of an entity; its bare name where the catalog lacks it.
    #[must_use]
    pub fn title(&self, id: &EntityRef) -> String {
        self.find(id).map_or_else(|| id.name.clone(), |placed| placed.title().concat())
    }

    /// The first fact of an entity with this key.
    #[must_use]
    pub fn fact(&self, id: &EntityRef, key: &str) -> Option<Fact> {
        let (value, source) = self.find(id)?.fact(key)?;
        Some(Fact { key: key.to_owned(), value: value.to_owned(), source })
    }

    /// The value of an entity's fact.
    #[must_use]
    pub fn value(&self, id: &EntityRef, key: &str) -> Option<&str> {
        self.find(id)?.fact(key).map(|(value, _)| value)
    }

    /// The references of all entities, in the inventory's order.
    pub fn ids(&self) -> IntoIter<EntityRef> {
        let mut ids = Vec::with_capacity(self.len());
        self.each(0, &mut |placed| ids.push(self.id(placed.number())));
        ids.into_iter()
    }

    /// All entities, in the inventory's order.
    pub fn entities(&self) -> IntoIter<Entity> {
        let mut entities = Vec::with_capacity(self.len());
        self.each(0, &mut |placed| entities.push(self.whole(placed)));
        entities.into_iter()
    }

    /// All entities of a kind, in the inventory's order.
    pub fn of_kind(&self, kind: EntityKind) -> IntoIter<Entity> {
        let mut entities = Vec::new();
        self.each_of(kind, &mut |placed| entities.push(self.whole(placed)));
        entities.into_iter()
    }

    /// The endpoint with exactly this address.
    #[must_use]
    pub fn endpoint_at(&self, address: &str) -> Option<EntityRef> {
        let is = |place| self.at(place).and_then(|placed| placed.address()) == Some(address);
        let place = self.addresses.find(hash(0, address), is)?;
        self.at(place).map(|placed| self.id(placed.number()))
    }

    /// The relations that start at an entity.
    pub fn relations_from(&self, id: &EntityRef) -> IntoIter<Relation> {
        self.related(id, true, None).into_iter()
    }

    /// The relations that end at an entity.
    pub fn relations_to(&self, id: &EntityRef) -> IntoIter<Relation> {
        self.related(id, false, None).into_iter()
    }

    /// What an entity is related to in this way: `targets(service, StoredIn)` are its data stores.
    pub fn targets(&self, id: &EntityRef, kind: RelationKind) -> IntoIter<Relation> {
        self.related(id, true, Some(kind)).into_iter()
    }

    /// What is related to an entity in this way: `origins(host, RunsOn)` runs on the host.
    pub fn origins(&self, id: &EntityRef, kind: RelationKind) -> IntoIter<Relation> {
        self.related(id, false, Some(kind)).into_iter()
    }

    fn related(&self, id: &EntityRef, onward: bool, kind: Option<RelationKind>) -> Vec<Relation> {
        let mut related = Vec::new();
        let Some(number) = self.number(id) else { return related };
        let mut visit = |link: &Link| {
            if kind.is_none_or(|kind| kind == link.kind) {
                related.push(self.relation(link));
            }
        };
        if onward {
            self.each_from(number, &mut visit)
        } else {
            self.each_to(number, &mut visit)
        }
        related
    }

    /// What the inventory says is missing for an entity.
    pub fn gaps_of(&self, id: &EntityRef) -> IntoIter<Gap> {
        let mut gaps = Vec::new();
        if let Some(number) = self.number(id) {
            self.each_gap(number, &mut |segment, gap| gaps.push(self.gap(segment, gap)));
        }
        gaps.into_iter()
    }

    /// The environment in which an entity runs: itself, or the first one that `runs-on` leads to.
    #[must_use]
    pub fn environment_of(&self, id: &EntityRef) -> Option<EntityRef> {
        if id.kind == EntityKind::Environment {
            return Some(id.clone());
        }
        self.environment(self.number(id)?).map(|number| self.id(number))
    }

    fn environment_within(&self, number: u32, steps: u8) -> Option<u32> {
        if self.named(number).0 == EntityKind::Environment {
            return Some(number);
        }
        let mut onward = Vec::new();
        self.each_from(number, &mut |link| {
            if matches!(link.kind, RelationKind::RunsOn | RelationKind::PartOf) {
                onward.push(link.to);
            }
        });
        let direct = onward.iter().copied().find(|to| self.named(*to).0 == EntityKind::Environment);
        match (direct, steps) {
            (Some(environment), _) => Some(environment),
            (None, 0) => None,
            (None, _) => onward.into_iter().find_map(|to| self.environment_within(to, steps - 1)),
        }
    }

    /// The entities of a kind that run in an environment, in the inventory's order.
    #[must_use]
    pub fn in_environment(&self, environment: &EntityRef, kind: EntityKind) -> Vec<EntityRef> {
        let Some(number) = self.number(environment) else { return Vec::new() };
        let mut members = Vec::new();
        self.each_of(kind, &mut |placed| {
            if self.environment(placed.number()) == Some(number) {
                members.push(self.id(placed.number()));
            }
        });
        members
    }
}
