//! Rows in an order: prepared once a column, then read in either direction.

use core::cmp::Ordering;

use super::{CellState, Row, Rows, SortKey};
use crate::{index::counted, order, standing::Standing};

/// All rows in the order of a key.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Their places.
    rows: Vec<u32>,
    /// Which of them are equal to the one before.
    ties: Vec<bool>,
}

impl Sorted {
    /// Sorts rows by a key that is not the inventory's order.
    pub(super) fn new(rows: &Rows, key: SortKey) -> Self {
        let all = rows.all();
        let row = |at: usize| all.get(at);
        let most = all.iter().map(|row| row.gaps).max().unwrap_or(0);
        let rank = |row: &Row| match key {
            SortKey::Kind => rows.kind(row) as usize,
            SortKey::Environment => rows.environments.rank(row.environment),
            SortKey::Standing => Standing::Failing as usize - row.standing as usize,
            SortKey::Gaps => (most - row.gaps) as usize,
            _ => {
                let cell = key.question().map_or(CellState::Gap, |question| row.cell(question));
                CellState::Gap as usize - cell as usize
            }
        };
        match key {
            SortKey::Name => {
                let mut keys: Vec<(u64, u64)> = Vec::with_capacity(all.len());
                keys.extend(all.iter().map(|row| start(&rows.title(row))));
                compared(all.len(), &mut |a, b| {
                    let full = || match (row(a), row(b)) {
                        (Some(a), Some(b)) => lower(&rows.title(a)).cmp(lower(&rows.title(b))),
                        _ => Ordering::Equal,
                    };
                    keys.get(a).cmp(&keys.get(b)).then_with(full)
                })
            }
            SortKey::Age => compared(all.len(), &mut |a, b| rows.latest(b).cmp(&rows.latest(a))),
            _ => {
                let rank = |at: usize| row(at).map_or(0, rank);
                let ranks = (0..all.len()).map(rank).max().map_or(0, |most| most + 1);
                let sorted = counted(all.len(), ranks, &rank);
                Self::of(sorted, &mut |a, b| rank(a) == rank(b))
            }
        }
    }

    fn of(rows: Vec<u32>, is_same: &mut dyn FnMut(usize, usize) -> bool) -> Self {
        let mut before = None;
        let mut tied = |at: &u32| {
            let before = before.replace(*at);
            before.is_some_and(|before: u32| is_same(before as usize, *at as usize))
        };
        let mut ties = Vec::with_capacity(rows.len());
        ties.extend(rows.iter().map(&mut tied));
        Self { rows, ties }
    }

    /// The rows in order, or from its end: rows that are equal keep the inventory's order either way.
    pub(super) fn places(&self, is_reversed: bool) -> Vec<u32> {
        if !is_reversed {
            return self.rows.clone();
        }
        let mut places = Vec::with_capacity(self.rows.len());
        let mut end = self.rows.len();
        while end > 0 {
            let tied = self.ties.get(..end).unwrap_or_default().iter().rev().take_while(|tie| **tie).count();
            let start = end.saturating_sub(tied + 1);
            places.extend_from_slice(self.rows.get(start..end).unwrap_or_default());
            end = start;
        }
        places
    }
}

/// Sorted by a comparison.
fn compared(count: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Sorted {
    let mut places = Vec::with_capacity(count);
    places.extend(order::places(count, by).into_iter().map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
    Sorted::of(places, &mut |a, b| by(a, b).is_eq())
}

/// The bytes of a text in lower case.
fn lower(text: &str) -> impl Iterator<Item = u8> {
    let whole = (!text.is_ascii()).then(|| crate::lower::lower(text).into_bytes());
    let ascii = if whole.is_none() { text.as_bytes() } else { &[] };
    ascii.iter().map(u8::to_ascii_lowercase).chain(whole.into_iter().flatten())
}

/// The first 16 bytes of a text in lower case, as numbers that compare like it.
fn start(text: &str) -> (u64, u64) {
    let mut bytes = lower(text);
    let mut eight = || (0..8).fold(0, |sum, _| sum << 8 | u64::from(bytes.next().unwrap_or(0)));
    (eight(), eight())
}
