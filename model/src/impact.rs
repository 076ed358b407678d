//! What stops when something goes: the relations followed backwards, step by step.

use std::collections::HashSet;

use crate::{
    catalog::CatalogIndex,
    entity::{EntityKind, EntityRef, RelationKind},
};

/// Something that stops, and through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// What stops.
    pub entity: EntityRef,
    /// What it depends on, one step nearer to the cause.
    pub through: EntityRef,
    /// How many steps it is from the cause, from 1.
    pub steps: u32,
}

/// Everything that depends on an entity, nearest first, each once; the entity itself is not in it.
///
/// What runs on it, is stored in it, is a part of it or is exposed by it stops with it. An
/// environment stops with its only host; with two hosts the catalog cannot say, and it does not.
#[must_use]
pub fn impact(index: &CatalogIndex, cause: &EntityRef) -> Vec<Affected> {
    let mut seen = HashSet::from([cause.clone()]);
    let mut affected: Vec<Affected> = Vec::new();
    let (mut id, mut steps, mut followed) = (cause.clone(), 0, 0);
    loop {
        for dependent in dependents(index, &id) {
            if seen.insert(dependent.clone()) {
                affected.push(Affected { entity: dependent, through: id.clone(), steps: steps + 1 });
            }
        }
        // What was found first is followed first.
        let Some(next) = affected.get(followed) else { return affected };
        (id, steps) = (next.entity.clone(), next.steps);
        followed += 1;
    }
}

/// What stops at once when something goes.
pub(crate) fn dependents(index: &CatalogIndex, id: &EntityRef) -> Vec<EntityRef> {
    let depends = |kind| matches!(kind, RelationKind::RunsOn | RelationKind::StoredIn | RelationKind::PartOf);
    let mut found: Vec<EntityRef> = index
        .relations_to(id)
        .filter(|relation| {
            depends(relation.kind) && relation.from.kind != EntityKind::Host && relation.from.kind != EntityKind::Gate
        })
        .map(|relation| relation.from.clone())
        .collect::<Vec<_>>();
    found.extend(index.targets(id, RelationKind::ExposedBy).map(|relation| relation.to.clone()));
    if id.kind == EntityKind::Host
        && let Some(environment) = index.environment_of(id)
        && index.in_environment(environment, EntityKind::Host).len() == 1
    {
        found.push(environment.clone());
    }
    found
}
