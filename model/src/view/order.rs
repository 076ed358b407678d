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
                let mut starts: Vec<Start> = Vec::with_capacity(all.len());
                starts.extend(all.iter().map(|row| start(&rows.title(row))));
                named(&starts, &|at| row(at).map(|row| rows.title(row).to_lowercase()).unwrap_or_default())
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

/// The first 16 bytes of a name in lower case, as numbers that compare like it.
type Start = (u64, u64);

/// So many bits of a name's start are sorted by at a time.
const DIGIT: u32 = 16;
/// Of fewer rows than this all are compared: the counts have a number for each digit that there can be.
const MANY: usize = 4096;

/// Sorted by names: their starts, and the whole name in lower case of what is at a place. Of many rows the starts
/// are not compared but counted, digit by digit from the last; only rows of which they are the same are compared.
fn named(starts: &[Start], whole: &dyn Fn(usize) -> String) -> Sorted {
    let start_at = |at: usize| starts.get(at).copied().unwrap_or_default();
    if starts.len() < MANY {
        let by = &mut |a, b| start_at(a).cmp(&start_at(b)).then_with(|| whole(a).cmp(&whole(b)));
        return compared(starts.len(), by);
    }
    let mut places: Vec<u32> = (0..).take(starts.len()).collect();
    for digit in 0..2 * u64::BITS / DIGIT {
        let bits = |nth: usize| {
            let (first, second) = places.get(nth).map(|at| start_at(*at as usize)).unwrap_or_default();
            let half = if digit < u64::BITS / DIGIT { second } else { first };
            (half >> (digit * DIGIT % u64::BITS)) as usize & ((1 << DIGIT) - 1)
        };
        let moved = counted(places.len(), 1 << DIGIT, &bits);
        places = moved.into_iter().filter_map(|nth| places.get(nth as usize).copied()).collect::<Vec<_>>();
    }
    let mut sorted = Sorted { rows: Vec::with_capacity(places.len()), ties: Vec::with_capacity(places.len()) };
    for alike in places.chunk_by(|a, b| start_at(*a as usize) == start_at(*b as usize)) {
        if let [one] = alike {
            sorted.rows.push(*one);
            sorted.ties.push(false);
            continue;
        }
        let mut names: Vec<(String, u32)> = alike.iter().map(|at| (whole(*at as usize), *at)).collect();
        names.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut before = None;
        for (name, at) in names {
            sorted.rows.push(at);
            sorted.ties.push(before.as_ref() == Some(&name));
            before = Some(name);
        }
    }
    sorted
}

/// Sorted by a comparison.
fn compared(count: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Sorted {
    let mut places = Vec::with_capacity(count);
    places.extend(order::places(count, by).into_iter().map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
    Sorted::of(places, &mut |a, b| by(a, b).is_eq())
}

fn start(text: &str) -> Start {
    let lowered;
    let bytes = if text.is_ascii() {
        text.as_bytes()
    } else {
        lowered = text.to_lowercase();
        lowered.as_bytes()
    };
    let mut first = [0; 16];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
    }
    let halves = first.as_chunks().0;
    let half = |nth: usize| halves.get(nth).copied().map(u64::from_be_bytes).unwrap_or_default();
    (half(0), half(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_in_the_order_of_few() {
        // Some begin alike for longer than a start, some are the same but for their case, one has no letter.
        let words =
            ["Gitea", "gitea", "Übersicht", "a", "", "railiance-production-database", "railiance-production-web"];
        let name = |at: usize| {
            let word = words[at * 7 % words.len()];
            if at.is_multiple_of(3) { word.to_owned() } else { format!("{word} {}", at * 7919 % 5000) }
        };
        let names: Vec<String> = (0..MANY + 100).map(name).collect();
        let starts: Vec<Start> = names.iter().map(|name| start(name)).collect();
        let sorted = named(&starts, &|at| names[at].to_lowercase());
        let mut plain: Vec<u32> = (0..).take(names.len()).collect();
        plain.sort_by_key(|at| names[*at as usize].to_lowercase());
        assert_eq!(sorted.rows, plain);
        for (nth, tie) in sorted.ties.iter().enumerate().skip(1) {
            let [before, here] = [plain[nth - 1], plain[nth]].map(|at| names[at as usize].to_lowercase());
            assert_eq!(*tie, before == here, "{before} and {here}");
        }
    }
}
