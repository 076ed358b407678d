//! Which entity runs in which environment.

use std::collections::HashMap;

use super::{CatalogIndex, EntityId};
use crate::entity::{EntityKind, RelationKind};

/// How many relations are followed from an entity to its environment.
const MOST_STEPS: usize = 5;

/// The environment of every entity of a catalog, and what runs in each.
#[derive(Debug)]
pub(super) struct Environments {
    /// By the entity's number.
    of: Vec<Option<EntityId>>,
    members: HashMap<(EntityId, EntityKind), Vec<EntityId>>,
}

impl Environments {
    /// Follows the relations of every entity.
    pub(super) fn new(index: &CatalogIndex) -> Self {
        let mut of = vec![None; index.references()];
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        for id in index.order() {
            let Some(environment) = environment_within(index, *id, MOST_STEPS) else { continue };
            if let Some(slot) = of.get_mut(id.at()) {
                *slot = Some(environment);
            }
            members.entry((environment, index.reference(*id).kind)).or_default().push(*id);
        }
        Self { of, members }
    }

    /// The environment of an entity.
    pub(super) fn of(&self, id: EntityId) -> Option<EntityId> {
        self.of.get(id.at()).copied().flatten()
    }

    /// The entities of a kind in an environment, in the inventory's order.
    pub(super) fn members(&self, environment: EntityId, kind: EntityKind) -> &[EntityId] {
        self.members.get(&(environment, kind)).map_or(&[], Vec::as_slice)
    }
}

/// The first environment that an entity leads to by `runs-on` and `part-of`; one that it names itself comes
/// before those of what it runs on.
fn environment_within(index: &CatalogIndex, id: EntityId, steps: usize) -> Option<EntityId> {
    let is_environment = |id: EntityId| index.reference(id).kind == EntityKind::Environment;
    if is_environment(id) {
        return Some(id);
    }
    let steps = steps.checked_sub(1)?;
    let onward = || {
        let leads = |kind| matches!(kind, RelationKind::RunsOn | RelationKind::PartOf);
        index.edges_from(id).filter(move |(kind, _)| leads(*kind)).map(|(_, to)| to)
    };
    let direct = onward().find(|to| is_environment(*to));
    direct.or_else(|| onward().find_map(|to| environment_within(index, to, steps)))
}
