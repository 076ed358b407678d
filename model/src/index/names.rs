//! The names of entities as numbers.

use std::sync::Arc;

use super::slots::{NONE, Slots, hash};
use crate::entity::{EntityKind, EntityRef};

/// How many names lie together. What is full never moves and is shared by all clones.
const TOGETHER: usize = 4096;

/// Every reference that a catalog holds, numbered from 0 as they are met: of entities, and of what
/// relations and gaps name without it being there.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    chunks: Vec<Arc<Chunk>>,
    slots: Arc<Slots>,
}

/// So many names in the order of their numbers.
#[derive(Clone, Debug, Default)]
struct Chunk {
    text: String,
    names: Vec<Name>,
    /// Those of which a [`Name`] does not hold where they stand: start and length.
    long: Vec<(u32, u32)>,
    /// The places of the entities among all entities, where the first so many names have places that follow
    /// each other: the first of them, and how many there are.
    run: (u32, u32),
    /// The place of each where it is otherwise; [`NONE`] where the catalog has none of this name.
    places: Vec<u32>,
    /// The number of the environment that it runs in; [`NONE`] where none is known.
    environments: Vec<u32>,
}

/// A kind in the lowest four bits, a length in the eight above, where the name stands in the text in the
/// others; with the length 0, its place in [`Chunk::long`].
#[derive(Clone, Copy, Debug)]
struct Name(u32);

impl Chunk {
    fn get(&self, at: usize) -> (EntityKind, &str) {
        let Some(Name(packed)) = self.names.get(at) else { return (EntityKind::Resource, "") };
        let kind = EntityKind::ALL.get((packed & 15) as usize).copied().unwrap_or(EntityKind::Resource);
        let (start, length) = match packed >> 4 & 255 {
            0 => self.long.get((packed >> 12) as usize).copied().unwrap_or_default(),
            length => (packed >> 12, length),
        };
        let (start, length) = (start as usize, length as usize);
        (kind, self.text.get(start..start + length).unwrap_or_default())
    }

    fn push(&mut self, kind: EntityKind, name: &str) {
        // An endpoint is often called like the service before it.
        if !self.text.ends_with(name) {
            self.text.push_str(name);
        }
        let (mut start, mut length) = (count(self.text.len() - name.len()), count(name.len()));
        if start >> 20 != 0 || !(1..256).contains(&length) {
            self.long.push((start, length));
            (start, length) = (count(self.long.len()) - 1, 0);
        }
        self.names.push(Name(start << 12 | length << 4 | kind as u32));
        if !self.places.is_empty() {
            self.places.push(NONE);
        }
        self.environments.push(NONE);
        if self.names.len() == TOGETHER {
            self.text.shrink_to_fit();
        }
    }

    fn place(&self, at: u32) -> Option<u32> {
        if self.places.is_empty() {
            return (at < self.run.1).then_some(self.run.0 + at);
        }
        known(self.places.get(at as usize))
    }

    fn put(&mut self, at: u32, place: u32) {
        let (first, many) = self.run;
        if self.places.is_empty() {
            if at == many && place != NONE && (many == 0 || place == first + many) {
                self.run = (place - many, many + 1);
                return;
            }
            let mut places = Vec::with_capacity(TOGETHER);
            for at in 0..count(self.names.len()) {
                places.push(self.place(at).unwrap_or(NONE));
            }
            self.places = places;
        }
        if let Some(slot) = self.places.get_mut(at as usize) {
            *slot = place;
        }
    }
}

impl Names {
    /// The number of a reference; a new one where there is none yet.
    pub(super) fn intern(&mut self, kind: EntityKind, name: &str) -> u32 {
        if let Some(number) = self.find(kind, name) {
            return number;
        }
        let number = count(self.len());
        if self.chunks.last().is_none_or(|last| last.names.len() == TOGETHER) {
            self.chunks.push(Arc::default());
        }
        if let Some(last) = self.chunks.last_mut() {
            Arc::make_mut(last).push(kind, name);
        }
        let Self { slots, chunks } = self;
        Arc::make_mut(slots).insert(hash(kind as u32, name), number, |old| {
            let (kind, name) = named(chunks, old);
            hash(kind as u32, name)
        });
        number
    }

    /// How many names there will be, as far as it is known.
    pub(super) fn expect(&mut self, count: u32) {
        Arc::make_mut(&mut self.slots).expect(count);
    }

    /// The number of a reference.
    pub(super) fn find(&self, kind: EntityKind, name: &str) -> Option<u32> {
        self.slots.find(hash(kind as u32, name), |number| self.get(number) == (kind, name))
    }

    /// Kind and name of a number.
    pub(super) fn get(&self, number: u32) -> (EntityKind, &str) {
        named(&self.chunks, number)
    }

    /// The reference of a number.
    pub(super) fn id(&self, number: u32) -> EntityRef {
        let (kind, name) = self.get(number);
        EntityRef::new(kind, name)
    }

    /// The place of a number's entity among all entities, where the catalog has it.
    pub(super) fn place(&self, number: u32) -> Option<u32> {
        self.chunk(number)?.place(within(number))
    }

    /// Says the place of a number's entity; [`NONE`] where it is there no more.
    pub(super) fn put(&mut self, number: u32, place: u32) {
        if let Some(chunk) = self.chunk_mut(number) {
            chunk.put(within(number), place);
        }
    }

    /// The number of the environment that a number's entity runs in.
    pub(super) fn environment(&self, number: u32) -> Option<u32> {
        known(self.chunk(number)?.environments.get(number as usize % TOGETHER))
    }

    /// Says the environment that a number's entity runs in.
    pub(super) fn runs_in(&mut self, number: u32, environment: Option<u32>) {
        // Most are known to run nowhere else: what is shared is copied for a change alone.
        if self.environment(number) == environment {
            return;
        }
        let chunk = self.chunk_mut(number);
        if let Some(slot) = chunk.and_then(|chunk| chunk.environments.get_mut(number as usize % TOGETHER)) {
            *slot = environment.unwrap_or(NONE);
        }
    }

    /// Visits the numbers of what has no place.
    pub(super) fn each_unplaced(&self, visit: &mut dyn FnMut(u32)) {
        for number in 0..count(self.len()) {
            if self.place(number).is_none() {
                visit(number);
            }
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let last = self.chunks.last().map_or(TOGETHER, |last| last.names.len());
        (self.chunks.len() * TOGETHER + last) - TOGETHER
    }

    /// How many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        let bytes = |chunk: &Arc<Chunk>| {
            let numbers = chunk.places.capacity() + chunk.environments.capacity();
            chunk.text.capacity() + chunk.long.capacity() * 8 + (chunk.names.capacity() + numbers) * 4
        };
        self.slots.bytes() + self.chunks.iter().map(bytes).sum::<usize>()
    }

    fn chunk(&self, number: u32) -> Option<&Chunk> {
        self.chunks.get(number as usize / TOGETHER).map(Arc::as_ref)
    }

    fn chunk_mut(&mut self, number: u32) -> Option<&mut Chunk> {
        self.chunks.get_mut(number as usize / TOGETHER).map(Arc::make_mut)
    }
}

fn named(chunks: &[Arc<Chunk>], number: u32) -> (EntityKind, &str) {
    let chunk = chunks.get(number as usize / TOGETHER);
    chunk.map_or((EntityKind::Resource, ""), |chunk| chunk.get(number as usize % TOGETHER))
}

/// Which of the names that lie together.
const fn within(number: u32) -> u32 {
    number % TOGETHER as u32
}

fn known(number: Option<&u32>) -> Option<u32> {
    number.copied().filter(|number| *number != NONE)
}

/// A count as the index keeps it; more than 4 GB of anything does not fit a page.
pub(super) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}
