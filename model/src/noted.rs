//! One table by reference for everything: each type that is kept in a table of hashes would cost its own code
//! in the browser's bundle.

use crate::{
    entity::EntityRef,
    index::{NONE, Slots, hash},
};

/// A number noted for each of some entities.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    all: Vec<(EntityRef, usize)>,
    slots: Slots,
}

impl Noted {
    /// Notes this of an entity, where nothing is noted of it yet. Whether it was so.
    pub(crate) fn note(&mut self, id: &EntityRef, what: usize) -> bool {
        if self.get(id).is_some() {
            return false;
        }
        let at = u32::try_from(self.all.len()).unwrap_or(NONE);
        self.all.push((id.clone(), what));
        let Self { all, slots } = self;
        slots.insert(key(id), at, |at| all.get(at as usize).map_or(0, |(id, _)| key(id)));
        true
    }

    /// What is noted of an entity.
    pub(crate) fn get(&self, id: &EntityRef) -> Option<usize> {
        let at = self.slots.find(key(id), |at| self.all.get(at as usize).is_some_and(|(of, _)| of == id))?;
        self.all.get(at as usize).map(|(_, what)| *what)
    }
}

fn key(id: &EntityRef) -> u32 {
    hash(id.kind as u32, &id.name)
}
