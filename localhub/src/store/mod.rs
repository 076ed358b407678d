//! The hub's memory: one SQLite file in WAL mode, written through one connection (`writer`), read
//! through others beside it (`readers`).
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
mod readers;
mod schema;
mod sql;
mod widgets;
mod writer;

use std::{path::Path, sync::Arc};

use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use self::{readers::Readers, writer::Writer};
use crate::error::HubError;

pub(crate) use access::Actor;
pub(crate) use audit::Author;
pub(crate) use catalogs::CatalogPage;
pub(crate) use events::{EventFilter, EventList, EventRow, NewEvent, Recorded, Target};
pub(crate) use hubs::{HubRow, hub_etag};
pub(crate) use manifests::Kept;
pub(crate) use page::{Page, Part};
pub(crate) use widgets::{NewWidget, WidgetRow, WidgetState};

/// The database. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    // They close first: of the connections the last to close writes all into the one file, and removes
    // those beside it, which one that only reads cannot.
    readers: Arc<Readers>,
    writer: Writer,
    /// Held while a catalog comes in: one at a time.
    catalogs: Arc<Mutex<()>>,
}

impl Store {
    /// Opens or makes the file, and brings its tables to this version.
    pub(crate) fn open(path: &Path) -> Result<Self, HubError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| HubError::Folder(folder.to_owned(), error))?;
        }
        let mut connection = Connection::open(path)?;
        schema::prepare(&mut connection)?;
        let readers = Arc::new(Readers::new(path.to_owned()));
        Ok(Self { readers, writer: Writer::start(connection)?, catalogs: Arc::default() })
    }

    /// Runs `work`, which only reads, off the async threads.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, HubError> {
        let _place = self.readers.place().await?;
        let readers = self.readers.clone();
        tokio::task::spawn_blocking(move || readers.read(work)).await.map_err(|_| HubError::Thread)?
    }

    /// Runs `work` as one commit, on the connection that writes; where it fails, nothing of it was done.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, HubError> {
        let alone = move |connection: &mut Connection| {
            let all = connection.transaction()?;
            let done = work(&all)?;
            all.commit()?;
            Ok(done)
        };
        self.writer.alone(alone).await
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
