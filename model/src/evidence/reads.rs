//! What a reader of the log looked at, so that it is told only of what concerns it.

use std::{
    hash::BuildHasher,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use rustc_hash::FxBuildHasher;

use crate::entity::EntityRef;

/// How many marks there are. Two entities share one in a page of forty once in twenty pages; the
/// reader is then told of both, which costs a drawing that changes nothing.
const MARKS: u64 = 16_384;
/// The words that hold them, and one more for what is no entity.
const WORDS: usize = MARKS as usize / 32 + 1;
/// In the last word: everything was looked at.
const EVERYTHING: u32 = 1;
/// In the last word: the announcements were looked at.
const ANNOUNCED: u32 = 2;

/// Marks of what was read through one handle of a log. Clones share them. Without marks
/// ([`Default`]) nothing is noted, and the reader counts as one that read everything.
#[derive(Clone, Debug, Default)]
pub struct Reads(Option<Arc<[AtomicU32]>>);

impl Reads {
    /// Marks for one reader, none set yet.
    #[must_use]
    pub fn marked() -> Self {
        Self(Some((0..WORDS).map(|_| AtomicU32::new(0)).collect()))
    }

    /// Forgets what was read: the reader begins anew.
    pub fn clear(&self) {
        self.0.iter().flat_map(|words| words.iter()).for_each(|word| word.store(0, Relaxed));
    }

    /// Notes that the evidence about an entity was read.
    pub(super) fn entity(&self, id: &EntityRef) {
        let (word, bit) = place(id);
        self.set(word, bit);
    }

    /// Notes that all evidence was read.
    pub(super) fn everything(&self) {
        self.set(WORDS - 1, EVERYTHING);
    }

    /// Notes that the announcements were read.
    pub(super) fn announced(&self) {
        self.set(WORDS - 1, ANNOUNCED);
    }

    /// Whether all evidence was read.
    pub(super) fn has_everything(&self) -> bool {
        self.0.is_none() || self.has(WORDS - 1, EVERYTHING)
    }

    /// Whether the announcements were read.
    pub(super) fn has_announced(&self) -> bool {
        self.has(WORDS - 1, ANNOUNCED)
    }

    /// Whether the evidence about an entity was read.
    pub(super) fn has_entity(&self, id: &EntityRef) -> bool {
        let (word, bit) = place(id);
        self.has(word, bit)
    }

    fn set(&self, word: usize, bit: u32) {
        if let Some(word) = self.0.as_ref().and_then(|words| words.get(word)) {
            word.store(word.load(Relaxed) | bit, Relaxed);
        }
    }

    fn has(&self, word: usize, bit: u32) -> bool {
        self.0.as_ref().and_then(|words| words.get(word)).is_some_and(|word| word.load(Relaxed) & bit != 0)
    }
}

/// The hash of an entity, by which its mark and its shard are found.
pub(super) fn hash(id: &EntityRef) -> u64 {
    FxBuildHasher.hash_one(id)
}

fn place(id: &EntityRef) -> (usize, u32) {
    let mark = (hash(id) >> 16) % MARKS;
    ((mark / 32) as usize, 1 << (mark % 32))
}
