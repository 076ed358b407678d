//! What comes next to an index: read record by record, then joined as one segment.
use std::sync::Arc;

use super::{CatalogIndex, names::count, segment::Draft, slots::hash};
use crate::{
    catalog::Source,
    entity::{EntityKind, RelationKind, keys},
    gap::GapKind,
};

/// Kind and name of a reference.
pub(crate) type Name<'a> = (EntityKind, &'a str);

/// A segment to be. It numbers its names in the index that it is read for.
#[derive(Debug, Default)]
pub(crate) struct Part {
    draft: Draft,
}

impl Part {
    /// Takes in an entity; `false` where there is one of this name.
    pub(crate) fn entity<'t>(
        &mut self,
        index: &mut CatalogIndex,
        (kind, name): Name<'_>,
        title: &str,
        source: Source,
        facts: impl Iterator<Item = (&'t str, &'t str, Source)>,
    ) -> bool {
        let place = count(index.len() + self.draft.len());
        let number = index.names.intern(kind, name);
        if index.names.place(number).is_some() {
            return false;
        }
        index.names.put(number, place);
        self.draft.entity((number, kind, name), title, source, facts);
        true
    }

    /// Takes in a relation.
    pub(crate) fn relation(
        &mut self,
        index: &mut CatalogIndex,
        from: Name<'_>,
        kind: RelationKind,
        to: Name<'_>,
        source: Source,
    ) {
        let names = &mut index.names;
        let (from, to) = (names.intern(from.0, from.1), names.intern(to.0, to.1));
        self.draft.link(from, kind, to, source);
    }

    /// Takes in a gap.
    pub(crate) fn gap(
        &mut self,
        index: &mut CatalogIndex,
        subject: Name<'_>,
        text: &str,
        kinds: &[GapKind],
        source: Source,
    ) {
        let subject = index.names.intern(subject.0, subject.1);
        self.draft.gap(subject, text, kinds, source);
    }

    /// Makes it a segment of the index. What comes next can be taken in then.
    pub(crate) fn join(&mut self, index: &mut CatalogIndex) {
        let first = index.len();
        let numbers: Vec<u32> = self.draft.numbers().collect();
        let home = |number: u32| index.names.place(number)?.checked_sub(count(first));
        let segment = self.draft.finish(&home, index.names.len());
        let is_known = |number: u32| index.names.place(number).is_some();
        // What leads ahead, or nowhere, may be met by a later segment.
        index.is_mixed |= segment.has_strays() || segment.targets().any(|to| !is_known(to));
        index.firsts.push(count(first));
        index.segments.push(Arc::new(segment));
        self::addresses(index, first);
        if index.is_mixed {
            let mut all = Vec::with_capacity(index.len());
            index.each(0, &mut |placed| all.push(placed.number()));
            environments(index, &all);
        } else {
            environments(index, &numbers);
        }
    }
}

/// Finds the environment of each of these numbers.
fn environments(index: &mut CatalogIndex, numbers: &[u32]) {
    for number in numbers {
        let environment = index.environment_within(*number, 4);
        index.names.runs_in(*number, environment);
    }
}

/// Takes in the addresses of the endpoints from a place on; of two with one address the first counts.
fn addresses(index: &mut CatalogIndex, first: usize) {
    let mut addresses = std::mem::take(&mut index.addresses);
    let slots = Arc::make_mut(&mut addresses);
    let mut next = count(first);
    index.each(first, &mut |placed| {
        let place = next;
        next += 1;
        let is_endpoint = index.named(placed.number()).0 == EntityKind::Endpoint;
        let Some((address, _)) = placed.fact(keys::ADDRESS).filter(|_| is_endpoint) else { return };
        let of = |place| index.at(place).and_then(|placed| placed.address()).unwrap_or_default();
        let hash_of = |address: &str| hash(0, address);
        if slots.find(hash_of(address), |place| of(place) == address).is_none() {
            slots.insert(hash_of(address), place, |old| hash_of(of(old)));
        }
    });
    index.addresses = addresses;
}
