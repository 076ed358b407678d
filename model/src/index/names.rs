//! The names of entities as numbers.

use super::slots::{NONE, Slots, hash};
use crate::entity::{EntityKind, EntityRef};

/// Every reference that a catalog holds, numbered from 0 as they are met: of entities, and of what
/// relations and gaps name without it being there.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    text: String,
    /// Where each name ends in the text, and its kind; a name begins where the one before it ends.
    ends: Vec<(u32, EntityKind)>,
    /// The place of the entity among all entities; [`NONE`] where the catalog has none of this name.
    pub(super) places: Vec<u32>,
    /// The number of the environment that it runs in; [`NONE`] where none is known.
    pub(super) environments: Vec<u32>,
    slots: Slots,
}

impl Names {
    /// The number of a reference; a new one where there is none yet.
    pub(super) fn intern(&mut self, kind: EntityKind, name: &str) -> u32 {
        if let Some(number) = self.find(kind, name) {
            return number;
        }
        let number = count(self.ends.len());
        self.text.push_str(name);
        self.ends.push((count(self.text.len()), kind));
        self.places.push(NONE);
        self.environments.push(NONE);
        let Self { slots, text, ends, .. } = self;
        slots.insert(hash(kind as u32, name), number, |old| {
            let (kind, name) = part(text, ends, old);
            hash(kind as u32, name)
        });
        number
    }

    /// The number of a reference.
    pub(super) fn find(&self, kind: EntityKind, name: &str) -> Option<u32> {
        self.slots.find(hash(kind as u32, name), |number| self.get(number) == (kind, name))
    }

    /// Kind and name of a number.
    pub(super) fn get(&self, number: u32) -> (EntityKind, &str) {
        part(&self.text, &self.ends, number)
    }

    /// The reference of a number.
    pub(super) fn id(&self, number: u32) -> EntityRef {
        let (kind, name) = self.get(number);
        EntityRef::new(kind, name)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        self.text.capacity()
            + self.ends.capacity() * 8
            + (self.places.capacity() + self.environments.capacity()) * 4
            + self.slots.bytes()
    }
}

fn part<'a>(text: &'a str, ends: &[(u32, EntityKind)], number: u32) -> (EntityKind, &'a str) {
    let at = number as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |(end, _)| *end as usize);
    let Some((end, kind)) = ends.get(at) else { return (EntityKind::Resource, "") };
    (*kind, text.get(start..*end as usize).unwrap_or_default())
}

/// A count as the index keeps it; more than 4 GB of anything does not fit a page.
pub(super) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}
