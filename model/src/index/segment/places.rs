//! Places of the inventory as one number each.

use crate::catalog::Source;

/// The mark of a place that stands in the list.
const LISTED: u32 = 1 << 31;

/// Places that are more than a line: most begin at its first column.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Vec<Source>);

impl Places {
    /// The number of a place.
    pub(super) fn pack(&mut self, source: Source) -> u32 {
        if source.column == 1 && source.line < LISTED {
            return source.line;
        }
        if self.0.last() != Some(&source) {
            self.0.push(source);
        }
        LISTED | (super::count(self.0.len()) - 1)
    }

    /// The place of a number.
    pub(super) fn get(&self, packed: u32) -> Source {
        match packed & LISTED {
            0 => Source { line: packed, column: 1 },
            _ => self.0.get((packed & !LISTED) as usize).copied().unwrap_or_default(),
        }
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<Source>()
    }

    /// Forgets all, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
