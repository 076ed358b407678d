//! Whether something works, from the evidence about it and about its parts.

use std::{collections::HashSet, sync::Arc};

pub use super::context::Context;
use super::{once::once, standing::worst_result};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    event::Claim,
    evidence::{Observation, Standing},
};

/// One claim that the health of something rests on.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the claim is about.
    pub subject: EntityRef,
    /// Its standing.
    pub standing: Standing,
    /// Whether its last result met the expectation; see [`crate::ClaimState::last_met`].
    pub last_met: Option<bool>,
    /// The observation that decides it; of something that has parts the youngest.
    pub by: Option<Arc<Observation>>,
}

/// The health of an entity: the worst of its parts, never better than its evidence.
#[derive(Clone, Debug)]
pub struct Health {
    /// The standing of the whole.
    pub standing: Standing,
    /// Whether the last result of its worst part met the expectation.
    pub last_met: Option<bool>,
    /// The claims that it rests on, in the inventory's order.
    pub parts: Vec<Part>,
}

impl Default for Health {
    /// The health of something that is not known.
    fn default() -> Self {
        Self { standing: Standing::Unproven, last_met: None, parts: Vec::new() }
    }
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
        EntityKind::Cluster => parts.extend(carried(context, id).into_iter().map(|one| whole(context, one))),
        _ => {}
    }
    resting_on(context, id, parts)
}

/// The health of an entity that rests on these parts, or, where there are none, on its own evidence.
fn resting_on(context: Context<'_>, id: &EntityRef, mut parts: Vec<Part>) -> Health {
    if parts.is_empty() {
        parts.push(own(context, id));
    }
    let (standing, last_met) = worst_result(parts.iter().map(|part| (part.standing, part.last_met)));
    Health { standing, last_met, parts }
}

fn service_parts(context: Context<'_>, id: &EntityRef, parts: &mut Vec<Part>) {
    if context.log.has(id, Claim::Health) {
        parts.push(own(context, id));
    }
    let releases = context.index.origins(id, RelationKind::PartOf).map(|relation| &relation.from);
    let releases = releases.filter(|part| part.kind == EntityKind::Release);
    let endpoints = context.index.targets(id, RelationKind::ExposedBy).map(|relation| &relation.to);
    parts.extend(once(releases.chain(endpoints)).into_iter().map(|part| own(context, part)));
}

/// The evidence about the entity itself.
#[must_use]
pub fn own(context: Context<'_>, id: &EntityRef) -> Part {
    let state = context.log.state(id, Claim::Health, context.now);
    Part { subject: id.clone(), standing: state.standing, last_met: state.last_met, by: state.by }
}

/// What runs on a cluster, each once; nothing where it is none.
pub(super) fn carried<'a>(context: Context<'a>, id: &EntityRef) -> Vec<&'a EntityRef> {
    match id.kind {
        EntityKind::Cluster => once(context.index.origins(id, RelationKind::RunsOn).map(|one| &one.from)),
        _ => Vec::new(),
    }
}

/// Something as a part of something else.
fn whole(context: Context<'_>, id: &EntityRef) -> Part {
    let parts = leaves(context, id).into_iter().flat_map(|one| health(context, one).parts).collect();
    let health = resting_on(context, id, parts);
    Part { subject: id.clone(), standing: health.standing, last_met: health.last_met, by: health.latest().cloned() }
}

/// What carries nothing else, of what runs on something and on what runs on that; the thing itself where
/// nothing runs on it.
///
/// Clusters may run on one another, also in a circle. None of them adds a claim of its own there, and what
/// runs on several counts once.
pub(super) fn leaves<'a>(context: Context<'a>, id: &'a EntityRef) -> Vec<&'a EntityRef> {
    let (mut reached, mut seen) = (vec![id], HashSet::from([id]));
    let (mut leaves, mut next) = (Vec::new(), 0);
    while let Some(one) = reached.get(next).copied() {
        next += 1;
        let carried = carried(context, one);
        if carried.is_empty() {
            leaves.push(one);
        }
        reached.extend(carried.into_iter().filter(|one| seen.insert(*one)));
    }
    leaves
}
