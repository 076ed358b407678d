//! The hubs' catalogs.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Author, Store, audit, digest};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

/// A catalog with its ETag; the body is absent where the reader has it already.
#[derive(Debug)]
pub(crate) struct CatalogRow {
    /// The strong ETag, quotes included.
    pub(crate) etag: String,
    /// The bytes as they were put.
    pub(crate) body: Option<Vec<u8>>,
}

fn current(connection: &Connection, hub: &str) -> Result<Option<String>, HubError> {
    let mut query = connection.prepare_cached("SELECT etag FROM catalog WHERE hub = ?1")?;
    Ok(query.query_row([hub], |row| row.get(0)).optional()?)
}

impl Store {
    /// Replaces a hub's catalog; gives the new ETag, and whether it is another than before.
    pub(crate) async fn put_catalog(
        &self,
        hub: &str,
        body: Vec<u8>,
        condition: Condition,
        author: Author,
    ) -> Result<Result<(String, bool), Moved>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let etag = format!("\"{}\"", digest(&body));
            let work = connection.transaction()?;
            let known = current(&work, &hub)?;
            if let Err(moved) = condition.check(known.as_deref()) {
                return Ok(Err(moved));
            }
            let is_new = known.as_ref() != Some(&etag);
            if is_new {
                work.execute(
                    "INSERT INTO catalog VALUES (?1, ?2, ?3) ON CONFLICT(hub) DO UPDATE SET etag = ?2, body = ?3",
                    params![hub, etag, body],
                )?;
                audit::note(&work, &hub, &author, "putCatalog", ("catalog", Some(&etag)))?;
                work.commit()?;
            }
            Ok(Ok((etag, is_new)))
        })
        .await
    }

    /// A hub's catalog. Where the reader has it already, the body is not read.
    pub(crate) async fn catalog(&self, hub: &str, condition: Condition) -> Result<Option<CatalogRow>, HubError> {
        let hub = hub.to_owned();
        self.run(move |connection| {
            let Some(etag) = current(connection, &hub)? else { return Ok(None) };
            if condition.has(&etag) {
                return Ok(Some(CatalogRow { etag, body: None }));
            }
            let body = connection.query_row("SELECT body FROM catalog WHERE hub = ?1", [&hub], |row| row.get(0))?;
            Ok(Some(CatalogRow { etag, body: Some(body) }))
        })
        .await
    }
}
