//! Connections that only read, beside the one that writes: in WAL mode neither waits for the other.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    thread,
};

use rusqlite::{Connection, OpenFlags, Transaction};
use tokio::sync::Semaphore;

use super::schema;
use crate::error::HubError;

/// The connections of one file, made when they are needed.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// How many may read at once.
    places: Semaphore,
}

impl Readers {
    /// The readers of a file that is there already; twice as many at once as the machine has cores.
    pub(super) fn new(path: PathBuf) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { path, idle: Mutex::default(), places: Semaphore::new(cores.saturating_mul(2).max(4)) }
    }

    /// Waits until one more may read; what this gives is held while it does.
    pub(super) async fn place(&self) -> Result<tokio::sync::SemaphorePermit<'_>, HubError> {
        self.places.acquire().await.map_err(|_| HubError::Thread)
    }

    /// Runs `work` on one state of the database, which no write changes meanwhile.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, HubError>) -> Result<T, HubError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = idle.map_or_else(|| self.open(), Ok)?;
        let done = work(&connection.transaction()?);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        done
    }

    fn open(&self) -> Result<Connection, HubError> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        schema::tune(&connection)?;
        Ok(connection)
    }
}
