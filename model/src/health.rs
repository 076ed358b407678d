//! Whether something works, from the evidence about it and about its parts.

use std::sync::Arc;

use crate::{
    catalog::CatalogIndex,
    entity::{EntityKind, EntityRef, RelationKind},
    event::Claim,
    evidence::{EvidenceLog, Observation},
    standing::{Standing, worst},
    timestamp::Timestamp,
};

/// What every rule looks at: the catalog, the evidence, and the time for which it speaks.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What exists.
    pub index: &'a CatalogIndex,
    /// What was observed.
    pub log: &'a EvidenceLog,
    /// The hub's time.
    pub now: Timestamp,
}

/// One claim that the health of something rests on.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the claim is about.
    pub subject: EntityRef,
    /// Its standing.
    pub standing: Standing,
    /// The observation that decides it.
    pub by: Option<Arc<Observation>>,
}

/// The health of an entity: the worst of its parts, never better than its evidence.
#[derive(Clone, Debug)]
pub struct Health {
    /// The standing of the whole.
    pub standing: Standing,
    /// The claims that it rests on, in the inventory's order.
    pub parts: Vec<Part>,
}

impl Health {
    /// How many parts have this standing.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.parts.iter().filter(|part| part.standing == standing).count()
    }

    /// The youngest observation among the parts.
    #[must_use]
    pub fn latest(&self) -> Option<&Arc<Observation>> {
        self.parts.iter().filter_map(|part| part.by.as_ref()).max_by_key(|observation| observation.event.time)
    }
}

/// The health of an entity.
///
/// A service rests on its releases and endpoints, an environment on its hosts, services and data
/// stores, a cluster on what runs on it; everything else on the evidence about itself. A service is
/// proven only when every one of its parts is.
#[must_use]
pub fn health(context: Context<'_>, id: &EntityRef) -> Health {
    let mut parts: Vec<Part> = Vec::new();
    match id.kind {
        EntityKind::Service => service_parts(context, id, &mut parts),
        EntityKind::Environment => {
            for kind in [EntityKind::Host, EntityKind::Service, EntityKind::DataStore] {
                parts.extend(context.index.in_environment(id, kind).map(|member| whole(context, member)));
            }
        }
        EntityKind::Cluster => parts.extend(carried(context, id).iter().map(|one| whole(context, one))),
        _ => {}
    }
    resting_on(context, id, parts)
}

/// The health of an entity that rests on these parts, or, where there are none, on its own evidence.
fn resting_on(context: Context<'_>, id: &EntityRef, mut parts: Vec<Part>) -> Health {
    if parts.is_empty() {
        parts.push(own(context, id));
    }
    Health { standing: worst(parts.iter().map(|part| part.standing)), parts }
}

fn service_parts(context: Context<'_>, id: &EntityRef, parts: &mut Vec<Part>) {
    if context.log.has(id, Claim::Health) {
        parts.push(own(context, id));
    }
    let releases = context.index.origins(id, RelationKind::PartOf).map(|relation| &relation.from);
    let endpoints = context.index.targets(id, RelationKind::ExposedBy).map(|relation| &relation.to);
    parts.extend(
        releases.filter(|part| part.kind == EntityKind::Release).chain(endpoints).map(|part| own(context, part)),
    );
}

/// The evidence about the entity itself.
#[must_use]
pub fn own(context: Context<'_>, id: &EntityRef) -> Part {
    let state = context.log.state(id, Claim::Health, context.now);
    Part { subject: id.clone(), standing: state.standing, by: state.by }
}

/// What runs on a cluster; nothing where it is none.
fn carried(context: Context<'_>, id: &EntityRef) -> Vec<EntityRef> {
    match id.kind {
        EntityKind::Cluster => context.index.origins(id, RelationKind::RunsOn).map(|one| one.from.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Something as a part of something else. Clusters may run on one another, also in a circle, where none of them adds
/// a claim of its own: it counts what runs on any of them, each once.
fn whole(context: Context<'_>, id: &EntityRef) -> Part {
    let (mut reached, mut parts, mut next) = (vec![id.clone()], Vec::new(), 0);
    while let Some(one) = reached.get(next).cloned() {
        next += 1;
        let carried = carried(context, &one);
        if carried.is_empty() {
            parts.append(&mut health(context, &one).parts);
        }
        for one in carried {
            if !reached.contains(&one) {
                reached.push(one);
            }
        }
    }
    let health = resting_on(context, id, parts);
    Part { subject: id.clone(), standing: health.standing, by: health.latest().cloned() }
}
