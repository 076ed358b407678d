//! The standings of many entities, for a picture or a table of a whole catalog.

use std::collections::HashSet;

use super::{
    context::Context,
    health::{carried, health, leaves, own},
    standing::worst,
};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    evidence::Standing,
};

/// Gives the standing of any entity, the same as its [`health`].
///
/// Most entities of a large catalog have no evidence, and neither have their parts: such an entity costs
/// one lookup.
#[derive(Debug)]
pub struct Standings<'a> {
    context: Context<'a>,
    /// Every entity that evidence is about, itself or by one of its parts. Environments and clusters
    /// are not in it.
    informed: HashSet<EntityRef>,
}

impl<'a> Standings<'a> {
    /// Looks once at all evidence.
    #[must_use]
    pub fn new(context: Context<'a>) -> Self {
        let mut informed = HashSet::new();
        for (subject, _) in context.log.by_entity() {
            // A service rests on its releases and on whatever exposes it.
            if subject.kind == EntityKind::Release {
                informed.extend(context.index.targets(subject, RelationKind::PartOf).map(|part| part.to.clone()));
            }
            informed
                .extend(context.index.origins(subject, RelationKind::ExposedBy).map(|exposed| exposed.from.clone()));
            informed.insert(subject.clone());
        }
        Self { context, informed }
    }

    /// The standing of an entity.
    #[must_use]
    pub fn of(&self, id: &EntityRef) -> Standing {
        match id.kind {
            EntityKind::Cluster => self.of_cluster(id),
            EntityKind::Environment => health(self.context, id).standing,
            _ => self.of_single(id),
        }
    }

    /// The standing of what carries nothing else.
    fn of_single(&self, id: &EntityRef) -> Standing {
        if self.informed.contains(id) { health(self.context, id).standing } else { Standing::Unproven }
    }

    fn of_cluster(&self, id: &EntityRef) -> Standing {
        let carried = carried(self.context, id);
        if carried.is_empty() {
            return own(self.context, id).standing;
        }
        worst(carried.into_iter().map(|one| {
            let leaves = leaves(self.context, one);
            if leaves.is_empty() {
                own(self.context, one).standing
            } else {
                worst(leaves.into_iter().map(|leaf| self.of_leaf(leaf)))
            }
        }))
    }

    fn of_leaf(&self, id: &EntityRef) -> Standing {
        if id.kind == EntityKind::Environment { health(self.context, id).standing } else { self.of_single(id) }
    }
}
