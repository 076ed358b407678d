//! Where what belongs to each entity of a segment begins, in twelve bytes an entity.

/// What is said of an entity in a number.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// Its number in the index.
    Number,
    /// Where its title begins, doubled; odd where the title is the entity's name.
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

/// The entities of a segment and its end, in their order. What belongs to one begins here and ends where
/// that of the next one begins: neighbours differ by little.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    bases: Vec<Spot>,
    beyond: Vec<[u16; 6]>,
    /// All in full where one differs from its neighbours by more than fits.
    wide: Vec<Spot>,
}

impl Records {
    /// From the entities and the end of them.
    pub(super) fn of(spots: Vec<Spot>) -> Self {
        let mut records = Self {
            bases: Vec::with_capacity(spots.len().div_ceil(TOGETHER)),
            beyond: Vec::with_capacity(spots.len()),
            wide: Vec::new(),
        };
        for together in spots.chunks(TOGETHER) {
            let mut base = [u32::MAX; 6];
            for spot in together {
                base.iter_mut().zip(spot).for_each(|(base, one)| *base = (*base).min(*one));
            }
            for spot in together {
                let mut beyond = [0; 6];
                for ((beyond, base), one) in beyond.iter_mut().zip(base).zip(spot) {
                    let Ok(fits) = u16::try_from(*one - base) else { return Self { wide: spots, ..Self::default() } };
                    *beyond = fits;
                }
                records.beyond.push(beyond);
            }
            records.bases.push(base);
        }
        records
    }

    /// How many entities there are.
    pub(super) const fn len(&self) -> usize {
        (self.beyond.len() + self.wide.len()).saturating_sub(1)
    }

    /// What is said of the entity at a place, or of the end.
    pub(super) fn get(&self, at: usize, column: Column) -> Option<u32> {
        let nth = column as usize;
        if let Some(base) = self.bases.get(at / TOGETHER) {
            return Some(*base.get(nth)? + u32::from(*self.beyond.get(at)?.get(nth)?));
        }
        self.wide.get(at)?.get(nth).copied()
    }

    /// From where to where something of the entity at a place goes.
    pub(super) fn range(&self, at: usize, column: Column) -> core::ops::Range<usize> {
        let start = self.get(at, column).unwrap_or(0) as usize;
        start..self.get(at + 1, column).map_or(start, |end| end as usize)
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        (self.bases.capacity() + self.wide.capacity()) * size_of::<Spot>() + self.beyond.capacity() * 12
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
            let records = Records::of(spots.clone());
            prop_assert_eq!(records.len(), spots.len().saturating_sub(1));
            let columns = [Column::Number, Column::Title, Column::Facts, Column::Links, Column::Gaps, Column::Place];
            for at in 0..spots.len() + 40 {
                let found = columns.map(|column| records.get(at, column));
                prop_assert_eq!(found, [0, 1, 2, 3, 4, 5].map(|nth: usize| spots.get(at).map(|spot| spot[nth])));
            }
        }
    }
}
