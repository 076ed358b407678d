//! How SQLite goes about every statement of the store: each reads an index from where it begins.

use rusqlite::{Connection, types::Null};

use super::{access, audit, catalogs, events, hubs, manifests, schema, sql::Sql, widgets};

/// Whether a step of a plan reads a table from end to end, or sorts what it has read.
fn is_dear(step: &str) -> bool {
    step.starts_with("SCAN") || step.contains("TEMP B-TREE") || step.contains("AUTOMATIC")
}

/// The steps of a statement.
#[expect(clippy::expect_used, reason = "for tests")]
fn plan(connection: &Connection, text: &str) -> Vec<String> {
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).expect("a statement");
    let nulls = vec![Null; plan.parameter_count()];
    let steps = plan.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3)).expect("a plan");
    steps.collect::<Result<_, _>>().expect("steps")
}

#[expect(clippy::expect_used, reason = "for tests")]
fn database() -> Connection {
    let mut connection = Connection::open_in_memory().expect("a database");
    schema::prepare(&mut connection).expect("the tables");
    connection
}

fn all() -> impl Iterator<Item = (&'static str, &'static str, Sql)> {
    let modules: [(&str, &[(&str, Sql)]); 9] = [
        ("access", access::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("catalogs", catalogs::STATEMENTS),
        ("catalogs::read", catalogs::read::STATEMENTS),
        ("catalogs::stage", catalogs::stage::STATEMENTS),
        ("events", events::STATEMENTS),
        ("hubs", hubs::STATEMENTS),
        ("manifests", manifests::STATEMENTS),
        ("widgets", widgets::STATEMENTS),
    ];
    modules.into_iter().flat_map(|(module, all)| all.iter().map(move |(name, sql)| (module, *name, *sql)))
}

#[test]
fn every_statement_reads_an_index_from_where_it_begins() {
    let connection = database();
    let mut dear = Vec::new();
    for (module, name, sql) in all() {
        for step in plan(&connection, sql.0) {
            // The index of active manifests has one row a hub, and no other manifest.
            let is_small = step == "SCAN manifest USING INDEX manifest_active";
            if is_dear(&step) && !is_small {
                dear.push(format!("{module}: {name}: {step}"));
            }
        }
    }
    assert_eq!(dear, Vec::<String>::new());
}

#[test]
fn what_would_read_everything_or_sort_is_seen() {
    let connection = database();
    for text in [
        "SELECT id FROM event WHERE view_context = ?1",
        "SELECT id FROM event WHERE hub = ?1 ORDER BY time DESC LIMIT 5",
        "SELECT count(*) FROM event",
    ] {
        assert!(plan(&connection, text).iter().any(|step| is_dear(step)), "{text}");
    }
}

/// A statement that is written elsewhere would escape the test above.
#[test]
fn no_statement_is_run_that_is_not_declared() {
    let sources = [
        include_str!("access.rs"),
        include_str!("audit.rs"),
        include_str!("catalogs/mod.rs"),
        include_str!("catalogs/read.rs"),
        include_str!("catalogs/split.rs"),
        include_str!("catalogs/stage.rs"),
        include_str!("events.rs"),
        include_str!("hubs.rs"),
        include_str!("manifests.rs"),
        include_str!("readers.rs"),
        include_str!("widgets.rs"),
        include_str!("writer.rs"),
    ];
    let modules = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store")).into_iter().flatten().count();
    // Besides those above and the folder of catalogs: this file, the tables, pages, the module's own, `Sql`.
    assert_eq!(modules, sources.len() - 4 + 1 + 5, "a module is not looked into");
    for source in sources {
        for text in [".prepare", ".execute(\"", ".execute_batch(", ".query_row(\"", "query_one("] {
            assert!(!source.contains(text), "{text}");
        }
    }
}
