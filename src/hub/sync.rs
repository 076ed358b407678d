//! Reads the hub: catalog and evidence, and again when it is time.

use std::{
    rc::{Rc, Weak},
    sync::Arc,
};

use futures::join;
use ops_model::{CatalogIndex, EventPage};
use ops_widgets::Trouble;

use super::{
    catalog::{self, CatalogReader, PageResult},
    client::{Abort, Client, Failure},
    page,
    store::{Known, Store},
};

/// How often a hub without a stream is read, in ms.
const POLL_MS: f64 = 30_000.0;
/// Up to how long after the page came back the hub is read, in ms. All pages of a network come back at once.
const BACK_MS: f64 = 500.0;

impl Store {
    /// Reads catalog and evidence now. A reading that is under way is not doubled, and a hub that asked to
    /// be left alone for a while is.
    pub(super) fn refresh(&self) {
        if self.reading.borrow().is_some() || self.backoff.is_closed() {
            return;
        }
        let abort = Abort::new();
        let client = self.client(Some(&abort));
        *self.reading.borrow_mut() = Some(abort);
        let known = self.last_catalog.borrow().as_ref().filter(|_| !client.skips_cache).map(|(etag, _)| etag.clone());
        let reader = CatalogReader::new(client.clone(), self.path("getCatalog"), known);
        let (events, me) = (self.path("listEvents"), self.me.clone());
        // The future holds the store only between its waits, so that the store ends with the last element.
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = read(&me, reader, &client, &events).await;
            let Some(store) = me.upgrade() else { return };
            drop(store.reading.take());
            #[cfg(feature = "fault-injection")]
            crate::injected::at("fetch", "hub");
            match outcome {
                Ok(Some((catalog, page))) => store.on_read(catalog, page),
                Ok(None) => {}
                Err(failure) => store.on_failure(failure),
            }
        });
    }

    fn on_read(&self, catalog: Arc<CatalogIndex>, page: EventPage) {
        self.backoff.reset();
        self.take(catalog, &page);
        self.plan_reading();
        self.follow(page.latest.unwrap_or_default());
    }

    /// Shows what was read of a catalog so far, where that is more than what is there.
    fn on_part(&self, catalog: &CatalogIndex, page: &EventPage) {
        let is_more = {
            let Known { is_loaded, catalog: shown, .. } = &*self.known.borrow();
            !is_loaded || shown.awaited().is_some() && shown.len() < catalog.len()
        };
        if is_more {
            self.take(Arc::new(self.with_notes(catalog.clone())), page);
        }
    }

    /// Takes over a catalog with its evidence.
    fn take(&self, catalog: Arc<CatalogIndex>, page: &EventPage) {
        self.clock.set(page.now);
        let checked = self.clock.now();
        self.update(|known| {
            // A page holds the latest events alone: what is known already stays known.
            let mut evidence = known.evidence.placed_by(&catalog);
            page.notes.iter().for_each(|note| evidence.name_unread(note.clone()));
            // The newest come first; what has to go of them are the oldest.
            for event in page.events.iter().rev() {
                evidence.insert(Arc::new(event.clone()), &catalog);
            }
            let evidence = Arc::new(evidence);
            *known =
                Known { is_loaded: true, catalog, evidence, trouble: None, live: known.live, now: checked, checked };
        });
        self.plan_tick();
        self.show_soon();
    }

    /// The catalog with what could not be read of the manifest.
    fn with_notes(&self, mut catalog: CatalogIndex) -> CatalogIndex {
        catalog.note(self.manifest.notes.iter().cloned());
        catalog
    }

    fn on_failure(&self, failure: Failure) {
        let is_final = matches!(failure.trouble, Trouble::SignedOut(_) | Trouble::Forbidden);
        self.update(|known| known.trouble = Some(failure.trouble));
        if is_final {
            drop(self.next_reading.take());
        } else {
            self.read_after(self.backoff.next_pause(failure.retry_after));
        }
    }

    /// Plans the next reading: without a stream the hub is polled, and an element may ask for more. After a
    /// failure it is planned already, or there is none.
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    pub(super) fn plan_reading(&self) {
        if self.known.borrow().trouble.is_some() {
            return;
        }
        let own = if self.stream.borrow().is_some() { f64::INFINITY } else { POLL_MS };
        let wait = self.refresh_ms().min(own);
        if wait.is_finite() {
            self.read_after(wait as i64);
        } else {
            drop(self.next_reading.take());
        }
    }

    /// Reads the hub in a while. Where nobody looks then, it waits until somebody does.
    pub(super) fn read_after(&self, ms: i64) {
        let next = self.after(ms, |store| {
            drop(store.next_reading.take());
            if !page::is_hidden() && !page::is_offline() {
                store.refresh();
            }
        });
        *self.next_reading.borrow_mut() = Some(next);
    }

    /// The page came into sight or went, or the network did.
    #[expect(clippy::cast_possible_truncation, reason = "at most 500")]
    pub(super) fn on_page_change(&self, is_back_on_line: bool) {
        if page::is_offline() && self.stream.borrow().is_some() {
            self.set_live(false);
        }
        if page::is_hidden() {
            return;
        }
        self.move_time();
        let has_trouble = self.known.borrow().trouble.is_some();
        let is_behind = self.next_reading.borrow().is_none() && (self.stream.borrow().is_none() || self.is_silent());
        if !page::is_offline() && (is_back_on_line || has_trouble || is_behind) {
            self.read_after((js_sys::Math::random() * BACK_MS) as i64);
        }
    }
}

/// Reads catalog and evidence. A catalog of many pages is shown after the first one, and then whenever there
/// is four times as much: each time the elements have much to draw. `None` where the store is gone.
async fn read(
    store: &Weak<Store>,
    mut reader: CatalogReader,
    client: &Client,
    events: &str,
) -> Result<Option<(Arc<CatalogIndex>, EventPage)>, Failure> {
    let show = |catalog: &CatalogIndex, page: &EventPage| {
        store.upgrade().iter().for_each(|store: &Rc<Store>| store.on_part(catalog, page));
    };
    let (result, page) = join!(reader.next_page(), catalog::events(client, events));
    let (mut result, mut page) = (result?, page?);
    let (mut shown, has_more) = (0, result == PageResult::More);
    while result == PageResult::More {
        if reader.catalog.len() >= shown * 4 {
            shown = reader.catalog.len();
            show(&reader.catalog, &page);
        }
        result = match reader.next_page().await {
            Ok(result) => result,
            Err(failure) => {
                // What is there stays, and the hub is asked again in a while.
                show(&reader.catalog, &page);
                return Err(failure);
            }
        };
    }
    if has_more {
        // What happened while the pages came is in no stream yet.
        page = catalog::events(client, events).await?;
    }
    let Some(store) = store.upgrade() else { return Ok(None) };
    let mut last = store.last_catalog.borrow_mut();
    if let Some((_, catalog)) = last.as_ref().filter(|_| result == PageResult::NotModified) {
        return Ok(Some((catalog.clone(), page)));
    }
    let catalog = Arc::new(store.with_notes(reader.catalog));
    *last = reader.etag.map(|etag| (etag, catalog.clone()));
    Ok(Some((catalog, page)))
}
