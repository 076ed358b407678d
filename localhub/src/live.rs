//! What open event streams are told.

use std::sync::Arc;

use ops_model::Timestamp;

/// One message to every open stream.
#[derive(Clone, Debug)]
pub(crate) enum Live {
    /// An event was recorded in a hub, with its sequence number.
    Evidence {
        /// The hub's slug.
        hub: Arc<str>,
        /// The number by which a stream resumes.
        sequence: i64,
        /// The event as JSON, written once for all streams.
        event: Arc<str>,
    },
    /// The clock was moved.
    Clock(Timestamp),
    /// A hub has another catalog, with this ETag.
    Catalog(String, String),
    /// A hub has another active manifest, of this version.
    Manifest(String, String),
    /// The hub stops.
    Stop,
}
