//! Where what belongs to each entity of a segment begins, in about six bytes an entity.

/// What is said of an entity in a number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// Its number in the index.
    Number,
    /// The number of its title.
    Title,
    /// Its first fact.
    Facts,
    /// Its first relation.
    Links,
    /// Its first gap.
    Gaps,
    /// Where it stands in the inventory.
    Place,
}

/// All of them.
pub(super) type Spot = [u32; 6];

/// How many entities share the numbers from which theirs are counted.
const TOGETHER: usize = 32;

/// Entities that lie together: the numbers from which theirs are counted, where their bytes begin, and where
/// those of each column end among the bytes of one entity. What is beyond takes as many as it needs.
#[derive(Clone, Copy, Debug)]
struct Group {
    base: Spot,
    start: u32,
    ends: [u8; 6],
}

/// The entities of a segment and its end, in their order. What belongs to one begins here and ends where
/// that of the next one begins: neighbours differ by little.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    groups: Vec<Group>,
    bytes: Vec<u8>,
    len: usize,
}

impl Records {
    /// From the entities and the end of them.
    pub(super) fn of(spots: &[Spot]) -> Self {
        let mut groups = Vec::with_capacity(spots.len().div_ceil(TOGETHER));
        let mut size = 0;
        for together in spots.chunks(TOGETHER) {
            let mut group = Group { base: [u32::MAX; 6], start: super::count(size), ends: [0; 6] };
            let mut end = 0;
            for column in 0..6 {
                let mut most = 0;
                for spot in together {
                    group.base[column] = group.base[column].min(spot[column]);
                    most = most.max(spot[column]);
                }
                end += 4 - (most - group.base[column]).leading_zeros() / 8;
                group.ends[column] = end as u8;
            }
            size += together.len() * end as usize;
            groups.push(group);
        }
        let mut bytes = Vec::with_capacity(size);
        for (at, spot) in spots.iter().enumerate() {
            let Some(group) = groups.get(at / TOGETHER) else { break };
            let mut width = 0;
            for (column, one) in spot.iter().enumerate() {
                let mut beyond = one - group.base[column];
                while width < group.ends[column] {
                    bytes.push(beyond as u8);
                    beyond >>= 8;
                    width += 1;
                }
            }
        }
        Self { groups, bytes, len: spots.len() }
    }

    /// How many entities there are.
    pub(super) const fn len(&self) -> usize {
        self.len.saturating_sub(1)
    }

    /// What is said of the entity at a place, or of the end.
    pub(super) fn get(&self, at: usize, column: Column) -> Option<u32> {
        if at >= self.len {
            return None;
        }
        let (group, nth) = (self.groups.get(at / TOGETHER)?, column as usize);
        let of_entity = |column: usize| group.ends.get(column).map_or(0, |end| usize::from(*end));
        let own = group.start as usize + at % TOGETHER * of_entity(5);
        let start = nth.checked_sub(1).map_or(0, of_entity);
        let bytes = self.bytes.get(own + start..own + of_entity(nth))?;
        let beyond = bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        Some(group.base.get(nth)? + beyond)
    }

    /// From where to where something of the entity at a place goes.
    pub(super) fn range(&self, at: usize, column: Column) -> core::ops::Range<usize> {
        let start = self.get(at, column).unwrap_or(0) as usize;
        start..self.get(at + 1, column).map_or(start, |end| end as usize)
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        self.groups.capacity() * size_of::<Group>() + self.bytes.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_is_there(spots in prop::collection::vec(any::<[u32; 6]>(), 0..80), shift in 0_u32..32) {
            let spots: Vec<Spot> = spots.into_iter().map(|spot| spot.map(|one| one >> shift)).collect();
            let records = Records::of(&spots);
            prop_assert_eq!(records.len(), spots.len().saturating_sub(1));
            let columns = [Column::Number, Column::Title, Column::Facts, Column::Links, Column::Gaps, Column::Place];
            for at in 0..spots.len() + 40 {
                let found = columns.map(|column| records.get(at, column));
                prop_assert_eq!(found, [0, 1, 2, 3, 4, 5].map(|nth: usize| spots.get(at).map(|spot| spot[nth])));
            }
        }
    }
}
