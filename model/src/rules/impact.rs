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
    let (mut through, mut steps, mut followed) = (cause.clone(), 0, 0);
    loop {
        for entity in dependents(index, &through) {
            if seen.insert(entity.clone()) {
                affected.push(Affected { entity: entity.clone(), through: through.clone(), steps: steps + 1 });
            }
        }
        // What was found first is followed first.
        let Some(next) = affected.get(followed) else { return affected };
        (through, steps) = (next.entity.clone(), next.steps);
        followed += 1;
    }
}

/// Everything that an entity depends on, in no order: `b` is among the causes of `a` exactly where `a`
/// is in the impact of `b`. The entity itself is not in it.
#[must_use]
pub fn causes(index: &CatalogIndex, affected: &EntityRef) -> HashSet<EntityRef> {
    let mut causes = HashSet::new();
    let mut open = vec![affected.clone()];
    while let Some(id) = open.pop() {
        for cause in dependencies(index, &id) {
            if cause != affected && causes.insert(cause.clone()) {
                open.push(cause.clone());
            }
        }
    }
    causes
}

/// Whether the one end of such a relation depends on the other.
const fn is_dependency(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::RunsOn | RelationKind::StoredIn | RelationKind::PartOf)
}

/// Whether something of this kind stops with what it runs on. A host goes on without its environment,
/// and a gate is no thing that runs.
const fn can_stop(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Host | EntityKind::Gate)
}

/// What stops at once when something goes.
pub(crate) fn dependents<'a>(index: &'a CatalogIndex, id: &'a EntityRef) -> Vec<&'a EntityRef> {
    let relations = index.relations_to(id);
    let stopping = relations.filter(|relation| is_dependency(relation.kind) && can_stop(relation.from.kind));
    let mut found: Vec<&EntityRef> = stopping.map(|relation| &relation.from).collect();
    found.extend(index.targets(id, RelationKind::ExposedBy).map(|relation| &relation.to));
    if id.kind == EntityKind::Host
        && let Some(environment) = index.environment_of(id)
        && only_host(index, environment).is_some()
    {
        found.push(environment);
    }
    found
}

/// What an entity depends on at once.
fn dependencies<'a>(index: &'a CatalogIndex, id: &'a EntityRef) -> Vec<&'a EntityRef> {
    let relations = index.relations_from(id).filter(|relation| can_stop(id.kind) && is_dependency(relation.kind));
    let mut found: Vec<&EntityRef> = relations.map(|relation| &relation.to).collect();
    found.extend(index.origins(id, RelationKind::ExposedBy).map(|relation| &relation.from));
    if id.kind == EntityKind::Environment {
        found.extend(only_host(index, id));
    }
    found
}

/// The host of an environment that has one.
fn only_host<'a>(index: &'a CatalogIndex, environment: &EntityRef) -> Option<&'a EntityRef> {
    let mut hosts = index.in_environment(environment, EntityKind::Host);
    let first = hosts.next()?;
    hosts.next().is_none().then_some(first)
}
