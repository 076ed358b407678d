//! The hub's memory: one SQLite file in WAL mode, written through one connection.
//!
//! A write is acknowledged after SQLite has synced it (`synchronous = FULL`): an accepted event
//! survives a kill.

mod access;
mod audit;
mod catalogs;
mod events;
mod hubs;
mod manifests;
mod page;
#[cfg(test)]
mod plan;
mod schema;
mod widgets;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::error::HubError;

pub(crate) use access::Actor;
pub(crate) use audit::Author;
pub(crate) use events::{NewEvent, Recorded};
pub(crate) use hubs::{HubRow, hub_etag};
pub(crate) use manifests::Kept;
pub(crate) use page::{Page, Part};
pub(crate) use widgets::{NewWidget, WidgetRow, WidgetState};

/// The database. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens or makes the file, and brings its tables to this version.
    pub(crate) fn open(path: &Path) -> Result<Self, HubError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| HubError::Folder(folder.to_owned(), error))?;
        }
        let mut connection = Connection::open(path)?;
        schema::prepare(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Runs `work` with the connection, off the async threads.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, HubError> {
        let connection = self.connection.clone();
        let task = tokio::task::spawn_blocking(move || {
            // A panic while the lock was held leaves SQLite itself whole: its transaction rolled back.
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        });
        task.await.map_err(|_| HubError::Thread)?
    }
}

/// SHA-256 as lower-case hexadecimal.
pub(crate) fn digest(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes.as_ref()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A strong ETag of a representation, quotes included.
pub(crate) fn etag(of: impl AsRef<[u8]>) -> String {
    let digest = digest(of);
    format!("\"{}\"", digest.get(..32).unwrap_or(&digest))
}
