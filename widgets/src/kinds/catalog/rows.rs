//! The rows of the catalog, and how the reader's view arranges them.

use std::sync::Arc;

use leptos::prelude::*;
use ops_model::{
    CatalogIndex, EntityRef, Standing, Timestamp,
    table::{Arranged, CatalogView, Layout, Line, Rows},
};

use super::query::Query;
use crate::hub::use_hub;

/// The rows, and the state of the hub that they were made from. Two are equal if they share their rows.
#[derive(Clone)]
pub(super) struct CatalogRows {
    catalog: Arc<CatalogIndex>,
    generation: u64,
    now: Timestamp,
    pub rows: Arc<Rows>,
}

impl PartialEq for CatalogRows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows)
    }
}

impl CatalogRows {
    /// Whether these rows can be brought up to date: they are of the same catalog, and of no later evidence.
    fn can_be_followed(&self, catalog: &Arc<CatalogIndex>, generation: u64) -> bool {
        Arc::ptr_eq(&self.catalog, catalog) && self.generation <= generation
    }
}

/// A memo of the rows. After an event, or when time passes, only the rows that this concerns are made again.
pub(super) fn use_rows() -> Memo<CatalogRows> {
    let hub = use_hub();
    Memo::new(move |before: Option<&CatalogRows>| {
        let catalog = hub.catalog.get();
        hub.with(|context| {
            let (generation, now) = (context.log.generation(), context.now);
            let rows = match before.filter(|before| before.can_be_followed(&catalog, generation)) {
                Some(before) => before.rows.follow(context, &context.log.moved(before.generation, before.now, now)),
                None => Arc::new(Rows::new(context)),
            };
            CatalogRows { catalog, generation, now, rows }
        })
    })
}

/// A line of the grid, as what is drawn of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GridLine {
    /// The start of a group: its value and its number of rows.
    Group(String, usize),
    /// A service or data store.
    Row(EntityRef, Standing),
}

/// The rows as the reader's view arranges them. Two are equal if they share both.
#[derive(Clone)]
pub(super) struct Arrangement {
    pub rows: Arc<Rows>,
    pub arranged: Arc<Arranged>,
}

impl PartialEq for Arrangement {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) && Arc::ptr_eq(&self.arranged, &other.arranged)
    }
}

impl Arrangement {
    /// The line at a place.
    pub fn line(&self, at: usize) -> Option<GridLine> {
        Some(match self.arranged.line(at)? {
            Line::Group(value, count) => GridLine::Group(value.to_owned(), count),
            Line::Row(place) => {
                let row = self.rows.all().get(place)?;
                GridLine::Row(self.rows.id(row).clone(), row.standing)
            }
        })
    }

    /// The line of an entity.
    pub fn line_of(&self, entity: &EntityRef) -> Option<usize> {
        self.arranged.line_of(self.rows.place(entity)?)
    }
}

/// A memo of the arrangement: one pass over the rows for each change of what is searched, chosen, sorted or
/// grouped. Nothing is arranged while nobody reads it.
pub(super) fn use_arrangement(rows: Memo<CatalogRows>, query: Query) -> Memo<Arrangement> {
    // Neither columns nor layout move a row.
    let view = query.part(|view| CatalogView { hidden: Vec::new(), layout: Layout::Table, ..view.clone() });
    Memo::new(move |_| {
        let rows = rows.read().rows.clone();
        let arranged = Arc::new(rows.arrange(&view.read()));
        Arrangement { rows, arranged }
    })
}
