//! The table of services and data stores, as a reader sees it.
//!
//! [`CatalogView`] is what a reader chose, with one compact spelling that a page's address can carry.
//! [`Rows`] has one [`Row`] for each service and data store, computed once for a catalog and then only
//! for what evidence moved. [`Rows::arrange`] filters, counts, sorts and groups them. [`table`] spells
//! out what is shown, for [`csv`] and [`json`].

mod arrange;
mod choices;
mod export;
mod facets;
mod query;
mod row;
mod rows;
mod search;
mod sort;

pub use arrange::{Arranged, Line};
pub use choices::{Age, CellState, FACETS, Facet, Grouping, Layout, SortKey};
pub use export::{csv, json, table};
pub use query::CatalogView;
pub use row::Row;
pub use rows::Rows;
