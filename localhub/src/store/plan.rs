//! How SQLite goes about a query, for tests that hold it to its indexes.

use std::sync::PoisonError;

use super::Store;

/// The steps of a query on an empty database of this version.
#[expect(clippy::expect_used, reason = "for tests")]
pub(super) fn plan(query: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("hub.sqlite")).expect("a database");
    let connection = store.connection.lock().unwrap_or_else(PoisonError::into_inner);
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).expect("a query");
    let nulls = vec![rusqlite::types::Null; plan.parameter_count()];
    let steps = plan.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3)).expect("a plan");
    steps.collect::<Result<_, _>>().expect("steps")
}
