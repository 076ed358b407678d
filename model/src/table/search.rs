//! Finding rows by a text.

use memchr::memmem::Finder;

use super::Rows;
use crate::catalog::{CatalogIndex, EntityId};

/// The title and the name of everything that the catalog names, in lower case.
#[derive(Debug)]
pub(super) struct Texts {
    /// All texts, one after the other: the title, a line break and the name, or the name alone where the
    /// title is the same. One string, since a search runs through all of it.
    all: String,
    /// Where the text of each reference ends, by its number.
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn new(index: &CatalogIndex) -> Self {
        let (mut all, mut ends) = (String::new(), Vec::with_capacity(index.references()));
        for id in index.numbers() {
            let name = &index.reference(id).name;
            let title = index.entity_at(id).map(|entity| &*entity.title);
            if let Some(title) = title.filter(|title| !title.eq_ignore_ascii_case(name)) {
                push_lower(&mut all, title);
                all.push('\n');
            }
            push_lower(&mut all, name);
            ends.push(all.len());
        }
        Self { all, ends }
    }

    /// The text of a reference.
    fn of(&self, id: EntityId) -> &str {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or(0);
        let start = id.at().checked_sub(1).map_or(0, end);
        self.all.get(start..end(id.at())).unwrap_or_default()
    }

    /// The title of a reference.
    pub(super) fn title(&self, id: EntityId) -> &str {
        let text = self.of(id);
        text.split_once('\n').map_or(text, |(title, _)| title)
    }
}

/// Appends a text in lower case. Most texts are ASCII and need no string of their own for that.
fn push_lower(to: &mut String, text: &str) {
    if text.is_ascii() {
        let start = to.len();
        to.push_str(text);
        to[start..].make_ascii_lowercase();
    } else {
        to.push_str(&text.to_lowercase());
    }
}

/// In what a text was found.
#[derive(Debug)]
pub(super) struct Found {
    /// What was looked for, in lower case.
    pub(super) query: String,
    /// The references whose title or name has it.
    references: Vec<EntityId>,
    /// The places of the rows that have it, or that lead to what has it.
    pub(super) rows: Vec<u32>,
}

impl Found {
    /// Looks for a text, which is in lower case and not empty. What has a longer text has the shorter one too:
    /// where `before` was found by a part of the text, this looks only there.
    pub(super) fn new(rows: &Rows, texts: &Texts, query: &str, before: Option<&Self>) -> Self {
        let (index, finder) = (&rows.index, Finder::new(query));
        let has = |id: &EntityId| finder.find(texts.of(*id).as_bytes()).is_some();
        let before = before.filter(|before| query.contains(&before.query));
        let references: Vec<EntityId> = match before {
            Some(before) => before.references.iter().copied().filter(has).collect(),
            None => index.numbers().filter(has).collect(),
        };
        let mut is_found = vec![false; index.references()];
        for id in &references {
            is_found[id.at()] = true;
        }
        let has_row = |place: &u32| {
            let Some(row) = rows.all().get(*place as usize) else { return false };
            is_found[row.entity.at()] || index.edges_from(row.entity).any(|(_, to)| is_found[to.at()])
        };
        let rows = match before {
            Some(before) => before.rows.iter().copied().filter(has_row).collect(),
            None => (0..).take(rows.all().len()).filter(has_row).collect(),
        };
        Self { query: query.to_owned(), references, rows }
    }
}
