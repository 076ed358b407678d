//! Follows the hub's event stream.

use std::sync::Arc;

use ops_model::{Event, event};
use ops_widgets::timer::{self, monotonic_ms};

use super::{
    backoff::pause_after,
    client::{encoded, is_own},
    store::Store,
    stream::{EventStream, StreamEvent},
};

/// After how long without a word a stream counts as dead, in ms; the hub says its time every 15 s.
const SILENCE_MS: f64 = 50_000.0;
/// How often the browser reconnects a stream by itself before the hub is asked with growing pauses.
const MOST_BREAKS: u32 = 3;

impl Store {
    /// Opens the stream behind what was read, if it is not open. A hub on another origin is polled: a stream
    /// cannot send a token.
    pub(super) fn follow(&self, after: String) {
        if self.stream.borrow().is_some() {
            return;
        }
        if !is_own(&self.origin) {
            return self.set_live(false);
        }
        // Where events have no numbers, the hub is read once more when the stream is open, as after a break.
        self.breaks.set(self.breaks.get().max(after.is_empty().into()));
        let catalog = self.last_catalog.borrow().as_ref().map(|(etag, _)| etag.clone()).unwrap_or_default();
        let given = [("after", after), ("catalog", catalog)].into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = given.map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{mark}{}", self.origin, self.path("streamEvents"), query.join("&"));
        let stream = EventStream::open(&url, self.weakly(Self::on_stream_event));
        self.heard_ms.set(monotonic_ms());
        if stream.is_none() {
            self.set_live(false);
        }
        *self.stream.borrow_mut() = stream;
        self.plan_reading();
    }

    fn on_stream_event(&self, event: StreamEvent) {
        timer::run_overdue();
        self.heard_ms.set(monotonic_ms());
        match event {
            StreamEvent::Open => {
                // What happened between a break and now is not in a stream that begins anew.
                if self.breaks.replace(0) > 0 {
                    self.refresh();
                }
            }
            StreamEvent::Broken => {
                self.breaks.set(self.breaks.get().saturating_add(1));
                self.set_live(false);
                if self.breaks.get() >= MOST_BREAKS {
                    self.give_up_stream();
                }
            }
            StreamEvent::Ended => {
                self.breaks.set(self.breaks.get().saturating_add(1));
                self.give_up_stream();
            }
            StreamEvent::Changed => {
                self.set_live(true);
                self.refresh();
            }
            StreamEvent::Clock(json) => {
                self.set_live(true);
                if let Ok(now) = event::now(&json) {
                    self.clock.set(now);
                    self.known.borrow_mut().checked = now;
                    self.move_time();
                }
            }
            StreamEvent::Evidence(json) => {
                self.set_live(true);
                match Event::read(&json) {
                    Ok(event) => self.gather(event),
                    Err(note) => self.update(|known| Arc::make_mut(&mut known.evidence).name_unread(note)),
                }
            }
        }
    }

    /// Gives up a stream that has said nothing for too long.
    pub(super) fn check_stream(&self) {
        if self.stream.borrow().is_some() && self.is_silent() {
            self.give_up_stream();
        }
    }

    /// Whether the stream has said nothing for too long.
    pub(super) fn is_silent(&self) -> bool {
        monotonic_ms() - self.heard_ms.get() > SILENCE_MS
    }

    /// Closes the stream and reads the hub in a while, which opens another one.
    fn give_up_stream(&self) {
        self.set_live(false);
        drop(self.stream.take());
        self.read_after(pause_after(self.breaks.get(), None));
    }

    /// Says whether events arrive as they happen.
    pub(super) fn set_live(&self, live: bool) {
        if self.known.borrow().live != Some(live) {
            self.update(|known| known.live = Some(live));
        }
    }
}
