//! Rows that follow the evidence: what happened to a few entities costs their rows alone.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    Age, Facet, Rows,
    rows::{Row, observed},
};
use crate::{
    entity::{EntityRef, RelationKind},
    health::Context,
    index::CatalogIndex,
};

impl Rows {
    /// The same rows after evidence about these entities came, went stale or opened a window; equal to
    /// rows made anew from the same catalog. Rows that stay as they are are shared with these.
    #[must_use]
    pub fn follow(&self, context: Context<'_>, moved: &[EntityRef]) -> Self {
        let mut concerned: FxHashSet<EntityRef> = FxHashSet::default();
        moved.iter().for_each(|id| concern(context.index, id, &mut concerned));
        let mut followed = self.clone();
        for row in &mut followed.rows {
            let is_concerned = concerned.contains(&row.id);
            if is_concerned || Age::of(row.latest, context.now) != row.age {
                let mut new = Row::clone(row);
                if is_concerned {
                    observed(context, &mut new);
                }
                new.age = Age::of(new.latest, context.now);
                self.sort_in(&mut new);
                *row = Arc::new(new);
            }
        }
        followed
    }

    /// Puts a row among the values of the facets that evidence moves.
    fn sort_in(&self, row: &mut Row) {
        for (facet, value) in [(Facet::Standing, row.standing.as_str()), (Facet::Age, row.age.as_str())] {
            let number = self.names(facet).iter().position(|name| name == value);
            let place = row.values.iter_mut().find(|(of, _)| *of == facet);
            if let Some((place, number)) = place.zip(number) {
                place.1 = number;
            }
        }
    }
}

/// The entities whose rows say something of an entity: itself, what it exposes, what it backs, what it
/// is a release of.
fn concern(index: &CatalogIndex, id: &EntityRef, into: &mut FxHashSet<EntityRef>) {
    for kind in [RelationKind::ExposedBy, RelationKind::StoredIn] {
        into.extend(index.origins(id, kind).map(|relation| relation.from.clone()));
    }
    into.extend(index.targets(id, RelationKind::PartOf).map(|relation| relation.to.clone()));
    into.insert(id.clone());
}
