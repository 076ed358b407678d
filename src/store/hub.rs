//! The state of one hub: read once, then kept current.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    sync::Arc,
};

use gloo_timers::callback::Timeout;
use leptos::prelude::{ArcRwSignal, Set, Update, WithUntracked};
use ops_manifest::Manifest;
use ops_model::{CatalogIndex, EntityRef, Event, EvidenceLog, Timestamp};
use ops_widgets::{
    HubData, HubState, Trouble,
    record::{NewEvent, Sending},
};
use serde::Deserialize;

use super::{
    clock::Clock,
    fetch,
    stream::{Signal, Stream},
};

/// How often times on screen move on when nothing else happens, in ms.
const TICK_MS: i64 = 15_000;
/// How often a hub without a stream is asked, in ms.
const POLL_MS: i64 = 30_000;
/// The first pause after a failed request, in ms; doubles up to [`BACK_OFF_MOST_MS`].
const BACK_OFF_FIRST_MS: i64 = 2_000;
const BACK_OFF_MOST_MS: i64 = 60_000;
/// How long events are gathered before the widgets render, in ms: a burst costs one rendering.
const BATCH_MS: u32 = 16;

/// One hub's store.
#[derive(Debug)]
pub(crate) struct Hub {
    me: Weak<Hub>,
    origin: String,
    manifest: Arc<Manifest>,
    state: ArcRwSignal<HubState>,
    now: ArcRwSignal<Timestamp>,
    clock: Clock,
    stream: RefCell<Option<Stream>>,
    arrived: RefCell<Vec<Arc<Event>>>,
    batch: RefCell<Option<Timeout>>,
    tick: RefCell<Option<Timeout>>,
    again: RefCell<Option<Timeout>>,
    failures: Cell<u32>,
    reading: Cell<bool>,
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
            state: ArcRwSignal::new(HubState::default()),
            now: ArcRwSignal::new(clock.now()),
            clock,
            stream: RefCell::default(),
            arrived: RefCell::default(),
            batch: RefCell::default(),
            tick: RefCell::default(),
            again: RefCell::default(),
            failures: Cell::new(0),
            reading: Cell::new(false),
        });
        hub.refresh();
        hub
    }

    /// The state that widgets subscribe to.
    pub(crate) fn state(&self) -> ArcRwSignal<HubState> {
        self.state.clone()
    }

    /// The hub's time that widgets subscribe to.
    pub(crate) fn now(&self) -> ArcRwSignal<Timestamp> {
        self.now.clone()
    }

    /// The served manifest.
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The hub's origin.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Records an event, and says in `sending` how it goes.
    pub(crate) fn record(&self, event: NewEvent, sending: ArcRwSignal<Sending>) {
        let (widgets, events) = (self.url("listWidgets"), self.url("createEvent"));
        let sign_in = self.url("signIn");
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = match fetch::record(&widgets, &events, &sign_in, event).await {
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

    /// Reads catalog and evidence now. A read under way is not doubled.
    pub(crate) fn refresh(&self) {
        let Some(hub) = self.me.upgrade() else { return };
        if !self.reading.replace(true) {
            let weak = self.me.clone();
            // The future holds no strong reference across its waits, so that the last widget ends it.
            wasm_bindgen_futures::spawn_local(async move {
                let (catalog, events) = (hub.url("getCatalog"), hub.url("listEvents"));
                let sign_in = hub.url("signIn");
                drop(hub);
                let read =
                    async { Ok((fetch::catalog(&catalog, &sign_in).await?, fetch::events(&events, &sign_in).await?)) };
                let read = read.await;
                let Some(hub) = weak.upgrade() else { return };
                hub.reading.set(false);
                match read {
                    Ok((catalog, page)) => hub.take(CatalogIndex::new(catalog), page),
                    Err(trouble) => hub.fail(trouble),
                }
            });
        }
    }

    fn url(&self, operation: &str) -> String {
        let path = self.manifest.api.get(operation).map(String::as_str).unwrap_or_default();
        [&self.origin, path].concat()
    }

    fn take(&self, index: CatalogIndex, page: fetch::EventPage) {
        self.failures.set(0);
        self.clock.set(page.now);
        let rules = self.manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone()));
        let widgets = self.manifest.widgets.iter();
        let subjects = widgets.filter_map(|widget| Some((widget.name.clone(), widget.subject.clone()?)));
        let mut log = EvidenceLog::new(rules, subjects);
        for event in page.events() {
            log.insert(Arc::new(event), &index);
        }
        let data = HubData { manifest: self.manifest.clone(), index: Arc::new(index), log: Arc::new(log) };
        let checked = self.clock.now();
        self.state.update(|state| *state = HubState { data: Some(data), trouble: None, live: state.live, checked });
        self.flush();
        self.listen();
        self.move_time();
    }

    fn fail(&self, trouble: Trouble) {
        let for_good = matches!(trouble, Trouble::SignedOut(_) | Trouble::Forbidden);
        self.state.update(|state| state.trouble = Some(trouble));
        if for_good {
            return;
        }
        let doubled = BACK_OFF_FIRST_MS.saturating_mul(1 << self.failures.get().min(5)).min(BACK_OFF_MOST_MS);
        self.failures.set(self.failures.get().saturating_add(1));
        // Half of the pause is drawn by lot, so that many pages do not come back at once.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 30,000")]
        let jitter = (js_sys::Math::random() * doubled as f64 / 2.0) as i64;
        self.read_after(doubled / 2 + jitter);
    }

    fn read_after(&self, ms: i64) {
        let hub = self.me.clone();
        let timeout = later(ms, move || hub.upgrade().into_iter().for_each(|hub| hub.refresh()));
        *self.again.borrow_mut() = Some(timeout);
    }

    fn listen(&self) {
        if self.stream.borrow().is_some() {
            return;
        }
        let hub = self.me.clone();
        let stream = Stream::open(&self.url("streamEvents"), move |signal| {
            if let Some(hub) = hub.upgrade() {
                hub.heard(signal);
            }
        });
        if stream.is_none() {
            self.read_after(POLL_MS);
        }
        *self.stream.borrow_mut() = stream;
    }

    fn heard(&self, signal: Signal) {
        match signal {
            Signal::Open => self.set_live(true),
            Signal::Broken => self.set_live(false),
            Signal::Ended => {
                self.set_live(false);
                *self.stream.borrow_mut() = None;
                self.read_after(POLL_MS);
            }
            Signal::Changed => self.refresh(),
            Signal::Clock(text) => {
                if let Ok(Now { now }) = serde_json::from_str(&text) {
                    self.clock.set(now);
                    self.state.update(|state| state.checked = now);
                    self.move_time();
                }
            }
            Signal::Evidence(text) => match serde_json::from_str::<Event>(&text) {
                Ok(event) => self.gather(event),
                Err(error) => {
                    web_sys::console::warn_1(&["ops-hub: an event is left out: ", &error.to_string()].concat().into())
                }
            },
        }
    }

    fn set_live(&self, live: bool) {
        if self.state.with_untracked(|state| state.live != live) {
            self.state.update(|state| state.live = live);
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
        if self.state.with_untracked(|state| state.data.is_none()) || self.arrived.borrow().is_empty() {
            return;
        }
        let arrived = self.arrived.take();
        let checked = self.clock.now();
        self.now.set(checked);
        self.state.update(|state| {
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
        self.now.set(now);
        let change = self.state.with_untracked(|state| state.data.as_ref().and_then(|data| data.log.next_change(now)));
        let wait = change.map_or(TICK_MS, |at| at.since(now).clamp(1, TICK_MS));
        let hub = self.me.clone();
        let timeout = later(wait, move || hub.upgrade().into_iter().for_each(|hub| hub.move_time()));
        *self.tick.borrow_mut() = Some(timeout);
    }
}

fn later(ms: i64, call: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(u32::try_from(ms).unwrap_or(u32::MAX), call)
}
