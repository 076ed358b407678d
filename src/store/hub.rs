//! The state of one hub: read once, then kept current.

use std::{
    cell::{Cell, RefCell},
    mem::replace,
    rc::{Rc, Weak},
    sync::Arc,
};

use gloo_timers::callback::Timeout;
use ops_manifest::Served;
use ops_model::{CatalogIndex, EntityRef, Event, EventPage, EvidenceLog, event, pause};
use ops_widgets::view::prelude::{ArcRwSignal, Set};
use ops_widgets::{
    HubData, HubState, Trouble, completion,
    record::{NewEvent, Sending},
};
use web_sys::AbortSignal;

use super::{
    access,
    clock::{self, Clock},
    draw::{Drawing, View},
    fetch::{Abort, Client, Failure, encoded},
    page::{self, PageWatch},
    pages::{Came, Pages},
    slice::both,
    stream::{Signal, Stream},
};

/// How often a hub without a stream is asked, in ms.
const POLL_MS: f64 = 30_000.0;
/// The shortest time between two readings that an element can ask for, in ms.
const ASKED_LEAST_MS: f64 = 5_000.0;
/// After how long without a word a stream counts as dead, in ms; the hub says its time every 15 s.
pub(super) const SILENCE_MS: i64 = 50_000;
/// How often the browser reconnects a stream by itself before the hub is probed with growing pauses.
const RECONNECTS: u32 = 3;

/// One hub's store.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(super) me: Weak<Hub>,
    origin: String,
    manifest: Arc<Served>,
    pub(super) state: RefCell<HubState>,
    pub(super) views: RefCell<Vec<(u32, View)>>,
    pub(super) clock: Clock,
    pub(super) stream: RefCell<Option<Stream>>,
    pub(super) drawing: Drawing,
    again: RefCell<Option<Timeout>>,
    /// Where the stream has to go on, until it is open; empty where the hub does not say.
    read_to: RefCell<Option<String>>,
    watch: RefCell<Option<PageWatch>>,
    reading: RefCell<Option<Abort>>,
    /// The whole catalog as it was read last, and what the hub calls this state of it.
    known: RefCell<Option<(String, CatalogIndex)>>,
    failures: Cell<u32>,
    breaks: Cell<u32>,
    pub(super) heard: Cell<i64>,
    not_before: Cell<i64>,
}

impl Hub {
    /// Opens the store and starts to read.
    pub(crate) fn open(origin: &str, manifest: Served) -> Rc<Self> {
        let clock = Clock::default();
        let hub = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            origin: origin.to_owned(),
            manifest: Arc::new(manifest),
            state: RefCell::default(),
            views: RefCell::default(),
            clock,
            stream: RefCell::default(),
            drawing: Drawing::default(),
            again: RefCell::default(),
            read_to: RefCell::default(),
            watch: RefCell::default(),
            reading: RefCell::default(),
            known: RefCell::default(),
            failures: Cell::new(0),
            breaks: Cell::new(0),
            heard: Cell::new(0),
            not_before: Cell::new(0),
        });
        let me = hub.me.clone();
        let watch = PageWatch::new(move || me.upgrade().into_iter().for_each(|hub| hub.looked_at()));
        *hub.watch.borrow_mut() = Some(watch);
        hub.refresh();
        hub
    }

    /// The served manifest.
    pub(crate) fn manifest(&self) -> &Served {
        &self.manifest
    }

    /// A view asks to read the hub every so many seconds; 0 for no wish.
    pub(crate) fn ask(&self, key: u32, seconds: f64) {
        let every = if seconds > 0.0 { (seconds * 1000.0).max(ASKED_LEAST_MS) } else { f64::INFINITY };
        if let Some((_, view)) = self.views.borrow_mut().iter_mut().find(|(of, _)| *of == key) {
            view.every = every;
        }
        if every.is_finite() && self.state.borrow().data.is_some() {
            self.plan();
        }
    }

    /// Ends what is waited for, as far as nothing has hold of it just now.
    pub(crate) fn abandon(&self) {
        self.drawing.abandon();
        drop(self.again.try_borrow_mut().ok().and_then(|mut timer| timer.take()));
        drop(self.stream.try_borrow_mut().ok().and_then(|mut stream| stream.take()));
        drop(self.watch.try_borrow_mut().ok().and_then(|mut watch| watch.take()));
    }

    /// Records an event, and says in `sending` how it goes.
    pub(crate) fn record(&self, event: NewEvent, sending: ArcRwSignal<Sending>) {
        let (widgets, events) = (self.path("listWidgets"), self.path("createEvent"));
        let client = self.client();
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = match client.record(&widgets, &events, event).await {
                Ok(()) => Sending::Recorded,
                Err(words) => Sending::Refused(words),
            };
            sending.set(outcome);
        });
    }

    /// The kind of widget that shows an entity; `entity` where none is made for it.
    pub(crate) fn kind_for(&self, subject: &EntityRef) -> String {
        let own = self
            .manifest
            .kinds
            .iter()
            .find(|kind| kind.subjects.first() == Some(&subject.kind) && kind.name != "readiness");
        own.map_or("entity", |kind| kind.name.as_str()).to_owned()
    }

    /// Reads catalog and evidence now. A read under way is not doubled, and a hub that asked to be
    /// left alone for a while is.
    pub(crate) fn refresh(&self) {
        let Some(hub) = self.me.upgrade() else { return };
        if self.reading.borrow().is_some() || clock::monotonic_ms() < self.not_before.get() {
            return;
        }
        *self.reading.borrow_mut() = Some(Abort::new());
        let weak = self.me.clone();
        // The future holds no strong reference across its waits, so that the last widget ends it.
        wasm_bindgen_futures::spawn_local(async move {
            let (events, client) = (hub.path("listEvents"), hub.client());
            let known = hub.known.borrow().as_ref().filter(|_| !client.afresh).map(|(etag, _)| etag.clone());
            let pages = Pages::new(client.clone(), hub.path("getCatalog"), known);
            drop(hub);
            let outcome = read(&weak, pages, &client, &events).await;
            let Some(hub) = weak.upgrade() else { return };
            *hub.reading.borrow_mut() = None;
            #[cfg(feature = "fault-injection")]
            crate::injected::at("fetch", "hub");
            match outcome {
                Ok(Some((index, page))) => hub.take(index, page),
                Ok(None) => {}
                Err(failure) => hub.fail(failure),
            }
        });
    }

    /// For a request of the reading that is under way; `None` where there is none any more.
    fn signal(&self) -> Option<AbortSignal> {
        self.reading.borrow().as_ref().map(Abort::signal)
    }

    /// Shows what was read of a catalog so far, where that is more than what is there.
    fn take_part(&self, index: &CatalogIndex, page: &EventPage) {
        let there = self.state.borrow().data.as_ref().map(|data| (data.index.len(), data.index.awaited().is_none()));
        if there.is_some_and(|(count, is_whole)| is_whole || count >= index.len()) {
            return;
        }
        self.clock.set(page.now);
        self.show(index.clone(), page);
        self.set_alarm();
    }

    fn path(&self, operation: &str) -> String {
        self.manifest.path(operation).to_owned()
    }

    fn client(&self) -> Client {
        let afresh = matches!(self.state.borrow().trouble, Some(Trouble::Malformed(_)));
        Client { origin: self.origin.clone(), sign_in: self.path("signIn"), afresh }
    }

    fn take(&self, index: CatalogIndex, page: EventPage) {
        self.failures.set(0);
        self.clock.set(page.now);
        self.show(index, &page);
        self.set_alarm();
        self.follow();
        self.plan();
        *self.read_to.borrow_mut() = Some(page.latest.unwrap_or_default());
        // Otherwise once the page is complete: the stream misses nothing, and what is read is painted first.
        if completion::is_complete() {
            self.listen();
        }
    }

    /// Shows a catalog with its evidence.
    fn show(&self, mut index: CatalogIndex, page: &EventPage) {
        index.note(self.manifest.notes.iter().cloned());
        // A page holds the latest events alone: what is known already stays known.
        let mut log = match &self.state.borrow().data {
            Some(data) => data.log.placed_by(&index),
            None => self.empty_log(),
        };
        page.notes.iter().for_each(|note| log.name_unread(note.clone()));
        // The newest come first; what has to go of them are the oldest.
        for event in page.events.iter().rev() {
            log.insert(Arc::new(event.clone()), &index);
        }
        let data = HubData { manifest: self.manifest.clone(), index: Arc::new(index), log: Arc::new(log) };
        let checked = self.clock.now();
        self.change(|state| *state = HubState { data: Some(data), trouble: None, live: state.live, checked });
    }

    fn empty_log(&self) -> EvidenceLog {
        let rules = self.manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone()));
        let widgets = self.manifest.widgets.iter();
        let subjects = widgets.filter_map(|widget| Some((widget.name.clone(), widget.subject.clone()?)));
        EvidenceLog::new(rules, subjects)
    }

    fn fail(&self, failure: Failure) {
        let for_good = matches!(failure.trouble, Trouble::SignedOut(_) | Trouble::Forbidden);
        self.change(|state| state.trouble = Some(failure.trouble));
        if for_good {
            *self.again.borrow_mut() = None;
            return;
        }
        let pause = pause::after(self.failures.get(), js_sys::Math::random(), failure.asked);
        self.failures.set(self.failures.get().saturating_add(1));
        if failure.asked.is_some() {
            // A few ms of slack: the alarm for this very moment must not find the hub still closed.
            self.not_before.set(clock::monotonic_ms().saturating_add(pause).saturating_sub(50));
        }
        self.read_after(pause);
    }

    /// Sets the alarm for the next reading: without a stream the hub is polled, and an element may ask
    /// for more. After one that failed it is set already, or there is none.
    fn plan(&self) {
        if self.state.borrow().trouble.is_some() {
            return;
        }
        let asked = self.views.borrow().iter().map(|(_, view)| view.every).fold(f64::INFINITY, f64::min);
        let own = if self.stream.borrow().is_some() { f64::INFINITY } else { POLL_MS };
        let wait = asked.min(own);
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
        match wait.is_finite() {
            true => self.read_after(wait as i64),
            false => *self.again.borrow_mut() = None,
        }
    }

    fn read_after(&self, ms: i64) {
        let hub = self.me.clone();
        let timeout = later(ms, move || hub.upgrade().into_iter().for_each(|hub| hub.due()));
        *self.again.borrow_mut() = Some(timeout);
    }

    /// The alarm for a reading. Where nobody looks, it waits until somebody does.
    fn due(&self) {
        *self.again.borrow_mut() = None;
        if !page::is_hidden() && !page::is_offline() {
            self.refresh();
        }
    }

    /// The page came into sight, or out of it, or the network did.
    fn looked_at(&self) {
        if page::is_hidden() {
            return;
        }
        self.move_time();
        let (is_waiting, is_out) = (self.again.borrow().is_some(), page::is_offline());
        let trouble = self.state.borrow().trouble.is_some();
        let is_silent = clock::monotonic_ms().saturating_sub(self.heard.get()) > SILENCE_MS;
        // Half a second by lot: all pages of a network come back at once.
        if !is_out && (trouble || !is_waiting && (self.stream.borrow().is_none() || is_silent)) {
            #[expect(clippy::cast_possible_truncation, reason = "at most 500")]
            self.read_after((js_sys::Math::random() * 500.0) as i64);
        }
    }

    /// Opens the stream, where it is not open, behind what was read. A hub on another origin is polled: a stream cannot
    /// send a token.
    pub(super) fn listen(&self) {
        let Some(after) = self.read_to.take() else { return };
        if self.stream.borrow().is_some() {
            return;
        }
        if !access::is_own(&self.origin) {
            return self.set_live(false);
        }
        let hub = self.me.clone();
        // What a hub does not number is read again once the stream is open, as after a break.
        self.breaks.set(self.breaks.get().max(after.is_empty().into()));
        let catalog = self.known.borrow().as_ref().map(|(etag, _)| etag.clone()).unwrap_or_default();
        let mut url = [&self.origin, &*self.path("streamEvents")].concat();
        let mut joint = "?";
        for (name, value) in [("after=", after), ("catalog=", catalog)] {
            if !value.is_empty() {
                url = [&*url, replace(&mut joint, "&"), name, &encoded(&value)].concat();
            }
        }
        let stream = Stream::open(&url, move |signal| {
            if let Some(hub) = hub.upgrade() {
                hub.heard(signal);
            }
        });
        self.heard.set(clock::monotonic_ms());
        let is_refused = stream.is_none();
        *self.stream.borrow_mut() = stream;
        self.plan();
        if is_refused {
            self.set_live(false);
        }
    }

    fn heard(&self, signal: Signal) {
        self.heard.set(clock::monotonic_ms());
        match signal {
            Signal::Open => {
                self.set_live(true);
                // What happened between a break and now is not in a stream that begins anew.
                if self.breaks.replace(0) > 0 {
                    self.refresh();
                }
            }
            Signal::Broken => {
                self.breaks.set(self.breaks.get().saturating_add(1));
                self.set_live(false);
                if self.breaks.get() >= RECONNECTS {
                    self.probe();
                }
            }
            Signal::Ended => {
                self.breaks.set(self.breaks.get().saturating_add(1));
                self.probe();
            }
            Signal::Changed => self.refresh(),
            Signal::Clock(text) => {
                if let Ok(now) = event::now(&text) {
                    self.clock.set(now);
                    self.state.borrow_mut().checked = now;
                    self.move_time();
                }
            }
            Signal::Evidence(text) => match Event::read(&text) {
                Ok(event) => self.gather(event),
                Err(note) => self.change(|state| {
                    // One that comes before the first reading is in what that reads.
                    if let Some(data) = &mut state.data {
                        Arc::make_mut(&mut data.log).name_unread(note);
                    }
                }),
            },
        }
    }

    /// Gives the stream up and asks the hub in a while, whose answer opens it again.
    pub(super) fn probe(&self) {
        self.set_live(false);
        *self.stream.borrow_mut() = None;
        *self.read_to.borrow_mut() = None;
        self.read_after(pause::after(self.breaks.get(), js_sys::Math::random(), None));
    }

    fn set_live(&self, live: bool) {
        if self.state.borrow().live != Some(live) {
            self.change(|state| state.live = Some(live));
        }
    }
}

/// Reads catalog and evidence. What is there after each page is shown, where nothing whole is: at first
/// soon, then whenever there is four times as much: each time the widgets render anew. `None` where the store is gone.
async fn read(
    weak: &Weak<Hub>,
    mut pages: Pages,
    client: &Client,
    events: &str,
) -> Result<Option<(CatalogIndex, EventPage)>, Failure> {
    let signal = || weak.upgrade().and_then(|hub| hub.signal());
    let (Some(first), Some(second)) = (signal(), signal()) else { return Ok(None) };
    let (came, page) = both(pages.next(first, &signal), client.events(events, &second)).await;
    let (mut came, mut page) = (came?, page?);
    let mut shown = 0;
    while came == Came::Part {
        let Some(hub) = weak.upgrade() else { return Ok(None) };
        if pages.index().len() >= shown * 4 {
            shown = pages.index().len();
            hub.take_part(pages.index(), &page);
        }
        drop(hub);
        let Some(next) = signal() else { return Ok(None) };
        match pages.next(next, &signal).await {
            Ok(next) => came = next,
            Err(failure) => {
                // What is there stays, and the hub is asked again in a while.
                weak.upgrade().into_iter().for_each(|hub| hub.take_part(pages.index(), &page));
                return Err(failure);
            }
        }
        if came != Came::Part {
            // What happened while the pages came is in no stream yet.
            let Some(last) = signal() else { return Ok(None) };
            page = client.events(events, &last).await?;
        }
    }
    let Some(hub) = weak.upgrade() else { return Ok(None) };
    let mut known = hub.known.borrow_mut();
    if came == Came::Unchanged
        && let Some((_, index)) = &*known
    {
        return Ok(Some((index.clone(), page)));
    }
    *known = pages.etag.clone().map(|etag| (etag, pages.index().clone()));
    Ok(Some((pages.index().clone(), page)))
}

pub(super) fn later(ms: i64, call: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), call)
}
