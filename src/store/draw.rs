//! How events and time reach the widgets: gathered, taken in once a frame, shown.
//!
//! A widget is told of every change of the evidence. All that are to be told make
//! a round: one after another, a few in each frame, from one and the same state. After a round its
//! widgets rest three times as long as it took, so that under a load of any size the reader's keys
//! and the events find the page free most of the time; a single event is shown in the next frame.
use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    mem,
    sync::Arc,
    task::Poll,
};

use gloo_timers::callback::Timeout;
use ops_model::{Event, Timestamp};
use ops_widgets::view::prelude::{ArcRwSignal, Set};
use ops_widgets::{HubData, HubState, completion};

use super::{
    clock,
    frames::Frames,
    hub::{Hub, SILENCE_MS, later},
    page,
};

/// How often times on screen move on when nothing else happens, in ms.
const TICK_MS: i64 = 15_000;
/// How long after it was drawn a page is completed by what its first painting does not wait for, in ms.
const COMPLETED_MS: i64 = 200;
/// How soon after another what changes by itself is looked at, in ms.
const TICK_LEAST_MS: i64 = 20;
/// How many events are taken in at once; the next ones wait for the next frame.
const AT_ONCE: usize = 256;
/// How many events wait for a frame at most. Where none comes, they are taken in as they arrive.
const MOST_WAITING: usize = 2048;
/// For how long widgets are drawn in one frame, in ms; the one that passes it is finished.
const SLICE_MS: f64 = 8.0;
/// How much longer than it took a round is rested after.
const REST: f64 = 3.0;
/// How long is rested at most, in ms: on the slowest machine too the page follows.
const REST_MOST_MS: f64 = 1000.0;

/// What one mounted widget sees. The signals are its own: a signal that all shared would remember each
/// view that is gone until it changes next.
#[derive(Clone, Debug)]
pub(crate) struct View {
    /// The hub's state.
    pub(crate) state: ArcRwSignal<HubState>,
    /// The hub's time.
    pub(crate) now: ArcRwSignal<Timestamp>,
    /// How often the element asks to read the hub, in ms; infinite where it does not ask.
    pub(super) every: f64,
    /// The log's generation up to which it was told.
    seen: u64,
}

impl View {
    fn of(state: &HubState, now: Timestamp) -> Self {
        let own = ArcRwSignal::new(state.clone());
        Self { state: own, now: ArcRwSignal::new(now), every: f64::INFINITY, seen: generation(state) }
    }
}

/// The widgets that are being told, and those that are yet to be.
#[derive(Debug)]
struct Round {
    /// The keys of the views that are yet to be told.
    left: Vec<u32>,
    /// What they are told.
    state: HubState,
    now: Timestamp,
    /// Whether all are told, or only those that do not know of the latest evidence.
    all: bool,
    /// How long the round has taken so far, in ms.
    took: f64,
}

/// What waits to be shown.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    arrived: RefCell<Vec<Arc<Event>>>,
    frames: RefCell<Option<Frames>>,
    round: RefCell<Option<Round>>,
    /// Whether time moved, which concerns all.
    all: Cell<bool>,
    /// What follows a slice of a round, or the rest after one.
    next: RefCell<Option<Timeout>>,
    tick: RefCell<Option<Timeout>>,
    /// The page's time of the tick.
    tick_at: Cell<i64>,
}

impl Drawing {
    /// Ends what is waited for, as far as nothing has hold of it just now.
    pub(super) fn abandon(&self) {
        for timer in [&self.next, &self.tick] {
            drop(timer.try_borrow_mut().ok().and_then(|mut timer| timer.take()));
        }
        drop(self.frames.try_borrow_mut().ok().and_then(|mut frames| frames.take()));
    }
}

impl Hub {
    /// A view comes; its key, and what it subscribes to.
    pub(crate) fn enter(&self) -> (u32, View) {
        let view = View::of(&self.state.borrow(), self.clock.now());
        let mut views = self.views.borrow_mut();
        let key = views.last().map_or(0, |(key, _)| key.wrapping_add(1));
        views.push((key, view.clone()));
        (key, view)
    }

    /// A view goes. Whether it was the last one.
    pub(crate) fn leave(&self, key: u32) -> bool {
        let mut views = self.views.borrow_mut();
        views.retain(|(of, _)| *of != key);
        views.is_empty()
    }

    /// Changes the state, and tells every view at once.
    pub(super) fn change(&self, how: impl FnOnce(&mut HubState)) {
        how(&mut self.state.borrow_mut());
        // A round under way would go back to what was before.
        *self.drawing.round.borrow_mut() = None;
        let (state, now) = (self.state.borrow().clone(), self.clock.now());
        let keys: Vec<u32> = self.views.borrow().iter().map(|(key, _)| *key).collect();
        for key in keys {
            self.tell(key, &state, now, true);
        }
    }

    /// Tells a view, where it is still there and was not told before. Whether it was.
    fn tell(&self, key: u32, state: &HubState, now: Timestamp, all: bool) -> bool {
        let told = {
            let mut views = self.views.borrow_mut();
            let Some((_, view)) = views.iter_mut().find(|(of, _)| *of == key) else { return false };
            let since = mem::replace(&mut view.seen, generation(state));
            if !all && generation(state) <= since {
                return false;
            }
            view.clone()
        };
        // Not borrowed while signals change: views may come or go with that.
        told.now.set(now);
        told.state.set(state.clone());
        true
    }

    /// Keeps an event for the next frame. Before the first reading the events wait.
    pub(super) fn gather(&self, event: Event) {
        self.drawing.arrived.borrow_mut().push(Arc::new(event));
        if self.drawing.arrived.borrow().len() >= MOST_WAITING {
            self.take_in();
        }
        self.follow();
    }

    /// Sees to it that what waits is shown: in the next frame, or in the first after the rest.
    pub(super) fn follow(&self) {
        let is_waiting = self.drawing.all.get() || !self.drawing.arrived.borrow().is_empty();
        if !is_waiting || self.drawing.next.borrow().is_some() || self.state.borrow().data.is_none() {
            return;
        }
        let mut frames = self.drawing.frames.borrow_mut();
        let frames = frames.get_or_insert_with(|| {
            let hub = self.me.clone();
            Frames::new(move || hub.upgrade().into_iter().for_each(|hub| hub.frame()))
        });
        frames.ask();
    }

    /// Takes waiting events into the log, as many as are taken in at once.
    fn take_in(&self) {
        if self.state.borrow().data.is_none() || self.drawing.arrived.borrow().is_empty() {
            return;
        }
        let mut arrived = self.drawing.arrived.take();
        let rest = arrived.split_off(arrived.len().min(AT_ONCE));
        *self.drawing.arrived.borrow_mut() = rest;
        {
            let mut state = self.state.borrow_mut();
            if let Some(HubData { index, log, .. }) = &mut state.data {
                let log = Arc::make_mut(log);
                for event in arrived {
                    log.insert(event, index);
                }
            }
            state.checked = self.clock.now();
        }
        self.set_alarm();
    }

    /// A frame begins: events are taken in, and a round begins or goes on.
    fn frame(&self) {
        self.drawing.frames.borrow().iter().for_each(Frames::taken);
        self.take_in();
        let round = self.drawing.round.take().unwrap_or_else(|| Round {
            left: self.views.borrow().iter().rev().map(|(key, _)| *key).collect::<Vec<_>>(),
            state: self.state.borrow().clone(),
            now: self.clock.now(),
            all: self.drawing.all.take(),
            took: 0.0,
        });
        *self.drawing.round.borrow_mut() = Some(round);
        let hub = self.me.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let began = clock::precise_ms();
            while clock::precise_ms() - began < SLICE_MS {
                let Some(hub) = hub.upgrade() else { return };
                if !hub.tell_next() {
                    break;
                }
                drop(hub);
                turn().await;
            }
            // Styles, layout and paint come before the timer: they are a part of what it took.
            let Some(hub) = hub.upgrade() else { return };
            let me = hub.me.clone();
            let told = Timeout::new(0, move || me.upgrade().into_iter().for_each(|hub| hub.told(began)));
            *hub.drawing.next.borrow_mut() = Some(told);
        });
    }

    /// Tells the next view of the round that does not know yet; `false` where there is none.
    fn tell_next(&self) -> bool {
        loop {
            let next = {
                let mut round = self.drawing.round.borrow_mut();
                let Some(round) = round.as_mut() else { return false };
                let Some(key) = round.left.pop() else { return false };
                (key, round.state.clone(), round.now, round.all)
            };
            if self.tell(next.0, &next.1, next.2, next.3) {
                return true;
            }
        }
    }

    /// A slice of a round is on screen: the next one follows in the next frame, or the rest.
    fn told(&self, began: f64) {
        *self.drawing.next.borrow_mut() = None;
        let round = self.drawing.round.take();
        let took = round.as_ref().map_or(0.0, |round| round.took) + clock::precise_ms() - began;
        if let Some(round) = round.filter(|round| !round.left.is_empty()) {
            *self.drawing.round.borrow_mut() = Some(Round { took, ..round });
            self.drawing.frames.borrow().iter().for_each(Frames::ask);
            return;
        }
        let hub = self.me.clone();
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
        let rest = later((took * REST).min(REST_MOST_MS) as i64, move || {
            let Some(hub) = hub.upgrade() else { return };
            *hub.drawing.next.borrow_mut() = None;
            hub.follow();
        });
        *self.drawing.next.borrow_mut() = Some(rest);
    }

    /// Moves the widgets' time to now, and sets the alarm for when it matters next.
    pub(super) fn move_time(&self) {
        *self.drawing.tick.borrow_mut() = None;
        if page::is_hidden() {
            return;
        }
        if self.stream.borrow().is_some() && clock::monotonic_ms().saturating_sub(self.heard.get()) > SILENCE_MS {
            self.probe();
        }
        self.listen();
        self.drawing.all.set(true);
        self.follow();
        self.set_alarm();
    }

    /// Sets the alarm for when something changes by itself, where it is not set for then or before.
    pub(super) fn set_alarm(&self) {
        if page::is_hidden() {
            return;
        }
        let now = self.clock.now();
        let change = self.state.borrow().data.as_ref().and_then(|data| data.log.next_change(now));
        let most = if completion::is_complete() { TICK_MS } else { COMPLETED_MS };
        let wait = change.map_or(most, |at| at.since(now).clamp(TICK_LEAST_MS, most));
        let at = clock::monotonic_ms().saturating_add(wait);
        if self.drawing.tick.borrow().is_some() && self.drawing.tick_at.get() <= at {
            return;
        }
        self.drawing.tick_at.set(at);
        let hub = self.me.clone();
        let tick = later(wait, move || {
            completion::complete();
            hub.upgrade().into_iter().for_each(|hub| hub.move_time());
        });
        *self.drawing.tick.borrow_mut() = Some(tick);
    }
}

fn generation(state: &HubState) -> u64 {
    state.data.as_ref().map_or(0, |data| data.log.generation())
}

/// Lets the effects run that signals have called for.
async fn turn() {
    let mut has_waited = false;
    poll_fn(move |task| {
        if mem::replace(&mut has_waited, true) {
            return Poll::Ready(());
        }
        task.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
