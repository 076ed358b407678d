//! Finding rows by a text.
use std::sync::Arc;

use super::{Row, follow::mark};
use crate::index::{CatalogIndex, Placed, Segment};

/// Up to which part of the rows what has the text counts as few.
const FEW: usize = 8;

/// What a text was found in. A longer text is looked for there only.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What was looked for, in lower case.
    query: String,
    /// The numbers whose name or title has it.
    numbers: Vec<u32>,
    /// The places of the rows which have it, or which are related to what has it.
    pub(super) rows: Vec<u32>,
}

impl Found {
    /// Looks for a text, which is in lower case and not empty; `before` is what was found last.
    pub(super) fn new<'a>(index: &'a CatalogIndex, rows: &[Row], query: &str, before: Option<&Arc<Self>>) -> Self {
        let before = before.filter(|before| query.contains(&before.query));
        let mut marks = vec![false; index.numbers()];
        let mut numbers = Vec::new();
        let mut titles = Titles::default();
        let mut find = |number: u32, placed: Option<Placed<'a>>| {
            let mut is_titled = || placed.is_some_and(|placed| titles.has(placed, query));
            if has(index.named(number).1, query) || is_titled() {
                mark(&mut marks, number);
                numbers.push(number);
            }
        };
        match before {
            Some(before) => {
                for number in &before.numbers {
                    find(*number, index.placed(*number));
                }
            }
            None => {
                index.each(0, &mut |placed| find(placed.number(), Some(placed)));
                index.each_unplaced(&mut |number| find(number, None));
            }
        }
        // Of few it is asked what leads to them; of many, each row what it leads to.
        let are_few = numbers.len() < rows.len() / FEW;
        if are_few {
            numbers.iter().for_each(|number| index.each_to(*number, &mut |link| mark(&mut marks, link.from)));
        }
        let is_marked = |number: u32| marks.get(number as usize).copied().unwrap_or(false);
        let is_found = |row: &Row| {
            let mut is_found = is_marked(row.number);
            if !is_found && !are_few {
                index.each_from(row.number, &mut |link| is_found |= is_marked(link.to));
            }
            is_found
        };
        let rows = match before {
            Some(before) => {
                let row = |at: &u32| rows.get(*at as usize).is_some_and(is_found);
                before.rows.iter().copied().filter(row).collect::<Vec<_>>()
            }
            None => (0..).zip(rows).filter(|(_, row)| is_found(row)).map(|(at, _)| at).collect::<Vec<_>>(),
        };
        Self { query: query.to_owned(), numbers, rows }
    }

    /// Whether this is what is looked for.
    pub(super) fn is_of(&self, query: &str) -> bool {
        self.query == query
    }
}

/// What is known of the titles of one segment: many have the same words around their names.
#[derive(Default)]
struct Titles<'a> {
    segment: Option<&'a Segment>,
    /// By the number of a title, what those words say; [`UNKNOWN`] at first.
    known: Vec<u8>,
    text: String,
}

const UNKNOWN: u8 = 0;
/// The words have the query.
const ALWAYS: u8 = 1;
/// They have not, nor can it begin or end in them.
const NEVER: u8 = 2;
/// It depends on the name.
const SOMETIMES: u8 = 3;

impl<'a> Titles<'a> {
    /// Whether the title of an entity whose name does not have the query has it.
    fn has(&mut self, placed: Placed<'a>, query: &str) -> bool {
        let (segment, number) = placed.titled();
        // Most titles are the name itself.
        if number == 0 {
            return false;
        }
        if !self.segment.is_some_and(|before| core::ptr::eq(before, segment)) {
            self.segment = Some(segment);
            self.known.clear();
        }
        let number = number as usize;
        while self.known.len() <= number {
            self.known.push(UNKNOWN);
        }
        let Some(known) = self.known.get_mut(number) else { return false };
        let [before, name, behind] = placed.title();
        if *known == UNKNOWN {
            *known = around(before, behind, query);
        }
        match *known {
            ALWAYS => true,
            NEVER => false,
            _ => {
                self.text.clear();
                [before, name, behind].iter().for_each(|part| self.text.push_str(part));
                has(&self.text, query)
            }
        }
    }
}

/// What the words around a name say of a query.
fn around(before: &str, behind: &str, query: &str) -> u8 {
    if has(before, query) || has(behind, query) {
        return ALWAYS;
    }
    let (before, behind, query) = (before.as_bytes(), behind.as_bytes(), query.as_bytes());
    let is_plain = [before, behind, query].iter().all(|text| text.iter().all(|byte| *byte < 0x80));
    let begins = |at: &usize| {
        let (start, end) = query.split_at(*at);
        let tail = before.len().checked_sub(start.len()).and_then(|from| before.get(from..));
        tail.is_some_and(|tail| starts(tail, start)) || starts(behind, end)
    };
    if is_plain && !(1..query.len()).any(|at| begins(&at)) { NEVER } else { SOMETIMES }
}

/// Whether a text has another one in it, which is in lower case and not empty.
fn has(text: &str, query: &str) -> bool {
    let (bytes, query_bytes) = (text.as_bytes(), query.as_bytes());
    let Some(first) = query_bytes.first() else { return true };
    // A plain loop: it runs over every name and title of the catalog with a key that is pressed.
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x80 {
            return text.to_lowercase().contains(query);
        }
        if byte.to_ascii_lowercase() == *first && starts(bytes.get(at..).unwrap_or_default(), query_bytes) {
            return true;
        }
    }
    false
}

/// Whether a text starts with another one, which is in lower case.
fn starts(text: &[u8], query: &[u8]) -> bool {
    let part = text.get(..query.len());
    part.is_some_and(|part| part.iter().zip(query).all(|(one, wanted)| one.to_ascii_lowercase() == *wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_known_of_the_words_around_a_name_is_so(
            before in "[aAä-]{0,3}", name in "[ab]{1,3}", behind in "[aBä-]{0,3}", query in "[abä-]{1,4}",
        ) {
            let is_there = has(&[&*before, &*name, &*behind].concat(), &query);
            match around(&before, &behind, &query) {
                ALWAYS => prop_assert!(is_there),
                NEVER => prop_assert!(!is_there || has(&name, &query)),
                said => prop_assert_eq!(said, SOMETIMES),
            }
        }
    }
}
