//! What the hub's answers hold: the catalog page by page, and evidence.
//!
//! The first page is small, so that there is soon something to see; the others are large, and each is asked
//! for while the one before arrives.

use std::fmt;

use futures::{FutureExt, future::RemoteHandle};
use ops_manifest::first_page;
use ops_model::{CatalogIndex, CatalogPage, EventPage};
use ops_widgets::{Trouble, timer};
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use web_sys::RequestCache;

use super::client::{Answer, Client, Failure, encoded};

/// How many entities each page behind the first has at most.
const FURTHER: &str = "10000";
/// How often reading starts anew where the catalog is replaced meanwhile.
const MOST_STARTS: u32 = 5;
/// How many pages are read at most: a hub whose pages have no end is not followed for ever.
const MOST_PAGES: u32 = 2_000;

/// How much of a page is looked through for the cursor of the next one before the page is there, in bytes.
const MOST_PEEKED: usize = 64 * 1024;

/// A request that is under way. Dropping it ends it.
type Ahead = RemoteHandle<Result<Answer, Failure>>;

/// What a page brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageResult {
    /// More is to come.
    More,
    /// The catalog is complete.
    Last,
    /// The hub's catalog is the one that is known.
    NotModified,
}

/// Reads a catalog from a hub.
pub(super) struct CatalogReader {
    client: Client,
    path: String,
    /// What was read so far.
    pub(super) catalog: CatalogIndex,
    /// The cursor of the next page; `None` before the first one and after the last one.
    next: Option<String>,
    /// That page, where it is asked for already.
    ahead: Option<Ahead>,
    pages: u32,
    starts: u32,
    /// The state that is known already.
    known: Option<String>,
    /// What the hub calls the state that is read.
    pub(super) etag: Option<String>,
}

impl CatalogReader {
    /// Begins before the first page. `known` is the `ETag` of the catalog that was read last.
    pub(super) fn new(client: Client, path: String, known: Option<String>) -> Self {
        let catalog = CatalogIndex::default();
        Self { client, path, catalog, next: None, ahead: None, pages: 0, starts: 0, known, etag: None }
    }

    /// Reads the next page; the first one again where the catalog was replaced meanwhile.
    pub(super) async fn next_page(&mut self) -> Result<PageResult, Failure> {
        loop {
            match self.page().await {
                Err(failure) if failure.is_gone && self.next.is_some() && self.starts < MOST_STARTS => {
                    self.starts += 1;
                    (self.catalog, self.next, self.ahead, self.etag) = (CatalogIndex::default(), None, None, None);
                }
                other => return other,
            }
        }
    }

    async fn page(&mut self) -> Result<PageResult, Failure> {
        let answer = match self.ahead.take() {
            Some(ahead) => ahead.await?,
            None => self.request(self.next.clone()).await?,
        };
        let is_first = self.next.is_none();
        if is_first {
            self.etag = answer.etag();
            if self.etag.is_some() && self.etag == self.known {
                return Ok(PageResult::NotModified);
            }
        }
        let (mut ahead, mut is_done) = (None, is_first || self.pages + 1 >= MOST_PAGES);
        let bytes = answer
            .read(|bytes| {
                if is_done {
                    return;
                }
                let start = bytes.get(..MOST_PEEKED).unwrap_or(bytes);
                ahead = peek_next(start).map(|next| spawn(self.request(Some(next))));
                is_done = ahead.is_some() || start.len() == MOST_PEEKED;
            })
            .await?;
        self.ahead = ahead;
        let page = CatalogPage::read(&bytes).and_then(|page| page.add_to(&mut self.catalog));
        self.next = page.map_err(|error| Failure::malformed(&self.path, &error))?;
        self.pages += 1;
        if self.next.is_none() || self.pages == MOST_PAGES {
            return Ok(PageResult::Last);
        }
        // Reading a large page takes a while: the page answers its reader before the next one.
        timer::sleep(0).await;
        Ok(PageResult::More)
    }

    /// Asks for a page: the first one, or the one at a cursor.
    fn request(&self, after: Option<String>) -> impl Future<Output = Result<Answer, Failure>> + 'static {
        let (client, path) = (self.client.clone(), self.path.clone());
        async move {
            let path = match after {
                None => first_page(&path),
                Some(after) => format!("{path}?limit={FURTHER}&after={}", encoded(&after)),
            };
            // `no-cache` lets the browser revalidate: an unchanged catalog costs a 304.
            client.open(&path, RequestCache::NoCache, Trouble::NoCatalog).await
        }
    }
}

/// Begins a request at once.
fn spawn(request: impl Future<Output = Result<Answer, Failure>> + 'static) -> Ahead {
    let (request, ahead) = request.remote_handle();
    wasm_bindgen_futures::spawn_local(request);
    ahead
}

/// The cursor of the page that follows, if the beginning of a page says it. The hub writes it first.
fn peek_next(start: &[u8]) -> Option<String> {
    struct Peek<'a>(&'a mut Option<String>);
    impl<'de> Visitor<'de> for Peek<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a page of a catalog")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
            while let Some(name) = fields.next_key::<String>()? {
                if name == "next" {
                    *self.0 = fields.next_value()?;
                } else {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
            Ok(())
        }
    }
    let mut next = None;
    // The text breaks off somewhere, which is an error of no interest here.
    let _ = serde_json::Deserializer::from_slice(start).deserialize_map(Peek(&mut next));
    next
}

/// Reads the latest events.
///
/// They pass the browser's cache by: a cached answer would say the hub's time of when it was made.
pub(super) async fn events(client: &Client, path: &str) -> Result<EventPage, Failure> {
    let missing = Trouble::Malformed("HTTP 404".to_owned());
    let bytes = client.get(path, RequestCache::NoStore, missing).await?;
    EventPage::read(&bytes).map_err(|error| Failure::malformed(path, &error))
}

#[cfg(test)]
mod tests {
    use super::peek_next;

    #[test]
    fn the_cursor_is_found_in_the_beginning_of_a_page() {
        let page = br#"{"schema": 1, "next": "service:b", "entities": [{"ref": "service:a", "title": "A"#;
        assert_eq!(peek_next(page).as_deref(), Some("service:b"));
        assert_eq!(peek_next(&page[..30]), None, "it has not arrived whole");
        assert_eq!(peek_next(br#"{"schema": 1, "next": null, "entities": []}"#), None);
        assert_eq!(peek_next(b"no page"), None);
    }
}
