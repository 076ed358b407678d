//! What can go wrong before the hub answers requests.

use std::{net::SocketAddr, path::PathBuf};

/// Why the hub could not be opened, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The port is taken.
    #[error("port {port} on {host} is in use; choose another with --listen or --port", port = .0.port(), host = .0.ip())]
    PortTaken(SocketAddr),
    /// The address cannot be listened on for another reason.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The database's folder cannot be made.
    #[error("cannot make the database's folder {0}: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    /// The database was written by a newer version.
    #[error(
        "the database has version {found}, this hub knows versions up to {known}: use a newer hub, or another file with --db"
    )]
    NewerDatabase {
        /// The version in the file.
        found: i64,
        /// The version that this code writes.
        known: i64,
    },
    /// The hub and its contract do not fit together.
    #[error("the hub's contract: {0}")]
    Contract(String),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A commit of several writes failed: none of them was done.
    #[error("database: {0}")]
    Commit(String),
    /// A catalog that the hub keeps is none.
    #[error("the catalog: {0}")]
    Catalog(#[source] serde_json::Error),
    /// A manifest to fill a database with is none.
    #[error("the manifest: {0}")]
    Manifest(#[source] serde_json::Error),
    /// A page could not be compressed.
    #[error("cannot compress a page: {0}")]
    Encode(#[source] std::io::Error),
    /// A password could not be hashed.
    #[error("cannot hash the password: {0}")]
    Password(String),
    /// The server stopped.
    #[error("the server stopped: {0}")]
    Server(#[source] std::io::Error),
    /// A thread of the database ended early.
    #[error("the database's thread ended early")]
    Thread,
}
