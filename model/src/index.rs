//! A catalog with its lookups built once: by reference, by relation, by address.

use rustc_hash::FxHashMap;

use crate::{
    catalog::Catalog,
    entity::{Entity, EntityKind, EntityRef, Relation, RelationKind, keys},
    gap::Gap,
};

/// A [`Catalog`] that answers lookups without a scan.
///
/// Every reference has a number; what belongs to it stands in lists at that number. References to
/// entities that the catalog does not hold have numbers too, and simply lead nowhere: one bad record
/// does not take the others down.
#[derive(Debug, Default)]
pub struct CatalogIndex {
    catalog: Catalog,
    numbers: FxHashMap<EntityRef, usize>,
    /// The place of the entity in the catalog, where it holds one.
    entities: Vec<Option<usize>>,
    outgoing: Vec<Vec<usize>>,
    incoming: Vec<Vec<usize>>,
    gaps: Vec<Vec<usize>>,
    /// What runs in an environment, at the environment's number.
    members: Vec<Vec<usize>>,
    kinds: Vec<Vec<usize>>,
    addresses: FxHashMap<String, usize>,
}

impl CatalogIndex {
    /// Indexes a catalog. Of two entities with one reference the first counts.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        let mut index = Self { kinds: vec![Vec::new(); EntityKind::ALL.len()], ..Self::default() };
        for (at, entity) in catalog.entities.iter().enumerate() {
            let number = index.number_for(&entity.id);
            if let Some(place @ None) = index.entities.get_mut(number) {
                *place = Some(at);
            }
            if let Some(kind) = index.kinds.get_mut(entity.id.kind as usize) {
                kind.push(at);
            }
            if entity.id.kind == EntityKind::Endpoint
                && let Some(address) = entity.fact(keys::ADDRESS)
            {
                index.addresses.entry(address.value.clone()).or_insert(at);
            }
        }
        for (at, relation) in catalog.relations.iter().enumerate() {
            let (from, to) = (index.number_for(&relation.from), index.number_for(&relation.to));
            push(&mut index.outgoing, from, at);
            push(&mut index.incoming, to, at);
        }
        for (at, gap) in catalog.gaps.iter().enumerate() {
            let number = index.number_for(&gap.subject);
            push(&mut index.gaps, number, at);
        }
        index.catalog = catalog;
        for at in 0..index.catalog.entities.len() {
            let environment = index.catalog.entities.get(at).and_then(|entity| index.environment_of(&entity.id));
            if let Some(number) = environment.and_then(|environment| index.number(&environment)) {
                push(&mut index.members, number, at);
            }
        }
        index
    }

    fn number_for(&mut self, id: &EntityRef) -> usize {
        if let Some(number) = self.number(id) {
            return number;
        }
        let number = self.entities.len();
        self.numbers.insert(id.clone(), number);
        self.entities.push(None);
        for lists in [&mut self.outgoing, &mut self.incoming, &mut self.gaps, &mut self.members] {
            lists.push(Vec::new());
        }
        number
    }

    fn number(&self, id: &EntityRef) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// What a list has at a reference's number.
    fn list<'a>(&self, lists: &'a [Vec<usize>], id: &EntityRef) -> &'a [usize] {
        self.number(id).and_then(|number| lists.get(number)).map_or(&[], Vec::as_slice)
    }

    /// The catalog itself.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The entity with this reference.
    #[must_use]
    pub fn entity(&self, id: &EntityRef) -> Option<&Entity> {
        let at = *self.entities.get(self.number(id)?)?;
        self.catalog.entities.get(at?)
    }

    /// The name for people of an entity; its bare name where the catalog lacks it.
    #[must_use]
    pub fn title<'a>(&'a self, id: &'a EntityRef) -> &'a str {
        self.entity(id).map_or(&id.name, |entity| &entity.title)
    }

    /// The value of an entity's fact.
    #[must_use]
    pub fn value(&self, id: &EntityRef, key: &str) -> Option<&str> {
        self.entity(id)?.fact(key).map(|fact| fact.value.as_str())
    }

    /// All entities of a kind, in the inventory's order.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        let places = self.kinds.get(kind as usize).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.catalog.entities.get(*at))
    }

    /// The endpoint with exactly this address.
    #[must_use]
    pub fn endpoint_at(&self, address: &str) -> Option<&Entity> {
        self.addresses.get(address).and_then(|at| self.catalog.entities.get(*at))
    }

    /// The relations that start at an entity.
    pub fn relations_from(&self, id: &EntityRef) -> impl Iterator<Item = &Relation> {
        self.list(&self.outgoing, id).iter().filter_map(|at| self.catalog.relations.get(*at))
    }

    /// The relations that end at an entity.
    pub fn relations_to(&self, id: &EntityRef) -> impl Iterator<Item = &Relation> {
        self.list(&self.incoming, id).iter().filter_map(|at| self.catalog.relations.get(*at))
    }

    /// What an entity is related to in this way: `targets(service, StoredIn)` are its data stores.
    pub fn targets(&self, id: &EntityRef, kind: RelationKind) -> impl Iterator<Item = &Relation> {
        self.relations_from(id).filter(move |relation| relation.kind == kind)
    }

    /// What is related to an entity in this way: `origins(host, RunsOn)` runs on the host.
    pub fn origins(&self, id: &EntityRef, kind: RelationKind) -> impl Iterator<Item = &Relation> {
        self.relations_to(id).filter(move |relation| relation.kind == kind)
    }

    /// What the inventory says is missing for an entity.
    pub fn gaps_of(&self, id: &EntityRef) -> impl Iterator<Item = &Gap> {
        self.list(&self.gaps, id).iter().filter_map(|at| self.catalog.gaps.get(*at))
    }

    /// The environment in which an entity runs: itself, or the first one that `runs-on` leads to.
    #[must_use]
    pub fn environment_of(&self, id: &EntityRef) -> Option<EntityRef> {
        self.environment_within(id, 4)
    }

    fn environment_within(&self, id: &EntityRef, steps: u8) -> Option<EntityRef> {
        if id.kind == EntityKind::Environment {
            return Some(id.clone());
        }
        let onward: Vec<&EntityRef> = self
            .relations_from(id)
            .filter(|relation| matches!(relation.kind, RelationKind::RunsOn | RelationKind::PartOf))
            .map(|relation| &relation.to)
            .collect();
        let direct = onward.iter().find(|to| to.kind == EntityKind::Environment);
        match (direct, steps) {
            (Some(environment), _) => Some((*environment).clone()),
            (None, 0) => None,
            (None, _) => onward.into_iter().find_map(|to| self.environment_within(to, steps - 1)),
        }
    }

    /// The entities of a kind that run in an environment, in the inventory's order.
    #[must_use]
    pub fn in_environment(&self, environment: &EntityRef, kind: EntityKind) -> Vec<&Entity> {
        let members = self.list(&self.members, environment).iter();
        members.filter_map(|at| self.catalog.entities.get(*at)).filter(|entity| entity.id.kind == kind).collect()
    }
}

fn push(lists: &mut [Vec<usize>], number: usize, at: usize) {
    if let Some(list) = lists.get_mut(number) {
        list.push(at);
    }
}
