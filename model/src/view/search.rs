//! Finding rows by a text.

use crate::gather::Gather;
use std::sync::Arc;

use super::Row;
use crate::index::CatalogIndex;

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
    pub(super) fn new(index: &CatalogIndex, rows: &[Row], query: &str, before: Option<&Arc<Self>>) -> Self {
        let before = before.filter(|before| query.contains(&before.query));
        let mut marks = vec![false; index.numbers()];
        let mut numbers = Vec::new();
        let mut find = |number: u32, title: &str| {
            let (_, name) = index.named(number);
            // Many titles are the name itself.
            if (has(name, query) || !core::ptr::eq(name, title) && has(title, query))
                && let Some(mark) = marks.get_mut(number as usize)
            {
                *mark = true;
                numbers.push(number);
            }
        };
        match before {
            Some(before) => {
                for number in &before.numbers {
                    find(*number, index.placed(*number).map_or("", |placed| placed.title()));
                }
            }
            None => {
                index.each(0, &mut |placed| find(placed.number(), placed.title()));
                index.each_unplaced(&mut |number| find(number, ""));
            }
        }
        let is_marked = |number: u32| marks.get(number as usize).copied().unwrap_or(false);
        let is_found = |row: &Row| {
            let mut is_found = is_marked(row.number);
            if !is_found {
                index.each_from(row.number, &mut |link| is_found |= is_marked(link.to));
            }
            is_found
        };
        let rows = match before {
            Some(before) => {
                let row = |at: &u32| rows.get(*at as usize).is_some_and(is_found);
                before.rows.iter().copied().filter(row).gathered()
            }
            None => (0..).zip(rows).filter(|(_, row)| is_found(row)).map(|(at, _)| at).gathered(),
        };
        Self { query: query.to_owned(), numbers, rows }
    }

    /// Whether this is what is looked for.
    pub(super) fn is_of(&self, query: &str) -> bool {
        self.query == query
    }
}

/// Whether a text has another one in it, which is in lower case and not empty.
fn has(text: &str, query: &str) -> bool {
    let (bytes, query_bytes) = (text.as_bytes(), query.as_bytes());
    let Some(first) = query_bytes.first() else { return true };
    // A plain loop: it runs over every name and title of the catalog with a key that is pressed.
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x80 {
            return crate::lower::lower(text).contains(query);
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
