//! What is known of one hub, and the elements that show it.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    sync::Arc,
};

use leptos::prelude::*;
use ops_manifest::Served;
use ops_model::{CatalogIndex, EntityRef, EvidenceLog, Timestamp};
use ops_widgets::{
    Hub, Trouble,
    record::{NewEvent, Sending},
    timer::Timer,
};

use super::{
    backoff::Backoff,
    batch::Batch,
    client::{Abort, Client},
    clock::Clock,
    page::PageEvents,
    stream::EventStream,
};

/// The shortest time between two readings that an element can ask for, in ms.
const LEAST_REFRESH_MS: f64 = 5_000.0;

/// What is known of a hub: the values of an element's signals.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) is_loaded: bool,
    pub(super) catalog: Arc<CatalogIndex>,
    pub(super) evidence: Arc<EvidenceLog>,
    pub(super) trouble: Option<Trouble>,
    pub(super) live: Option<bool>,
    /// The hub's time as it is shown. It moves with each reading and each tick, not with each event: ages and
    /// their elements stay as they are in a widget that an event does not concern.
    pub(super) now: Timestamp,
    /// The hub's time of its last good answer.
    pub(super) checked: Timestamp,
}

impl Known {
    /// Sets the signals whose values are others.
    fn show(&self, hub: &Hub) {
        set_arc(&hub.catalog, &self.catalog);
        set_arc(&hub.evidence, &self.evidence);
        set(&hub.now, self.now);
        set(&hub.checked, self.checked);
        set(&hub.live, self.live);
        set(&hub.trouble, self.trouble.clone());
        set(&hub.is_loaded, self.is_loaded);
    }
}

fn set<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|shown| *shown != value) {
        signal.set(value);
    }
}

fn set_arc<T: Send + Sync + 'static>(signal: &ArcRwSignal<Arc<T>>, value: &Arc<T>) {
    if signal.with_untracked(|shown| !Arc::ptr_eq(shown, value)) {
        signal.set(value.clone());
    }
}

/// An element that shows the hub.
#[derive(Debug)]
struct Element {
    key: u32,
    hub: Hub,
    /// How often it asks to read the hub, in ms; infinite where it does not ask.
    every_ms: f64,
}

/// One hub's store.
#[derive(Debug)]
pub(crate) struct Store {
    pub(super) me: Weak<Self>,
    pub(super) origin: String,
    pub(super) manifest: Arc<Served>,
    pub(super) known: RefCell<Known>,
    elements: RefCell<Vec<Element>>,
    pub(super) clock: Clock,
    pub(super) batch: Batch,
    pub(super) stream: RefCell<Option<EventStream>>,
    /// How often the stream broke in a row.
    pub(super) breaks: Cell<u32>,
    /// When the stream said something last, in the page's time.
    pub(super) heard_ms: Cell<f64>,
    /// The reading that is under way.
    pub(super) reading: RefCell<Option<Abort>>,
    /// The timer for the next reading.
    pub(super) next_reading: RefCell<Option<Timer>>,
    pub(super) backoff: Backoff,
    /// The catalog that was read last, with its `ETag`.
    pub(super) last_catalog: RefCell<Option<(String, Arc<CatalogIndex>)>>,
    page_events: RefCell<Option<PageEvents>>,
}

impl Store {
    /// Opens the store and begins to read.
    pub(super) fn open(origin: &str, manifest: Served) -> Rc<Self> {
        let rules = manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone()));
        let subjects =
            manifest.widgets.iter().filter_map(|widget| Some((widget.name.clone(), widget.subject.clone()?)));
        let evidence = Arc::new(EvidenceLog::new(rules, subjects));
        let store = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            origin: origin.to_owned(),
            manifest: Arc::new(manifest),
            known: RefCell::new(Known { evidence, ..Known::default() }),
            elements: RefCell::default(),
            clock: Clock::default(),
            batch: Batch::default(),
            stream: RefCell::default(),
            breaks: Cell::default(),
            heard_ms: Cell::default(),
            reading: RefCell::default(),
            next_reading: RefCell::default(),
            backoff: Backoff::default(),
            last_catalog: RefCell::default(),
            page_events: RefCell::default(),
        });
        let page_events = PageEvents::new(store.weakly(Self::on_page_change));
        *store.page_events.borrow_mut() = Some(page_events);
        store.refresh();
        store
    }

    /// The served manifest.
    pub(crate) fn manifest(&self) -> &Served {
        &self.manifest
    }

    /// The kind of widget that shows an entity; `entity` where none is made for it.
    pub(crate) fn kind_for(&self, subject: &EntityRef) -> String {
        let mut kinds = self.manifest.kinds.iter();
        let own = kinds.find(|kind| kind.subjects.first() == Some(&subject.kind) && kind.name != "readiness");
        own.map_or("entity", |kind| kind.name.as_str()).to_owned()
    }

    /// An element comes. Gives its key, and the signals that it shows.
    pub(super) fn enter(&self) -> (u32, Hub) {
        let hub = Hub::new(self.manifest.clone());
        self.known.borrow().show(&hub);
        let mut elements = self.elements.borrow_mut();
        let key = elements.last().map_or(0, |element| element.key.wrapping_add(1));
        elements.push(Element { key, hub: hub.clone(), every_ms: f64::INFINITY });
        (key, hub)
    }

    /// An element goes. Whether it was the last one.
    pub(super) fn leave(&self, key: u32) -> bool {
        let mut elements = self.elements.borrow_mut();
        elements.retain(|element| element.key != key);
        elements.is_empty()
    }

    /// An element asks to read the hub every so many seconds; 0 for no wish.
    pub(super) fn set_refresh(&self, key: u32, seconds: f64) {
        let every_ms = if seconds > 0.0 { (seconds * 1000.0).max(LEAST_REFRESH_MS) } else { f64::INFINITY };
        if let Some(element) = self.elements.borrow_mut().iter_mut().find(|element| element.key == key) {
            element.every_ms = every_ms;
        }
        if every_ms.is_finite() && self.known.borrow().is_loaded {
            self.plan_reading();
        }
    }

    /// The shortest time between two readings that an element asks for, in ms; infinite where none does.
    pub(super) fn refresh_ms(&self) -> f64 {
        self.elements.borrow().iter().map(|element| element.every_ms).fold(f64::INFINITY, f64::min)
    }

    /// Changes what is known, and shows it in every element.
    pub(super) fn update(&self, how: impl FnOnce(&mut Known)) {
        {
            let mut known = self.known.borrow_mut();
            how(&mut known);
            known.now = self.clock.now();
        }
        self.show();
    }

    /// Shows what is known in every element.
    pub(super) fn show(&self) {
        let known = self.known.borrow().clone();
        // Nothing is borrowed while signals change: elements may come or go with that.
        let hubs: Vec<Hub> = self.elements.borrow().iter().map(|element| element.hub.clone()).collect();
        hubs.iter().for_each(|hub| known.show(hub));
    }

    /// Records an event, and says in `sending` how it goes.
    pub(super) fn record(&self, event: NewEvent, sending: ArcRwSignal<Sending>) {
        let (widgets, events) = (self.path("listWidgets"), self.path("createEvent"));
        let client = self.client(None);
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = client.record(&widgets, &events, &event).await;
            sending.set(outcome.map_or_else(Sending::Refused, |()| Sending::Recorded));
        });
    }

    /// The hub's path for an operation.
    pub(super) fn path(&self, operation: &str) -> String {
        self.manifest.path(operation).to_owned()
    }

    /// A client for requests that end with `abort`.
    pub(super) fn client(&self, abort: Option<&Abort>) -> Client {
        let skips_cache = matches!(self.known.borrow().trouble, Some(Trouble::Malformed(_)));
        let (origin, sign_in) = (self.origin.clone(), self.path("signIn"));
        Client { origin, sign_in, skips_cache, abort: abort.and_then(Abort::signal) }
    }

    /// A call of this store that does not keep it open.
    pub(super) fn weakly<T: 'static>(&self, call: impl Fn(&Self, T) + Clone + 'static) -> impl Fn(T) + Clone + 'static {
        let me = self.me.clone();
        move |argument| {
            if let Some(store) = me.upgrade() {
                call(&store, argument);
            }
        }
    }

    /// A timer that does not keep the store open.
    pub(super) fn after(&self, ms: i64, call: fn(&Self)) -> Timer {
        let me = self.me.clone();
        Timer::new(ms, move || me.upgrade().iter().for_each(|store| call(store)))
    }

    /// Ends what the browser would call back, as far as nothing has hold of it just now.
    pub(super) fn abandon(&self) {
        drop(self.stream.try_borrow_mut().ok().and_then(|mut stream| stream.take()));
        drop(self.page_events.try_borrow_mut().ok().and_then(|mut events| events.take()));
        self.batch.abandon();
    }
}
