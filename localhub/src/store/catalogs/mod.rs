//! The hubs' catalogs: whole, byte by byte as they were put, and in parts, from which pages and
//! single entities are read. Which put counts, and its ETag, stands in a table of its own, a few bytes a hub.

pub(super) mod read;
mod split;
pub(super) mod stage;

use rusqlite::{Connection, OptionalExtension};

use self::stage::Staging;
pub(crate) use read::CatalogPage;
pub(super) use stage::put_anew;

use super::{Author, Store, audit, sql::statements};
use crate::{
    condition::{Condition, Moved},
    error::HubError,
};

statements! {
    HEAD = "SELECT etag, put FROM catalog_head WHERE hub = ?1";
}

/// The ETag of a hub's catalog, and the put that it is of.
fn current(connection: &Connection, hub: &str) -> Result<Option<(String, i64)>, HubError> {
    Ok(HEAD.on(connection)?.query_row([hub], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// What became of a put: the catalog's ETag, and whether it is another than before.
type Outcome = Result<(String, bool), Moved>;

/// A catalog that someone puts.
struct Put<B> {
    staging: Staging<B>,
    condition: Condition,
    author: Author,
}

impl<B: AsRef<[u8]>> Put<B> {
    /// Goes on with it, as long as it may take the place of the catalog of now; `None` where there is more to do.
    fn go_on(&mut self, work: &Connection) -> Result<Option<Outcome>, HubError> {
        let known = current(work, &self.staging.hub)?.map(|(known, _)| known);
        if let Err(moved) = self.condition.check(known.as_deref()) {
            return Ok(Some(Err(moved)));
        }
        let is_new = known.as_ref() != Some(&self.staging.etag);
        if is_new && !self.staging.go_on(work)? {
            return Ok(None);
        }
        let Staging { hub, etag, .. } = &self.staging;
        if is_new {
            audit::note(work, hub, &self.author, "putCatalog", ("catalog", Some(etag)))?;
        }
        Ok(Some(Ok((etag.clone(), is_new))))
    }
}

impl Store {
    /// Replaces a hub's catalog; gives the new ETag, and whether it is another than before. What there is of
    /// one that is not waited for stays in the file until the next.
    pub(crate) async fn put_catalog(
        &self,
        hub: &str,
        body: impl AsRef<[u8]> + Send + 'static,
        condition: Condition,
        author: Author,
    ) -> Result<Outcome, HubError> {
        let hub = hub.to_owned();
        let ready = tokio::task::spawn_blocking(move || {
            Ok::<_, HubError>(Put { staging: Staging::read(hub, body)?, condition, author })
        });
        let mut put = ready.await.map_err(|_| HubError::Thread)??;
        let _alone = self.catalogs.lock().await;
        let done = loop {
            match self.write(move |work| Ok((put.go_on(work)?, put))).await {
                Ok((None, same)) => put = same,
                Ok((Some(outcome), _)) => break Ok(outcome),
                Err(error) => break Err(error),
            }
        };
        // What cannot be removed now is removed after the next.
        while self.write(stage::sweep).await.unwrap_or(false) {}
        done
    }

    /// The ETag of a hub's catalog. Nothing of the catalog itself is read.
    pub(crate) async fn catalog_etag(&self, hub: &str) -> Result<Option<String>, HubError> {
        let hub = hub.to_owned();
        self.read(move |connection| Ok(current(connection, &hub)?.map(|(etag, _)| etag))).await
    }

    /// The bytes of a hub's catalog as they were put; `None` where it has another ETag by now.
    pub(crate) async fn catalog(&self, hub: &str, etag: &str) -> Result<Option<Vec<u8>>, HubError> {
        let (hub, etag) = (hub.to_owned(), etag.to_owned());
        self.read(move |connection| {
            let put = current(connection, &hub)?.filter(|(known, _)| *known == etag).map(|(_, put)| put);
            put.map(|put| stage::body(connection, put)).transpose()
        })
        .await
    }
}
