//! The values of a facet that are names of entities, numbered as they are met.

use crate::{
    index::{CatalogIndex, NONE, Slots, hash},
    order,
};

/// The values of one facet. The empty text stands for none, and comes last in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    names: Vec<String>,
    slots: Slots,
    /// The value that was asked for last, and its number: neighbours often share one.
    last: Option<(u32, u32)>,
    /// The numbers in the order of their texts, and each number's place in it.
    sorted: Vec<u32>,
    ranks: Vec<u32>,
}

impl Values {
    /// The number of a value: the name of an entity, by its number in the index, or none.
    pub(super) fn number(&mut self, index: &CatalogIndex, entity: u32) -> u32 {
        if let Some((_, number)) = self.last.filter(|(of, _)| *of == entity) {
            return number;
        }
        let name = if entity == NONE { "" } else { index.named(entity).1 };
        let number = self.slots.find(hash(0, name), |one| self.name(one) == name).unwrap_or_else(|| {
            let number = u32::try_from(self.names.len()).unwrap_or(NONE);
            self.names.push(name.to_owned());
            let Self { slots, names, .. } = self;
            let of = |one: u32| names.get(one as usize).map_or(0, |name| hash(0, name));
            slots.insert(hash(0, name), number, of);
            number
        });
        self.last = Some((entity, number));
        number
    }

    /// The text of a value.
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is a value with this text.
    pub(super) fn has(&self, name: &str) -> bool {
        self.slots.find(hash(0, name), |one| self.name(one) == name).is_some()
    }

    /// Orders them, once all are there.
    pub(super) fn settle(&mut self) {
        if self.ranks.len() == self.names.len() {
            return;
        }
        let key = |at: usize| self.names.get(at).map(|name| (name.is_empty(), name.as_str()));
        let sorted = order::places(self.names.len(), &mut |a, b| key(a).cmp(&key(b)));
        self.ranks = vec![0; sorted.len()];
        self.sorted.clear();
        for (rank, at) in (0..).zip(&sorted) {
            if let Some(slot) = self.ranks.get_mut(*at) {
                *slot = rank;
            }
            self.sorted.push(u32::try_from(*at).unwrap_or(NONE));
        }
    }

    /// The place of a value in their order.
    pub(super) fn rank(&self, number: u32) -> usize {
        self.ranks.get(number as usize).map_or(usize::MAX, |rank| *rank as usize)
    }

    /// The values in their order.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (u32, &str)> {
        self.sorted.iter().map(|number| (*number, self.name(*number)))
    }
}
