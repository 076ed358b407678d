//! The outbox's file.

use std::path::{Path, PathBuf};

use miette::{Result, miette};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};

/// Each step takes a file from the version of its position to the next.
const STEPS: &[&str] = &["
    CREATE TABLE event (
        key TEXT PRIMARY KEY, hub TEXT NOT NULL, slug TEXT NOT NULL, event_type TEXT NOT NULL,
        subject TEXT NOT NULL, metadata TEXT NOT NULL, observed_at TEXT NOT NULL, body TEXT,
        state TEXT NOT NULL, reason TEXT NOT NULL, attempts INTEGER NOT NULL
    );
    CREATE INDEX event_of_hub ON event(hub, slug, key);
    CREATE TABLE known (hub TEXT NOT NULL, slug TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (hub, slug));
"];

/// Why an event is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It was not sent yet, or no answer came.
    Waiting,
    /// The hub blocks it until event type and widget are registered.
    Blocked,
    /// The hub does not take it as it is.
    Refused,
}

impl State {
    /// Its word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Blocked => "blocked",
            Self::Refused => "refused",
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Blocked, Self::Refused].into_iter().find(|state| state.as_str() == text).unwrap_or(Self::Waiting)
    }
}

/// An event that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The idempotency key; keys sort by time.
    pub(crate) key: String,
    /// The hub's address.
    pub(crate) hub: String,
    /// The hub's name in addresses.
    pub(crate) slug: String,
    /// The type of event.
    pub(crate) event_type: String,
    /// The entity that it is about.
    pub(crate) subject: String,
    /// What was observed.
    pub(crate) metadata: Map<String, Value>,
    /// When, RFC 3339, UTC.
    pub(crate) observed_at: String,
    /// The body as it was sent, where an answer is still open.
    pub(crate) body: Option<Value>,
    /// Why it is kept.
    pub(crate) state: State,
    /// In words.
    pub(crate) reason: String,
    /// How often it was sent.
    pub(crate) attempts: u32,
}

/// An open outbox.
#[derive(Debug)]
pub(crate) struct Outbox {
    connection: Connection,
    path: PathBuf,
}

impl Outbox {
    /// Opens the file, and makes it where it is missing. Only its owner may read it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let failed = |error: &dyn std::fmt::Display| {
            let cure = "name another file with --outbox, or in OPS_HUB_OUTBOX";
            miette!(help = cure, "the outbox {} cannot be opened: {error}", path.display())
        };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        }
        let mut options = std::fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(|error| failed(&error))?;
        let connection = Connection::open(path).map_err(|error| failed(&error))?;
        let found: i64 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|error| failed(&error))?;
        if usize::try_from(found).is_ok_and(|found| found > STEPS.len()) {
            return Err(failed(&format!("it has version {found} and was written by a newer program")));
        }
        prepare(&connection).map_err(|error| failed(&error))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Keeps an event.
    pub(crate) fn keep(&self, event: &Kept) -> Result<()> {
        let sql = "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8, ?9, ?10)";
        let metadata = Value::Object(event.metadata.clone()).to_string();
        let values = params![
            event.key,
            event.hub,
            event.slug,
            event.event_type,
            event.subject,
            metadata,
            event.observed_at,
            event.state.as_str(),
            event.reason,
            event.attempts
        ];
        self.connection.execute(sql, values).map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// What is kept, oldest first; of one hub where one is named.
    pub(crate) fn kept(&self, of: Option<(&str, &str)>) -> Result<Vec<Kept>> {
        let (hub, slug) = of.unzip();
        let sql = "SELECT key, hub, slug, event_type, subject, metadata, observed_at, body, state, reason, attempts \
                   FROM event WHERE (?1 IS NULL OR hub = ?1) AND (?2 IS NULL OR slug = ?2) ORDER BY key";
        let read = || {
            let mut query = self.connection.prepare_cached(sql)?;
            query.query_map(params![hub, slug], row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed(&error))
    }

    /// Notes the body that is sent now, before it is: whether it arrives is open until there is an answer.
    pub(crate) fn sending(&self, key: &str, body: &Value) -> Result<()> {
        let sql = "UPDATE event SET body = ?2, attempts = attempts + 1 WHERE key = ?1";
        self.connection.execute(sql, [key, &body.to_string()]).map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// Notes why an event stays. Where the hub has answered, it has not recorded it, and the next
    /// body may be another.
    pub(crate) fn stays(&self, key: &str, state: State, reason: &str, answered: bool) -> Result<()> {
        let sql =
            "UPDATE event SET state = ?2, reason = ?3, body = CASE WHEN ?4 THEN NULL ELSE body END WHERE key = ?1";
        let values = params![key, state.as_str(), reason, answered];
        self.connection.execute(sql, values).map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// Takes an event out; `false` where it was not there.
    pub(crate) fn remove(&self, key: &str) -> Result<bool> {
        let sql = "DELETE FROM event WHERE key = ?1";
        self.connection.execute(sql, [key]).map(|count| count > 0).map_err(|error| self.failed(&error))
    }

    /// Remembers what a hub said.
    pub(crate) fn remember(&self, hub: &str, slug: &str, body: &Value) -> Result<()> {
        let sql = "INSERT INTO known VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET body = ?3";
        self.connection.execute(sql, [hub, slug, &body.to_string()]).map(|_| ()).map_err(|error| self.failed(&error))
    }

    /// What a hub said last.
    pub(crate) fn remembered(&self, hub: &str, slug: &str) -> Result<Option<Value>> {
        let sql = "SELECT body FROM known WHERE hub = ?1 AND slug = ?2";
        let body: Option<String> = self
            .connection
            .query_row(sql, [hub, slug], |row| row.get(0))
            .optional()
            .map_err(|error| self.failed(&error))?;
        Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
    }

    fn failed(&self, error: &rusqlite::Error) -> miette::Report {
        miette!("the outbox {}: {error}", self.path.display())
    }
}

/// Sets the connection up and runs the missing steps, each whole or not at all.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (version, step) in (1_i64..).zip(STEPS) {
        if version > found {
            connection.execute_batch(&format!("{step} PRAGMA user_version = {version};"))?;
        }
    }
    connection.execute_batch("COMMIT")
}

fn row(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let (metadata, body, state): (String, Option<String>, String) = (row.get(5)?, row.get(7)?, row.get(8)?);
    Ok(Kept {
        key: row.get(0)?,
        hub: row.get(1)?,
        slug: row.get(2)?,
        event_type: row.get(3)?,
        subject: row.get(4)?,
        metadata: serde_json::from_str(&metadata).unwrap_or_default(),
        observed_at: row.get(6)?,
        body: body.and_then(|body| serde_json::from_str(&body).ok()),
        state: State::parse(&state),
        reason: row.get(9)?,
        attempts: row.get(10)?,
    })
}
