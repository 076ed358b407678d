//! How events and time reach the elements: gathered, then taken in together, once a frame.
//!
//! After a batch the elements rest three times as long as it took to draw. So under a load of any size the
//! page is free for the reader's keys most of the time, and a single event is shown in the next frame.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use leptos::prelude::{AnimationFrameRequestHandle, request_animation_frame_with_handle};
use ops_model::Event;
use ops_widgets::timer::{self, Timer, monotonic_ms};

use super::{page, store::Store};

/// How often times on screen move on when nothing else happens, in ms.
const TICK_MS: i64 = 15_000;
/// The shortest time between two ticks, in ms.
const LEAST_TICK_MS: i64 = 20;
/// How many events are taken in at once; the next ones wait for the next batch.
const MOST_AT_ONCE: usize = 256;
/// How many events wait for a frame at most. More are taken in as they arrive.
const MOST_WAITING: usize = 2_048;
/// After how long a frame is not waited for any longer, in ms: a tab that nobody sees has none.
const NO_FRAME_MS: i64 = 250;
/// How many times as long as a batch took is rested after it.
const REST: f64 = 3.0;
/// The longest rest, in ms: the slowest machine follows too.
const MOST_REST_MS: f64 = 1_000.0;

/// What waits to be shown.
#[derive(Debug, Default)]
pub(super) struct Batch {
    events: RefCell<Vec<Event>>,
    /// Whether time moved.
    is_due: Cell<bool>,
    frame: RefCell<Option<Frame>>,
    /// The painting, then the rest, after the last batch.
    rest: RefCell<Option<Timer>>,
    /// When time moves next, in the page's time.
    tick: RefCell<Option<(f64, Timer)>>,
}

impl Batch {
    /// Asks for no frame any more.
    pub(super) fn abandon(&self) {
        drop(self.frame.try_borrow_mut().ok().and_then(|mut frame| frame.take()));
    }

    fn is_empty(&self) -> bool {
        !self.is_due.get() && self.events.borrow().is_empty()
    }
}

/// A frame that is asked for. Dropping it cancels that.
#[derive(Debug)]
struct Frame {
    request: Option<AnimationFrameRequestHandle>,
    _fallback: Timer,
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.request.iter().for_each(AnimationFrameRequestHandle::cancel);
    }
}

impl Store {
    /// Keeps an event for the next batch.
    pub(super) fn gather(&self, event: Event) {
        self.batch.events.borrow_mut().push(event);
        if self.batch.events.borrow().len() >= MOST_WAITING {
            self.take_in();
        }
        self.show_soon();
    }

    /// Sees to it that what waits is shown: in the next frame, or in the first after the rest. Before the
    /// first reading it waits for that.
    pub(super) fn show_soon(&self) {
        let batch = &self.batch;
        if batch.frame.borrow().is_some() || batch.is_empty() || !self.known.borrow().is_loaded {
            return;
        }
        let on_frame = self.weakly(|store, ()| store.on_frame());
        let request = request_animation_frame_with_handle(move || on_frame(())).ok();
        let frame = Frame { request, _fallback: self.after(NO_FRAME_MS, Self::on_frame) };
        *batch.frame.borrow_mut() = Some(frame);
    }

    fn on_frame(&self) {
        drop(self.batch.frame.take());
        timer::run_overdue();
        if self.batch.rest.borrow().is_some() {
            // Frame by frame, so that the rest ends even where the page cleared its timer.
            return self.show_soon();
        }
        let began = monotonic_ms();
        if self.batch.is_due.take() {
            self.known.borrow_mut().now = self.clock.now();
        }
        self.take_in();
        self.show();
        // Effects run in microtasks, then comes the painting, and then a timer.
        let me = self.me.clone();
        let painted = Timer::new(0, move || me.upgrade().iter().for_each(|store| store.rest(monotonic_ms() - began)));
        *self.batch.rest.borrow_mut() = Some(painted);
    }

    /// A batch is on screen; it took so many ms.
    #[expect(clippy::cast_possible_truncation, reason = "at most a second")]
    fn rest(&self, took: f64) {
        let rest = self.after((took * REST).min(MOST_REST_MS) as i64, |store| {
            drop(store.batch.rest.take());
            store.show_soon();
        });
        *self.batch.rest.borrow_mut() = Some(rest);
    }

    /// Takes waiting events into the log.
    fn take_in(&self) {
        let mut known = self.known.borrow_mut();
        let mut waiting = self.batch.events.borrow_mut();
        if !known.is_loaded || waiting.is_empty() {
            return;
        }
        let catalog = known.catalog.clone();
        let evidence = Arc::make_mut(&mut known.evidence);
        let count = waiting.len().min(MOST_AT_ONCE);
        for event in waiting.drain(..count) {
            evidence.insert(Arc::new(event), &catalog);
        }
        drop((known, waiting));
        self.plan_tick();
    }

    /// Moves the time that is shown to now.
    pub(super) fn move_time(&self) {
        drop(self.batch.tick.take());
        if page::is_hidden() {
            return;
        }
        self.check_stream();
        self.batch.is_due.set(true);
        self.show_soon();
        self.plan_tick();
    }

    /// Plans the next tick for when something changes by itself, if it is not planned for then or before.
    #[expect(clippy::cast_precision_loss, reason = "at most 15 s")]
    pub(super) fn plan_tick(&self) {
        if page::is_hidden() {
            return;
        }
        let now = self.clock.now();
        let change = self.known.borrow().evidence.next_change(now);
        let wait = change.map_or(TICK_MS, |at| at.since(now).clamp(LEAST_TICK_MS, TICK_MS));
        let at = monotonic_ms() + wait as f64;
        let is_planned = self.batch.tick.borrow().as_ref().is_some_and(|(planned, _)| *planned <= at);
        if !is_planned {
            let tick = self.after(wait, Self::move_time);
            *self.batch.tick.borrow_mut() = Some((at, tick));
        }
    }
}
