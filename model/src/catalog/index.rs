//! A catalog that answers lookups: by reference, by kind, by relation, by address.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use serde::Deserialize;

use super::{Catalog, ImportNote, Inventory, SCHEMA_VERSION, environments::Environments};
use crate::{
    entity::{Entity, EntityKind, EntityRef, Fact, Relation, RelationKind, keys},
    gap::Gap,
};

/// How many entities, relations and gaps there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Entities.
    pub entities: u32,
    /// Relations.
    pub relations: u32,
    /// Gaps.
    pub gaps: u32,
}

/// The number of a reference within one [`CatalogIndex`]. It stays the same while the index grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EntityId(u32);

impl EntityId {
    /// Its place in a list that has one item for each reference; see [`CatalogIndex::references`].
    pub(crate) const fn at(self) -> usize {
        self.0 as usize
    }

    /// A catalog has fewer than 2^32 references: each takes more than a byte of a page.
    fn of(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }
}

/// What the catalog says about one reference, with places in the lists of relations and gaps.
#[derive(Clone, Debug)]
struct Node {
    id: EntityRef,
    /// `None` while relations or gaps name it and no page has brought it.
    entity: Option<Arc<Entity>>,
    outgoing: Vec<u32>,
    incoming: Vec<u32>,
    gaps: Vec<u32>,
}

/// A relation with the numbers of its ends.
#[derive(Clone, Debug)]
struct Edge {
    relation: Relation,
    from: EntityId,
    to: EntityId,
}

/// The lists of the catalog. Clones of an index share them; an index that grows copies them first.
#[derive(Clone, Debug, Default)]
struct Lists {
    /// Everything that the catalog names, by its number.
    nodes: Vec<Node>,
    ids: HashMap<EntityRef, EntityId>,
    /// The entities in the inventory's order, and those of each kind.
    order: Vec<EntityId>,
    of_kind: [Vec<EntityId>; EntityKind::ALL.len()],
    edges: Vec<Edge>,
    gaps: Vec<Gap>,
    /// Endpoints by their address.
    addresses: HashMap<String, EntityId>,
}

/// A [`Catalog`] that answers lookups without a scan, also while its pages are still coming in.
///
/// A relation to an entity that the catalog does not hold leads nowhere: one bad record does not
/// take the others down. Of two entities with one reference the first counts.
///
/// A clone is cheap and shares everything. A page that comes in afterwards ([`Self::extend`]) copies what
/// is shared once, so show a growing catalog at growing sizes, not with each page.
#[derive(Clone, Debug, Default)]
pub struct CatalogIndex {
    lists: Arc<Lists>,
    inventory: Arc<Inventory>,
    /// Which entity runs in which environment; worked out when it is first asked for.
    environments: Arc<OnceLock<Environments>>,
    /// What there will be; `None` where the hub does not say.
    pub(crate) totals: Option<Totals>,
    /// Whether pages are still to come.
    pub(crate) is_partial: bool,
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

    /// Takes in a page. Its relations and gaps may be about entities of other pages, also of later ones.
    /// Returns the entities that it leaves out, because there is one of that reference already.
    pub fn extend(&mut self, entities: Vec<Entity>, relations: Vec<Relation>, gaps: Vec<Gap>) -> Vec<Entity> {
        let lists = Arc::make_mut(&mut self.lists);
        self.environments = Arc::default();
        lists.nodes.reserve(entities.len());
        lists.ids.reserve(entities.len());
        lists.edges.reserve(relations.len());
        let left_out = entities.into_iter().filter_map(|entity| lists.add_entity(entity).err()).collect();
        relations.into_iter().for_each(|relation| lists.add_relation(relation));
        gaps.into_iter().for_each(|gap| lists.add_gap(gap));
        left_out
    }

    /// The catalog as one document.
    #[must_use]
    pub fn to_catalog(&self) -> Catalog {
        let Inventory { source, placement, questions, widgets, first_events, context, notes } =
            Inventory::clone(&self.inventory);
        Catalog {
            schema: SCHEMA_VERSION,
            entities: self.entities().cloned().collect(),
            relations: self.lists.edges.iter().map(|edge| edge.relation.clone()).collect(),
            gaps: self.lists.gaps.clone(),
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

    pub(crate) fn inventory_mut(&mut self) -> &mut Inventory {
        Arc::make_mut(&mut self.inventory)
    }

    /// Adds what could not be read to what the importer could not place.
    pub fn note(&mut self, notes: impl IntoIterator<Item = ImportNote>) {
        self.inventory_mut().notes.extend(notes);
    }

    /// How many entities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lists.order.len()
    }

    /// Whether there is no entity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists.order.is_empty()
    }

    /// How many entities of a kind there are.
    #[must_use]
    pub fn count(&self, kind: EntityKind) -> usize {
        self.lists.of_kind(kind).len()
    }

    /// What there will be, as far as the hub says it, while pages are still to come; `None` afterwards.
    #[must_use]
    pub fn awaited(&self) -> Option<Totals> {
        self.is_partial.then(|| self.totals.unwrap_or_default())
    }

    /// Whether the catalog holds this entity.
    #[must_use]
    pub fn has(&self, id: &EntityRef) -> bool {
        self.entity(id).is_some()
    }

    /// The entity with this reference.
    #[must_use]
    pub fn entity(&self, id: &EntityRef) -> Option<&Entity> {
        self.lists.node(id)?.entity.as_deref()
    }

    /// The name for people of an entity; its bare name where the catalog lacks it.
    #[must_use]
    pub fn title<'a>(&'a self, id: &'a EntityRef) -> &'a str {
        self.entity(id).map_or(&*id.name, |entity| &*entity.title)
    }

    /// The first fact of an entity with this key.
    #[must_use]
    pub fn fact(&self, id: &EntityRef, key: &str) -> Option<&Fact> {
        self.entity(id)?.fact(key)
    }

    /// The value of an entity's first fact with this key.
    #[must_use]
    pub fn value(&self, id: &EntityRef, key: &str) -> Option<&str> {
        self.fact(id, key).map(|fact| &*fact.value)
    }

    /// The references of all entities, in the inventory's order.
    pub fn ids(&self) -> impl Iterator<Item = &EntityRef> {
        self.entities().map(|entity| &entity.id)
    }

    /// All entities, in the inventory's order.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.lists.entities(&self.lists.order)
    }

    /// All entities of a kind, in the inventory's order.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.lists.entities(self.lists.of_kind(kind))
    }

    /// The endpoint with exactly this address; of two the first.
    #[must_use]
    pub fn endpoint_at(&self, address: &str) -> Option<&EntityRef> {
        self.lists.addresses.get(address).map(|id| self.reference(*id))
    }

    /// The relations that start at an entity.
    pub fn relations_from<'a>(&'a self, id: &EntityRef) -> impl Iterator<Item = &'a Relation> + use<'a> {
        let outgoing = self.lists.node(id).map_or(&[][..], |node| &node.outgoing);
        self.lists.edges(outgoing).map(|edge| &edge.relation)
    }

    /// The relations that end at an entity.
    pub fn relations_to<'a>(&'a self, id: &EntityRef) -> impl Iterator<Item = &'a Relation> + use<'a> {
        let incoming = self.lists.node(id).map_or(&[][..], |node| &node.incoming);
        self.lists.edges(incoming).map(|edge| &edge.relation)
    }

    /// What an entity is related to in this way: `targets(service, StoredIn)` are its data stores.
    pub fn targets<'a>(&'a self, id: &EntityRef, kind: RelationKind) -> impl Iterator<Item = &'a Relation> + use<'a> {
        self.relations_from(id).filter(move |relation| relation.kind == kind)
    }

    /// What is related to an entity in this way: `origins(host, RunsOn)` runs on the host.
    pub fn origins<'a>(&'a self, id: &EntityRef, kind: RelationKind) -> impl Iterator<Item = &'a Relation> + use<'a> {
        self.relations_to(id).filter(move |relation| relation.kind == kind)
    }

    /// What the inventory says is missing for an entity.
    pub fn gaps_of<'a>(&'a self, id: &EntityRef) -> impl Iterator<Item = &'a Gap> + use<'a> {
        let gaps = self.lists.node(id).map_or(&[][..], |node| &node.gaps);
        gaps.iter().filter_map(|at| self.lists.gaps.get(*at as usize))
    }

    /// The environment in which an entity runs: itself, or the first one that `runs-on` and `part-of`
    /// lead to.
    #[must_use]
    pub fn environment_of<'a>(&'a self, id: &'a EntityRef) -> Option<&'a EntityRef> {
        if id.kind == EntityKind::Environment {
            return Some(id);
        }
        let environment = self.environments().of(self.id(id)?)?;
        Some(self.reference(environment))
    }

    /// The entities of a kind that run in an environment, in the inventory's order.
    #[must_use]
    pub fn in_environment<'a>(
        &'a self,
        environment: &EntityRef,
        kind: EntityKind,
    ) -> impl ExactSizeIterator<Item = &'a EntityRef> + use<'a> {
        let members = self.id(environment).map_or(&[][..], |id| self.environments().members(id, kind));
        members.iter().map(|id| self.reference(*id))
    }
}

/// The same by number, for what walks through the whole catalog.
impl CatalogIndex {
    /// How many references the catalog names: its entities, and what relations and gaps name beside them.
    pub(crate) fn references(&self) -> usize {
        self.lists.nodes.len()
    }

    /// The number of a reference that the catalog names.
    pub(crate) fn id(&self, id: &EntityRef) -> Option<EntityId> {
        self.lists.ids.get(id).copied()
    }

    /// The reference of a number of this index.
    pub(crate) fn reference(&self, id: EntityId) -> &EntityRef {
        &self.lists.nodes[id.at()].id
    }

    /// The entity of a number; `None` where the catalog only names it.
    pub(crate) fn entity_at(&self, id: EntityId) -> Option<&Entity> {
        self.lists.nodes.get(id.at())?.entity.as_deref()
    }

    /// The numbers of all references.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.references()).map(EntityId::of)
    }

    /// The numbers of all entities, in the inventory's order.
    pub(crate) fn order(&self) -> &[EntityId] {
        &self.lists.order
    }

    /// The relations that start at a number, with the numbers to which they lead.
    pub(crate) fn edges_from(&self, id: EntityId) -> impl Iterator<Item = (RelationKind, EntityId)> {
        let outgoing = self.lists.nodes.get(id.at()).map_or(&[][..], |node| &node.outgoing);
        self.lists.edges(outgoing).map(|edge| (edge.relation.kind, edge.to))
    }

    /// The relations that end at a number, with the numbers at which they start.
    pub(crate) fn edges_to(&self, id: EntityId) -> impl Iterator<Item = (RelationKind, EntityId)> {
        let incoming = self.lists.nodes.get(id.at()).map_or(&[][..], |node| &node.incoming);
        self.lists.edges(incoming).map(|edge| (edge.relation.kind, edge.from))
    }

    /// The gaps of a number.
    pub(crate) fn gaps_at(&self, id: EntityId) -> impl Iterator<Item = &Gap> {
        let gaps = self.lists.nodes.get(id.at()).map_or(&[][..], |node| &node.gaps);
        gaps.iter().filter_map(|at| self.lists.gaps.get(*at as usize))
    }

    /// The number of the environment in which a number's entity runs.
    pub(crate) fn environment_at(&self, id: EntityId) -> Option<EntityId> {
        self.environments().of(id)
    }

    fn environments(&self) -> &Environments {
        self.environments.get_or_init(|| Environments::new(self))
    }
}

impl Lists {
    fn node(&self, id: &EntityRef) -> Option<&Node> {
        self.nodes.get(self.ids.get(id)?.at())
    }

    fn of_kind(&self, kind: EntityKind) -> &[EntityId] {
        self.of_kind.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    fn entities<'a>(&'a self, ids: &'a [EntityId]) -> impl Iterator<Item = &'a Entity> {
        ids.iter().filter_map(|id| self.nodes.get(id.at())?.entity.as_deref())
    }

    fn edges<'a>(&'a self, places: &'a [u32]) -> impl Iterator<Item = &'a Edge> + use<'a> {
        places.iter().filter_map(|at| self.edges.get(*at as usize))
    }

    /// The number of a reference; a new one where the catalog does not name it yet. The reference shares
    /// its name with all others then.
    fn number(&mut self, id: &mut EntityRef) -> EntityId {
        if let Some((known, number)) = self.ids.get_key_value(id) {
            id.name = known.name.clone();
            return *number;
        }
        let new = EntityId::of(self.nodes.len());
        self.ids.insert(id.clone(), new);
        let (outgoing, incoming, gaps) = Default::default();
        self.nodes.push(Node { id: id.clone(), entity: None, outgoing, incoming, gaps });
        new
    }

    fn add_entity(&mut self, mut entity: Entity) -> Result<(), Entity> {
        let id = self.number(&mut entity.id);
        let Some(node) = self.nodes.get_mut(id.at()).filter(|node| node.entity.is_none()) else { return Err(entity) };
        let kind = entity.id.kind;
        if let Some(address) = entity.fact(keys::ADDRESS).filter(|_| kind == EntityKind::Endpoint) {
            self.addresses.entry(address.value.clone()).or_insert(id);
        }
        node.entity = Some(Arc::new(entity));
        self.order.push(id);
        if let Some(of_kind) = self.of_kind.get_mut(kind as usize) {
            of_kind.push(id);
        }
        Ok(())
    }

    fn add_relation(&mut self, mut relation: Relation) {
        let (from, to) = (self.number(&mut relation.from), self.number(&mut relation.to));
        let place = EntityId::of(self.edges.len()).0;
        if let Some(node) = self.nodes.get_mut(from.at()) {
            node.outgoing.push(place);
        }
        if let Some(node) = self.nodes.get_mut(to.at()) {
            node.incoming.push(place);
        }
        self.edges.push(Edge { relation, from, to });
    }

    fn add_gap(&mut self, mut gap: Gap) {
        let subject = self.number(&mut gap.subject);
        let place = EntityId::of(self.gaps.len()).0;
        if let Some(node) = self.nodes.get_mut(subject.at()) {
            node.gaps.push(place);
        }
        self.gaps.push(gap);
    }
}
