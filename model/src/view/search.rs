//! Finding rows by a text.

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
            if (has(name, query) || has(title, query))
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
                index.all_placed(0).for_each(|placed| find(placed.number(), placed.title()));
                index.unplaced().for_each(|number| find(number, ""));
            }
        }
        let is_marked = |number: u32| marks.get(number as usize).copied().unwrap_or(false);
        let is_found = |row: &Row| {
            is_marked(row.number)
                || if index.is_mixed {
                    index.links_from(row.number).any(|link| is_marked(link.to))
                } else {
                    index.placed(row.number).is_some_and(|placed| placed.links().iter().any(|link| is_marked(link.to)))
                }
        };
        let rows = match before {
            Some(before) => {
                let row = |at: &u32| rows.get(*at as usize).is_some_and(is_found);
                before.rows.iter().copied().filter(row).collect()
            }
            None => (0..).zip(rows).filter(|(_, row)| is_found(row)).map(|(at, _)| at).collect(),
        };
        Self { query: query.to_owned(), numbers, rows }
    }

    /// Whether this is what is looked for.
    pub(super) fn is_of(&self, query: &str) -> bool {
        self.query == query
    }
}

/// Whether a text has another one in it, which is in lower case.
fn has(text: &str, query: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(query);
    }
    let (text, query) = (text.as_bytes(), query.as_bytes());
    let Some((first, rest)) = query.split_first() else { return true };
    let mut text = text;
    while text.len() >= query.len() {
        let Some((one, after)) = text.split_first() else { return false };
        if one.to_ascii_lowercase() == *first && rest.iter().zip(after).all(|(a, b)| *a == b.to_ascii_lowercase()) {
            return true;
        }
        text = after;
    }
    false
}
