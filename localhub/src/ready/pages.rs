//! Pages that were read before, as they are sent: joined, compressed, bounded in bytes.

use axum::body::Bytes;
use quick_cache::{Weighter, sync::Cache};
use serde_json::Value;

use super::{Coding, Cursor};
use crate::{
    error::HubError,
    problem::Problem,
    store::{CatalogPage, Store},
};

/// How many bytes of pages are kept.
const MOST: u64 = 64 * 1024 * 1024;
/// About how many pages that is.
const PAGES: usize = 256;

/// What tells pages apart. A catalog that was put has another ETag: nothing has to be dropped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    hub: String,
    etag: String,
    position: i64,
    limit: usize,
    coding: Coding,
}

/// The pages.
#[derive(Debug)]
pub(crate) struct KnownPages(Cache<Key, Bytes, Size>);

#[derive(Clone, Debug)]
struct Size;

impl Weighter<Key, Bytes> for Size {
    fn weight(&self, _: &Key, page: &Bytes) -> u64 {
        u64::try_from(page.len()).unwrap_or(u64::MAX).max(1)
    }
}

impl Default for KnownPages {
    fn default() -> Self {
        Self(Cache::with_weighter(PAGES, MOST, Size))
    }
}

/// Why there is no page.
enum Missing {
    /// The catalog was replaced.
    Moved,
    Failed(HubError),
}

impl KnownPages {
    /// A page of at most `limit` entities from a position on; `None` where the catalog was replaced. Of
    /// several readers who want the same page at once, one makes it.
    pub(crate) async fn page(
        &self,
        store: &Store,
        (hub, etag): (&str, &str),
        (position, limit): (i64, usize),
        coding: Coding,
    ) -> Result<Option<Bytes>, Problem> {
        let key = Key { hub: hub.to_owned(), etag: etag.to_owned(), position, limit, coding };
        let made = self.0.get_or_insert_async(&key, async {
            let read = store.catalog_page(hub, etag, position, limit).await.map_err(Missing::Failed)?;
            let CatalogPage { mut document, next } = read.ok_or(Missing::Moved)?;
            if let Some(next) = next {
                // First of all: a reader can ask for the page that follows while it reads this one.
                let next = Value::from(Cursor::text(etag, next)).to_string();
                document.insert_str(1, &["\"next\":", &next, ","].concat());
            }
            document.push('}');
            let encoded = tokio::task::spawn_blocking(move || coding.encode(document.into_bytes())).await;
            let encoded = encoded.map_err(|_| Missing::Failed(HubError::Thread))?;
            encoded.map(Bytes::from).map_err(|error| Missing::Failed(HubError::Encode(error)))
        });
        match made.await {
            Ok(page) => Ok(Some(page)),
            Err(Missing::Moved) => Ok(None),
            Err(Missing::Failed(error)) => Err(error.into()),
        }
    }
}
