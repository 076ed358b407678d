//! The order of the rows.

use std::{cmp::Reverse, sync::Arc};

use super::{Row, Rows, SortKey};

impl Rows {
    /// The places of all rows in the order of a key, or reversed. Rows that are equal keep the inventory's order
    /// either way.
    pub(super) fn in_order(&self, key: SortKey, reversed: bool) -> Arc<Vec<u32>> {
        self.sorted((key, reversed), || self.sort(key, reversed))
    }

    fn sort(&self, key: SortKey, reversed: bool) -> Vec<u32> {
        match key {
            SortKey::Inventory if reversed => self.places().rev().collect(),
            SortKey::Inventory => self.places().collect(),
            SortKey::Name => {
                let texts = self.texts();
                self.by(reversed, |row| texts.title(row.entity))
            }
            SortKey::Kind => self.by(reversed, |row| self.kind(row)),
            SortKey::Environment => self.by(reversed, |row| row.environment),
            SortKey::Standing => self.by(reversed, |row| Reverse(row.standing)),
            SortKey::Age => self.by(reversed, |row| Reverse(row.latest)),
            SortKey::Gaps => self.by(reversed, |row| Reverse(row.gaps)),
            _ => self.by(reversed, |row| key.question().map(|question| Reverse(row.cell(question)))),
        }
    }

    fn by<'a, K: Ord>(&'a self, reversed: bool, key: impl Fn(&'a Row) -> K) -> Vec<u32> {
        let key = |place: &u32| self.all().get(*place as usize).map(&key);
        let mut places: Vec<u32> = self.places().collect();
        if reversed {
            places.sort_by_cached_key(|place| Reverse(key(place)));
        } else {
            places.sort_by_cached_key(key);
        }
        places
    }

    fn places(&self) -> impl DoubleEndedIterator<Item = u32> + use<> {
        0..u32::try_from(self.all().len()).unwrap_or(u32::MAX)
    }
}
