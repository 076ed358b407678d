//! What the hub's answers hold: the catalog page by page, and evidence.
//!
//! The first page is small, so that there is soon something to see; the others are large.

use ops_manifest::first_page;
use ops_model::{
    CatalogIndex, CatalogReading, Event, ImportNote, Timestamp,
    tolerant::{self, EventPage},
};
use ops_widgets::{Trouble, timer};
use web_sys::RequestCache;

use super::client::{Client, Failure, encoded};

/// How many entities each page behind the first has at most.
const FURTHER: &str = "10000";
/// How often reading starts anew where the catalog is replaced meanwhile.
const MOST_STARTS: u32 = 5;
/// How many pages are read at most: a hub whose pages have no end is not followed for ever.
const MOST_PAGES: u32 = 2_000;

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
    reading: CatalogReading,
    /// The cursor of the next page; `None` before the first one and after the last one.
    next: Option<String>,
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
        let reading = CatalogReading::default();
        Self { client, path, reading, next: None, pages: 0, starts: 0, known, etag: None }
    }

    /// What was read so far.
    pub(super) const fn catalog(&self) -> &CatalogIndex {
        self.reading.index()
    }

    /// Reads the next page; the first one again where the catalog was replaced meanwhile.
    pub(super) async fn next_page(&mut self) -> Result<PageResult, Failure> {
        loop {
            match self.page().await {
                Err(failure) if failure.is_gone && self.next.is_some() && self.starts < MOST_STARTS => {
                    self.starts += 1;
                    (self.reading, self.next, self.etag) = (CatalogReading::default(), None, None);
                }
                other => return other,
            }
        }
    }

    async fn page(&mut self) -> Result<PageResult, Failure> {
        let path = match &self.next {
            None => first_page(&self.path),
            Some(after) => format!("{}?limit={FURTHER}&after={}", self.path, encoded(after)),
        };
        // `no-cache` lets the browser revalidate: an unchanged catalog costs a 304.
        let (bytes, etag) = self.client.get(&path, RequestCache::NoCache, Trouble::NoCatalog).await?;
        if self.next.is_none() {
            if etag.is_some() && etag == self.known {
                return Ok(PageResult::NotModified);
            }
            self.etag = etag;
        }
        self.next = self.read(&bytes).map_err(|error| Failure::malformed(&self.path, &error))?;
        self.pages += 1;
        if self.next.is_none() || self.pages == MOST_PAGES {
            return Ok(PageResult::Last);
        }
        // Reading a large page takes a while: the page answers its reader before the next one.
        timer::sleep(0).await;
        Ok(PageResult::More)
    }

    /// Adds a page. Gives the cursor of the one that follows.
    fn read(&mut self, bytes: &[u8]) -> Result<Option<String>, String> {
        self.reading.feed(bytes);
        self.reading.step(&mut || false)?;
        self.reading.end_page()
    }
}

/// Reads the latest events.
///
/// They pass the browser's cache by: a cached answer would say the hub's time of when it was made.
pub(super) async fn events(client: &Client, path: &str) -> Result<EventPage, Failure> {
    let missing = Trouble::Malformed("HTTP 404".to_owned());
    let (bytes, _) = client.get(path, RequestCache::NoStore, missing).await?;
    tolerant::events(&bytes).map_err(|error| Failure::malformed(path, &error))
}

/// Reads an event of the stream.
///
/// # Errors
/// A note that names it and says what is wrong with it.
pub(super) fn event(json: &str) -> Result<Event, ImportNote> {
    tolerant::event(json)
}

/// Reads the hub's time in a message of the stream.
///
/// # Errors
/// A sentence that says what it is instead.
pub(super) fn now(json: &str) -> Result<Timestamp, String> {
    tolerant::now(json)
}

/// Why the hub refused, in its own words where it has some.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    tolerant::refusal(status, str::from_utf8(body).unwrap_or_default())
}
