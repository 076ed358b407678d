//! What is said of entities, one number each, with where it stands in the inventory: mostly where its entity
//! does.

/// What is said, in the order of the entities.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    said: Vec<u32>,
    /// Where it stands, of what does not stand where its entity does, by its place here.
    elsewhere: Vec<(u32, u32)>,
}

impl Lines {
    /// Room for so many.
    pub(super) fn with_room(count: usize) -> Self {
        Self { said: Vec::with_capacity(count), elsewhere: Vec::new() }
    }

    /// Takes in what is said of an entity, and where.
    pub(super) fn push(&mut self, said: u32, place: u32, of_entity: u32) {
        if place != of_entity {
            self.elsewhere.push((super::count(self.said.len()), place));
        }
        self.said.push(said);
    }

    /// What is said at a place, and where it stands; its entity stands at `of_entity`.
    pub(super) fn get(&self, at: usize, of_entity: u32) -> Option<(u32, u32)> {
        let said = *self.said.get(at)?;
        let nth = self.elsewhere.partition_point(|(other, _)| (*other as usize) < at);
        let other = self.elsewhere.get(nth).filter(|(other, _)| *other as usize == at);
        Some((said, other.map_or(of_entity, |(_, place)| *place)))
    }

    /// What is said at a place.
    pub(super) fn said(&self, at: usize) -> Option<u32> {
        self.said.get(at).copied()
    }

    /// How much is said.
    pub(super) const fn len(&self) -> usize {
        self.said.len()
    }

    /// How many bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.said.capacity() * 4 + self.elsewhere.capacity() * 8
    }

    /// No more will come.
    pub(super) fn shrink(&mut self) {
        self.elsewhere.shrink_to_fit();
    }
}
