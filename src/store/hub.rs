//! The state of one hub: read once, then kept current.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    sync::Arc,
};

use gloo_timers::callback::Timeout;
use leptos::prelude::{ArcRwSignal, Set};
use ops_manifest::Manifest;
use ops_model::{
    CatalogIndex, EntityRef, Event, EvidenceLog, Timestamp, pause,
    tolerant::{self, EventPage},
};
use ops_widgets::{
    HubData, HubState, Trouble,
    record::{NewEvent, Sending},
};
use serde::Deserialize;

use super::{
    access,
    clock::{self, Clock},
    fetch::{Abort, Client, Failure},
    page::{self, PageWatch},
    stream::{Signal, Stream},
};

/// How often times on screen move on when nothing else happens, in ms.
const TICK_MS: i64 = 15_000;
/// How often a hub without a stream is asked, in ms.
const POLL_MS: f64 = 30_000.0;
/// The shortest time between two readings that an element can ask for, in ms.
const ASKED_LEAST_MS: f64 = 5_000.0;
/// After how long without a word a stream counts as dead, in ms; the hub says its time every 15 s.
const SILENCE_MS: i64 = 50_000;
/// How often the browser reconnects a stream by itself before the hub is probed with growing pauses.
const RECONNECTS: u32 = 3;
/// How long events are gathered before the widgets render, in ms: a burst costs one rendering.
const BATCH_MS: u32 = 16;

/// What one mounted widget sees. The signals are its own: a signal that all shared would remember each
/// view that is gone until it changes next.
#[derive(Clone, Debug)]
pub(crate) struct View {
    /// The hub's state.
    pub(crate) state: ArcRwSignal<HubState>,
    /// The hub's time.
    pub(crate) now: ArcRwSignal<Timestamp>,
    /// How often the element asks to read the hub, in ms; infinite where it does not ask.
    every: f64,
}

/// One hub's store.
#[derive(Debug)]
pub(crate) struct Hub {
    me: Weak<Hub>,
    origin: String,
    manifest: Arc<Manifest>,
    state: RefCell<HubState>,
    views: RefCell<Vec<(u32, View)>>,
    clock: Clock,
    stream: RefCell<Option<Stream>>,
    arrived: RefCell<Vec<Arc<Event>>>,
    batch: RefCell<Option<Timeout>>,
    tick: RefCell<Option<Timeout>>,
    again: RefCell<Option<Timeout>>,
    watch: RefCell<Option<PageWatch>>,
    reading: RefCell<Option<Abort>>,
    failures: Cell<u32>,
    breaks: Cell<u32>,
    heard: Cell<i64>,
    not_before: Cell<i64>,
}

#[derive(Deserialize)]
struct Now {
    now: Timestamp,
}

impl Hub {
    /// Opens the store and starts to read.
    pub(crate) fn open(origin: &str, manifest: Manifest) -> Rc<Self> {
        let clock = Clock::default();
        let hub = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            origin: origin.to_owned(),
            manifest: Arc::new(manifest),
            state: RefCell::default(),
            views: RefCell::default(),
            clock,
            stream: RefCell::default(),
            arrived: RefCell::default(),
            batch: RefCell::default(),
            tick: RefCell::default(),
            again: RefCell::default(),
            watch: RefCell::default(),
            reading: RefCell::default(),
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
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A view comes; its key, and what it subscribes to.
    pub(crate) fn enter(&self) -> (u32, View) {
        let (state, now) = (ArcRwSignal::new(self.state.borrow().clone()), ArcRwSignal::new(self.clock.now()));
        let view = View { state, now, every: f64::INFINITY };
        let mut views = self.views.borrow_mut();
        let key = views.last().map_or(0, |(key, _)| key.wrapping_add(1));
        views.push((key, view.clone()));
        (key, view)
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

    /// A view goes. Whether it was the last one.
    pub(crate) fn leave(&self, key: u32) -> bool {
        let mut views = self.views.borrow_mut();
        views.retain(|(of, _)| *of != key);
        views.is_empty()
    }

    /// Ends what is waited for, as far as nothing has hold of it just now.
    pub(crate) fn abandon(&self) {
        for timer in [&self.batch, &self.tick, &self.again] {
            drop(timer.try_borrow_mut().ok().and_then(|mut timer| timer.take()));
        }
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
        let abort = Abort::new();
        let (first, second) = (abort.signal(), abort.signal());
        *self.reading.borrow_mut() = Some(abort);
        let weak = self.me.clone();
        // The future holds no strong reference across its waits, so that the last widget ends it.
        wasm_bindgen_futures::spawn_local(async move {
            let (catalog, events, client) = (hub.path("getCatalog"), hub.path("listEvents"), hub.client());
            drop(hub);
            let read = async { Ok((client.catalog(&catalog, &first).await?, client.events(&events, &second).await?)) };
            let read = read.await;
            let Some(hub) = weak.upgrade() else { return };
            *hub.reading.borrow_mut() = None;
            #[cfg(feature = "fault-injection")]
            crate::injected::at("fetch", "hub");
            match read {
                Ok((catalog, page)) => hub.take(CatalogIndex::new(catalog), page),
                Err(failure) => hub.fail(failure),
            }
        });
    }

    fn path(&self, operation: &str) -> String {
        self.manifest.api.get(operation).cloned().unwrap_or_default()
    }

    fn client(&self) -> Client {
        let afresh = matches!(self.state.borrow().trouble, Some(Trouble::Malformed(_)));
        Client { origin: self.origin.clone(), sign_in: self.path("signIn"), afresh }
    }

    fn take(&self, index: CatalogIndex, page: EventPage) {
        self.failures.set(0);
        self.clock.set(page.now);
        let rules = self.manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone()));
        let widgets = self.manifest.widgets.iter();
        let subjects = widgets.filter_map(|widget| Some((widget.name.clone(), widget.subject.clone()?)));
        let mut log = EvidenceLog::new(rules, subjects);
        page.notes.into_iter().for_each(|note| log.name_unread(note));
        for event in page.events {
            log.insert(Arc::new(event), &index);
        }
        let data = HubData { manifest: self.manifest.clone(), index: Arc::new(index), log: Arc::new(log) };
        let checked = self.clock.now();
        self.change(|state| *state = HubState { data: Some(data), trouble: None, live: state.live, checked });
        self.flush();
        self.listen();
        self.move_time();
        self.plan();
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
    /// for more.
    fn plan(&self) {
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

    /// Opens the stream. A hub on another origin is polled: a stream cannot send a token.
    fn listen(&self) {
        if self.stream.borrow().is_some() || !access::is_own(&self.origin) {
            return;
        }
        let hub = self.me.clone();
        let url = [&self.origin, &*self.path("streamEvents")].concat();
        let stream = Stream::open(&url, move |signal| {
            if let Some(hub) = hub.upgrade() {
                hub.heard(signal);
            }
        });
        self.heard.set(clock::monotonic_ms());
        *self.stream.borrow_mut() = stream;
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
                if let Ok(Now { now }) = serde_json::from_str(&text) {
                    self.clock.set(now);
                    self.change(|state| state.checked = now);
                    self.move_time();
                }
            }
            Signal::Evidence(text) => match tolerant::event(&text) {
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
    fn probe(&self) {
        self.set_live(false);
        *self.stream.borrow_mut() = None;
        self.read_after(pause::after(self.breaks.get(), js_sys::Math::random(), None));
    }

    /// Changes the state, and tells every view.
    fn change(&self, how: impl FnOnce(&mut HubState)) {
        how(&mut self.state.borrow_mut());
        let state = self.state.borrow().clone();
        self.each(|view| view.state.set(state.clone()));
    }

    /// Does something for every view, which may come or go meanwhile.
    fn each(&self, what: impl Fn(&View)) {
        let views: Vec<View> = self.views.borrow().iter().map(|(_, view)| view.clone()).collect();
        views.iter().for_each(what);
    }

    fn set_live(&self, live: bool) {
        if self.state.borrow().live != live {
            self.change(|state| state.live = live);
        }
    }

    fn gather(&self, event: Event) {
        self.arrived.borrow_mut().push(Arc::new(event));
        if self.batch.borrow().is_none() {
            let hub = self.me.clone();
            let timeout = Timeout::new(BATCH_MS, move || hub.upgrade().into_iter().for_each(|hub| hub.flush()));
            *self.batch.borrow_mut() = Some(timeout);
        }
    }

    /// Hands the gathered events to the widgets in one update. Before the first read they wait.
    fn flush(&self) {
        *self.batch.borrow_mut() = None;
        if self.state.borrow().data.is_none() || self.arrived.borrow().is_empty() {
            return;
        }
        let arrived = self.arrived.take();
        let checked = self.clock.now();
        self.change(|state| {
            if let Some(data) = &mut state.data {
                let log = Arc::make_mut(&mut data.log);
                for event in arrived {
                    log.insert(event, &data.index);
                }
            }
            state.checked = checked;
        });
        self.move_time();
    }

    /// Moves the widgets' time to now, and sets the alarm for when it matters next.
    fn move_time(&self) {
        let now = self.clock.now();
        self.each(|view| view.now.set(now));
        if page::is_hidden() {
            *self.tick.borrow_mut() = None;
            return;
        }
        if self.stream.borrow().is_some() && clock::monotonic_ms().saturating_sub(self.heard.get()) > SILENCE_MS {
            self.probe();
        }
        let change = self.state.borrow().data.as_ref().and_then(|data| data.log.next_change(now));
        let wait = change.map_or(TICK_MS, |at| at.since(now).clamp(1, TICK_MS));
        let hub = self.me.clone();
        let timeout = later(wait, move || hub.upgrade().into_iter().for_each(|hub| hub.move_time()));
        *self.tick.borrow_mut() = Some(timeout);
    }
}

fn later(ms: i64, call: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), call)
}
