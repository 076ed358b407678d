//! The catalog, page by page: a small first one, so that there is soon something to see, then large ones,
//! each of which is asked for while the one before is indexed.

use ops_manifest::first_page;
use ops_model::{CatalogIndex, CatalogPage};
use web_sys::AbortSignal;

use super::{
    answer,
    asked::Asked,
    fetch::{self, Client, Failure, encoded},
    slice::Slice,
};

/// How many entities each page behind the first has at most.
const FURTHER: &str = "5000";
/// How often reading starts anew where the catalog is replaced meanwhile.
const MOST_STARTS: u32 = 5;
/// How many pages are read at most: a hub whose pages have no end is not followed for ever.
const MOST_PAGES: u32 = 2_000;

/// A catalog that is read from a hub.
pub(crate) struct Pages {
    client: Client,
    path: String,
    index: CatalogIndex,
    /// Where to go on; `None` at the start and at the end.
    after: Option<String>,
    /// The request of that page, where it is made already.
    ahead: Option<Asked>,
    read: u32,
    starts: u32,
    /// What the hub calls this state of the catalog.
    pub(crate) etag: Option<String>,
    /// The state that is there already.
    known: Option<String>,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// More is to come.
    Part,
    /// All is there.
    Whole,
    /// The hub's catalog is the one that is known.
    Unchanged,
}

impl Pages {
    /// Begins before the first page. `known` is the state that the reader has whole.
    pub(crate) fn new(client: Client, path: String, known: Option<String>) -> Self {
        let index = CatalogIndex::default();
        Self { client, path, index, after: None, ahead: None, read: 0, starts: 0, etag: None, known }
    }

    /// What was read so far.
    pub(crate) const fn index(&self) -> &CatalogIndex {
        &self.index
    }

    /// Reads the next page; from the first again where the catalog was replaced meanwhile. `signal` is for
    /// its request, `more` gives one for the request of the page that follows.
    pub(crate) async fn next(
        &mut self,
        signal: AbortSignal,
        more: &dyn Fn() -> Option<AbortSignal>,
    ) -> Result<Came, Failure> {
        loop {
            match self.page(signal.clone(), more).await {
                Err(failure) if failure.is_gone && self.after.is_some() && self.starts < MOST_STARTS => {
                    self.starts += 1;
                    (self.index, self.after, self.ahead, self.etag) = (CatalogIndex::default(), None, None, None);
                }
                other => return other,
            }
        }
    }

    async fn page(&mut self, signal: AbortSignal, more: &dyn Fn() -> Option<AbortSignal>) -> Result<Came, Failure> {
        let mut asked = self.ahead.take().unwrap_or_else(|| self.ask(self.after.as_deref(), signal));
        let answer = asked.answer().await?;
        if self.after.is_none() {
            self.etag = fetch::header(&answer, "etag");
            if self.etag.is_some() && self.etag == self.known {
                return Ok(Came::Unchanged);
            }
        }
        let bytes = answer::body(&answer).await.map_err(|unread| asked.unread(unread))?;
        let page = fetch::read(&self.path, CatalogPage::read(&bytes))?;
        drop(bytes);
        self.read += 1;
        let next = page.next.as_deref().filter(|_| self.read < MOST_PAGES);
        if let Some((next, signal)) = next.and_then(|next| Some((next, more()?))) {
            let mut ahead = self.ask(Some(next), signal);
            // It is sent now: the hub makes that page while this one is indexed.
            ahead.go_on().await;
            self.ahead = Some(ahead);
        }
        let mut slice = Slice::new();
        slice.renew().await;
        self.after = fetch::read(&self.path, page.add_to(&mut self.index))?;
        slice.renew().await;
        Ok(if self.after.is_some() && self.read < MOST_PAGES { Came::Part } else { Came::Whole })
    }

    fn ask(&self, after: Option<&str>, signal: AbortSignal) -> Asked {
        let path = match after {
            None => first_page(&self.path),
            Some(after) => [&self.path, "?limit=", FURTHER, "&after=", &encoded(after)].concat(),
        };
        Asked::new(self.client.clone(), path, signal)
    }
}
