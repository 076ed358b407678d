//! A hash table of numbers whose keys lie elsewhere: 4 bytes an entry and nothing for the key.

/// The mark of a free slot, and of a number that stands for nothing.
pub(crate) const NONE: u32 = u32::MAX;

/// For how many numbers room is made on the word of a hub.
const MOST_EXPECTED: usize = 1 << 20;

/// Numbers by the hash of what they stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    slots: Vec<u32>,
    count: usize,
    /// How many numbers there will be, as far as it is known; for room only.
    expected: usize,
}

impl Slots {
    /// Says how many numbers there will be: room for all is made with the next growth, and for no more.
    pub(crate) fn expect(&mut self, count: u32) {
        self.expected = (count as usize).min(MOST_EXPECTED);
    }

    /// The number with this hash that `is` the one looked for.
    pub(crate) fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = self.first(hash)?;
        // A table is never full: there is a free slot to end at.
        loop {
            match *self.slots.get(at)? {
                NONE => return None,
                number if is(number) => return Some(number),
                _ => at = self.after(at),
            }
        }
    }

    /// Takes in a number that is not there yet. `hash_of` gives the hash of those that are.
    pub(crate) fn insert(&mut self, hash: u32, number: u32, hash_of: impl Fn(u32) -> u32) {
        self.count += 1;
        if self.count * 4 > self.slots.len() * 3 {
            let fitting = self.expected + self.expected / 3 + 16;
            let size = if fitting > self.count * 4 / 3 { fitting } else { self.slots.len() * 2 };
            let before = std::mem::replace(&mut self.slots, vec![NONE; size]);
            for old in before.into_iter().filter(|old| *old != NONE) {
                self.put(hash_of(old), old);
            }
        }
        self.put(hash, number);
    }

    fn put(&mut self, hash: u32, number: u32) {
        let Some(mut at) = self.first(hash) else { return };
        while self.slots.get(at).is_some_and(|slot| *slot != NONE) {
            at = self.after(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = number;
        }
    }

    /// The slot at which a search for this hash begins: as far in the table as the hash is among all.
    fn first(&self, hash: u32) -> Option<usize> {
        let first = (u64::from(hash) * self.slots.len() as u64) >> 32;
        usize::try_from(first).ok().filter(|_| !self.slots.is_empty())
    }

    /// The slot behind another one; the first behind the last.
    const fn after(&self, at: usize) -> usize {
        if at + 1 < self.slots.len() { at + 1 } else { 0 }
    }

    /// How many bytes it takes.
    pub(crate) const fn bytes(&self) -> usize {
        self.slots.capacity() * 4
    }
}

/// The hash of a text and a number beside it (FNV-1a, its bits mixed once more).
pub(crate) fn hash(seed: u32, text: &str) -> u32 {
    let mut hash = 0x811c_9dc5 ^ seed;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^= hash >> 15;
    hash.wrapping_mul(0x2c1b_3c6d) ^ hash >> 13
}
