//! A catalog with its lookups built once: by reference, by relation, by address.

use std::collections::BTreeMap;

use crate::{
    catalog::Catalog,
    entity::{Entity, EntityKind, EntityRef, Relation, RelationKind, keys},
    gap::Gap,
};

/// A [`Catalog`] that answers lookups without a scan.
///
/// References to entities that the catalog does not hold are kept and simply lead nowhere: one bad
/// record does not take the others down.
#[derive(Debug, Default)]
pub struct CatalogIndex {
    catalog: Catalog,
    entities: BTreeMap<EntityRef, usize>,
    outgoing: BTreeMap<EntityRef, Vec<usize>>,
    incoming: BTreeMap<EntityRef, Vec<usize>>,
    gaps: BTreeMap<EntityRef, Vec<usize>>,
    addresses: BTreeMap<String, usize>,
}

impl CatalogIndex {
    /// Indexes a catalog. Of two entities with one reference the first counts.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        let mut index = Self::default();
        for (at, entity) in catalog.entities.iter().enumerate() {
            index.entities.entry(entity.id.clone()).or_insert(at);
            if entity.id.kind == EntityKind::Endpoint
                && let Some(address) = entity.fact(keys::ADDRESS)
            {
                index.addresses.entry(address.value.clone()).or_insert(at);
            }
        }
        for (at, relation) in catalog.relations.iter().enumerate() {
            index.outgoing.entry(relation.from.clone()).or_default().push(at);
            index.incoming.entry(relation.to.clone()).or_default().push(at);
        }
        for (at, gap) in catalog.gaps.iter().enumerate() {
            index.gaps.entry(gap.subject.clone()).or_default().push(at);
        }
        index.catalog = catalog;
        index
    }

    /// The catalog itself.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The entity with this reference.
    #[must_use]
    pub fn entity(&self, id: &EntityRef) -> Option<&Entity> {
        self.entities.get(id).and_then(|at| self.catalog.entities.get(*at))
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
        self.catalog.entities.iter().filter(move |entity| entity.id.kind == kind)
    }

    /// The endpoint with exactly this address.
    #[must_use]
    pub fn endpoint_at(&self, address: &str) -> Option<&Entity> {
        self.addresses.get(address).and_then(|at| self.catalog.entities.get(*at))
    }

    /// The relations that start at an entity.
    pub fn relations_from(&self, id: &EntityRef) -> impl Iterator<Item = &Relation> {
        self.outgoing.get(id).into_iter().flatten().filter_map(|at| self.catalog.relations.get(*at))
    }

    /// The relations that end at an entity.
    pub fn relations_to(&self, id: &EntityRef) -> impl Iterator<Item = &Relation> {
        self.incoming.get(id).into_iter().flatten().filter_map(|at| self.catalog.relations.get(*at))
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
        self.gaps.get(id).into_iter().flatten().filter_map(|at| self.catalog.gaps.get(*at))
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
        self.of_kind(kind).filter(|entity| self.environment_of(&entity.id).as_ref() == Some(environment)).collect()
    }
}
