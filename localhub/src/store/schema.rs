//! The tables, and how an older file becomes a current one.

use rusqlite::{Connection, TransactionBehavior};

use super::catalogs;
use crate::error::HubError;

/// How much of the file a connection keeps in memory, in KiB.
const CACHE_KIB: i64 = 16 * 1024;
/// How many statements a connection keeps ready: more than the store has.
const STATEMENTS: usize = 128;

/// Each step takes a file from the version of its position to the next.
const STEPS: &[&str] = &[
    "
    CREATE TABLE hub (slug TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE manifest (
        hub TEXT NOT NULL REFERENCES hub(slug), version TEXT NOT NULL, state TEXT NOT NULL,
        body TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL, activated_at TEXT,
        revision INTEGER PRIMARY KEY AUTOINCREMENT
    );
    CREATE UNIQUE INDEX manifest_active ON manifest(hub) WHERE state = 'active';
    CREATE UNIQUE INDEX manifest_draft ON manifest(hub, version) WHERE state = 'draft';
    CREATE TABLE widget (
        id TEXT PRIMARY KEY, hub TEXT NOT NULL REFERENCES hub(slug), name TEXT NOT NULL, kind TEXT NOT NULL,
        subject TEXT, title TEXT NOT NULL, view_context TEXT NOT NULL, created_at TEXT NOT NULL, position INTEGER NOT NULL,
        UNIQUE(hub, name)
    );
    CREATE TABLE event (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, hub TEXT NOT NULL REFERENCES hub(slug),
        widget_id TEXT NOT NULL REFERENCES widget(id), event_type TEXT NOT NULL, view_context TEXT,
        metadata TEXT NOT NULL, time TEXT NOT NULL, actor TEXT NOT NULL
    );
    CREATE INDEX event_by_hub ON event(hub, sequence DESC);
    CREATE TABLE idempotency (actor TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, event_id TEXT NOT NULL,
        PRIMARY KEY (actor, key));
    CREATE TABLE catalog (hub TEXT PRIMARY KEY REFERENCES hub(slug), etag TEXT NOT NULL, body BLOB NOT NULL);
    CREATE TABLE user (name TEXT PRIMARY KEY, password_hash TEXT NOT NULL);
    CREATE TABLE session (hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES user(name) ON DELETE CASCADE, ends_ms INTEGER NOT NULL);
    CREATE TABLE token (hash TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL);
", "
    ALTER TABLE hub ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE manifest ADD COLUMN supersedes TEXT;
    ALTER TABLE widget ADD COLUMN retired_at TEXT;
    CREATE INDEX manifest_by_hub ON manifest(hub, revision DESC);
    CREATE INDEX widget_by_hub ON widget(hub, position);
    CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, hub TEXT NOT NULL REFERENCES hub(slug), time TEXT NOT NULL,
        actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, etag TEXT
    );
    CREATE INDEX audit_by_hub ON audit(hub, sequence DESC);
", "
    CREATE TABLE catalog_head (hub TEXT PRIMARY KEY REFERENCES hub(slug), etag TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE catalog_said (hub TEXT PRIMARY KEY REFERENCES hub(slug), always TEXT NOT NULL, once TEXT NOT NULL,
        relations TEXT NOT NULL, gaps TEXT NOT NULL);
    CREATE TABLE catalog_part (
        hub TEXT NOT NULL REFERENCES hub(slug), position INTEGER NOT NULL, ref TEXT NOT NULL, is_head INTEGER NOT NULL,
        entity TEXT NOT NULL, relations TEXT NOT NULL, gaps TEXT NOT NULL, PRIMARY KEY (hub, position)
    ) WITHOUT ROWID;
    CREATE INDEX catalog_part_by_ref ON catalog_part(hub, ref, position);
    CREATE TABLE catalog_inbound (hub TEXT NOT NULL REFERENCES hub(slug), ref TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (hub, ref, position)) WITHOUT ROWID;
    CREATE INDEX event_by_widget ON event(widget_id, sequence DESC);
    CREATE INDEX event_by_type ON event(hub, event_type, sequence DESC);
    CREATE INDEX event_by_widget_and_type ON event(widget_id, event_type, sequence DESC);
    CREATE INDEX session_by_user ON session(user);
", "
    DROP TABLE catalog_head; DROP TABLE catalog_said; DROP TABLE catalog_part; DROP TABLE catalog_inbound;
    CREATE TABLE catalog_put (id INTEGER PRIMARY KEY, hub TEXT NOT NULL REFERENCES hub(slug), always TEXT NOT NULL,
        once TEXT NOT NULL, relations TEXT NOT NULL, gaps TEXT NOT NULL);
    CREATE TABLE catalog_head (hub TEXT PRIMARY KEY REFERENCES hub(slug), etag TEXT NOT NULL,
        put INTEGER NOT NULL UNIQUE REFERENCES catalog_put(id)) WITHOUT ROWID;
    CREATE TABLE catalog_piece (put INTEGER NOT NULL REFERENCES catalog_put(id), position INTEGER NOT NULL,
        bytes BLOB NOT NULL, PRIMARY KEY (put, position));
    CREATE TABLE catalog_part (
        put INTEGER NOT NULL REFERENCES catalog_put(id), position INTEGER NOT NULL, ref TEXT NOT NULL,
        is_head INTEGER NOT NULL, entity TEXT NOT NULL, relations TEXT NOT NULL, gaps TEXT NOT NULL,
        PRIMARY KEY (put, position)
    ) WITHOUT ROWID;
    CREATE INDEX catalog_part_by_ref ON catalog_part(put, ref, position);
    CREATE TABLE catalog_inbound (put INTEGER NOT NULL REFERENCES catalog_put(id), ref TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (put, ref, position)) WITHOUT ROWID;
    INSERT INTO catalog_put (hub, always, once, relations, gaps) SELECT hub, '', '', '', '' FROM catalog;
    INSERT INTO catalog_piece SELECT id, 0, body FROM catalog JOIN catalog_put USING (hub);
    DROP TABLE catalog;
"];

/// From this version on a catalog's parts are those of one put; an older file has brought its bytes alone here.
const BY_PUT: i64 = 4;

/// Sets the connection up and runs the missing steps, all of them or none.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), HubError> {
    tune(connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What a transaction reads holds until it has written, whichever process writes besides.
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let work = connection.transaction()?;
    let found: i64 = work.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(HubError::NewerDatabase { found, known });
    }
    for (version, step) in (1_i64..).zip(STEPS) {
        if version > found {
            work.execute_batch(step)?;
            work.pragma_update(None, "user_version", version)?;
        }
    }
    if found < BY_PUT {
        catalogs::put_anew(&work)?;
    }
    Ok(work.commit()?)
}

/// Sets up what any connection needs, also one that only reads.
pub(super) fn tune(connection: &Connection) -> Result<(), HubError> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "cache_size", CACHE_KIB.saturating_neg())?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}
