//! The hubs' catalogs: whole, byte by byte as they were put, and in parts, from which pages and
//! single entities are read. The ETag stands in a table of its own, a few bytes a hub.

pub(super) mod read;
mod split;

use std::io::{Read, Write};

use rusqlite::{Connection, OptionalExtension, params};

use self::split::{Part, Split, joined, split};
pub(crate) use read::CatalogPage;

use super::{Author, Store, audit, digest, sql::statements};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

statements! {
    ETAG = "SELECT etag FROM catalog_head WHERE hub = ?1";
    BODY = "SELECT rowid FROM catalog WHERE hub = ?1 AND etag = ?2";
    WITHOUT_PARTS = "SELECT etag, body FROM catalog WHERE hub = ?1";
    AFTER = "SELECT hub FROM catalog WHERE hub > ?1 ORDER BY hub LIMIT 1";
    PUT_BODY = "INSERT INTO catalog VALUES (?1, ?2, zeroblob(?3))
        ON CONFLICT(hub) DO UPDATE SET etag = ?2, body = zeroblob(?3) RETURNING rowid";
    PUT_HEAD = "INSERT INTO catalog_head VALUES (?1, ?2) ON CONFLICT(hub) DO UPDATE SET etag = ?2";
    PUT_SAID = "INSERT INTO catalog_said VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT(hub) DO UPDATE SET always = ?2, once = ?3, relations = ?4, gaps = ?5";
    PUT_PART = "INSERT INTO catalog_part VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    PUT_INBOUND = "INSERT OR IGNORE INTO catalog_inbound VALUES (?1, ?2, ?3)";
    DROP_PARTS = "DELETE FROM catalog_part WHERE hub = ?1";
    DROP_INBOUND = "DELETE FROM catalog_inbound WHERE hub = ?1";
}

/// The ETag of a hub's catalog.
fn current(connection: &Connection, hub: &str) -> Result<Option<String>, HubError> {
    Ok(ETAG.on(connection)?.query_row([hub], |row| row.get(0)).optional()?)
}

/// Replaces the bytes of a hub's catalog. They go into the file as they are: bound to a statement they
/// would be copied twice.
fn put_body(work: &Connection, hub: &str, etag: &str, body: &[u8]) -> Result<(), HubError> {
    let length = i64::try_from(body.len()).unwrap_or(i64::MAX);
    let row = PUT_BODY.on(work)?.query_row(params![hub, etag, length], |row| row.get(0))?;
    let mut blob = work.blob_open("main", "catalog", "body", row, false)?;
    blob.write_all(body).map_err(HubError::Blob)?;
    Ok(blob.close()?)
}

/// Replaces the parts of a hub's catalog, which are those of `body`.
fn put_parts(work: &Connection, hub: &str, etag: &str, (split, body): (&Split, &[u8])) -> Result<(), HubError> {
    DROP_PARTS.on(work)?.execute([hub])?;
    DROP_INBOUND.on(work)?.execute([hub])?;
    let (relations, gaps) = (joined(body, &split.relations), joined(body, &split.gaps));
    PUT_SAID.on(work)?.execute([hub, &split.always, &split.once, &relations, &gaps])?;
    let (mut put, mut inbound) = (PUT_PART.on(work)?, PUT_INBOUND.on(work)?);
    for (position, part) in (0_i64..).zip(&split.parts) {
        let Part { id, is_head, entity, relations, gaps, targets } = part;
        let entity = joined(body, std::slice::from_ref(entity));
        put.execute(params![hub, position, id, is_head, entity, joined(body, relations), joined(body, gaps)])?;
        for target in targets {
            inbound.execute(params![hub, target, position])?;
        }
    }
    PUT_HEAD.on(work)?.execute([hub, etag])?;
    Ok(())
}

/// Splits the catalogs of a file that has them whole only.
pub(super) fn split_all(work: &Connection) -> Result<(), HubError> {
    let next = |hub: &str| AFTER.on(work)?.query_row([hub], |row| row.get::<_, String>(0)).optional();
    let mut hub = next("")?;
    while let Some(name) = hub {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (etag, body): (String, Vec<u8>) = WITHOUT_PARTS.on(work)?.query_row([&name], row)?;
        put_parts(work, &name, &etag, (&split(&body).map_err(HubError::Catalog)?, &body))?;
        hub = next(&name)?;
    }
    Ok(())
}

impl Store {
    /// Replaces a hub's catalog; gives the new ETag, and whether it is another than before.
    pub(crate) async fn put_catalog(
        &self,
        hub: &str,
        body: impl AsRef<[u8]> + Send + 'static,
        condition: Condition,
        author: Author,
    ) -> Result<Result<(String, bool), Moved>, HubError> {
        let hub = hub.to_owned();
        // Other writes wait for the tables alone, not while it is read.
        let ready = tokio::task::spawn_blocking(move || {
            let split = split(body.as_ref()).map_err(HubError::Catalog)?;
            Ok::<_, HubError>((format!("\"{}\"", digest(body.as_ref())), split, body))
        });
        let (etag, split, body) = ready.await.map_err(|_| HubError::Thread)??;
        self.write(move |connection| {
            let work = connection.transaction()?;
            let known = current(&work, &hub)?;
            if let Err(moved) = condition.check(known.as_deref()) {
                return Ok(Err(moved));
            }
            let is_new = known.as_ref() != Some(&etag);
            if is_new {
                put_body(&work, &hub, &etag, body.as_ref())?;
                put_parts(&work, &hub, &etag, (&split, body.as_ref()))?;
                audit::note(&work, &hub, &author, "putCatalog", ("catalog", Some(&etag)))?;
                work.commit()?;
            }
            Ok(Ok((etag, is_new)))
        })
        .await
    }

    /// The ETag of a hub's catalog. Nothing of the catalog itself is read.
    pub(crate) async fn catalog_etag(&self, hub: &str) -> Result<Option<String>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| current(connection, &hub)).await
    }

    /// The bytes of a hub's catalog as they were put; `None` where it has another ETag by now.
    pub(crate) async fn catalog(&self, hub: &str, etag: &str) -> Result<Option<Vec<u8>>, HubError> {
        let (hub, etag) = (hub.to_owned(), etag.to_owned());
        self.read(move |connection| {
            let row = BODY.on(connection)?.query_row([hub, etag], |row| row.get(0)).optional()?;
            let Some(row) = row else { return Ok(None) };
            let mut blob = connection.blob_open("main", "catalog", "body", row, true)?;
            let mut body = Vec::with_capacity(blob.len());
            blob.read_to_end(&mut body).map_err(HubError::Blob)?;
            Ok(Some(body))
        })
        .await
    }
}
