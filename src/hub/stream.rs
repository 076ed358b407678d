//! Events as they happen, by server-sent events. The browser reconnects by itself and resumes with
//! `Last-Event-ID`.
//!
//! gloo-net's `EventSource` calls its listeners while it closes, which the end of an instance cannot have.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// The types of message that a hub sends.
const MESSAGES: [&str; 4] = ["evidence", "clock", "catalog", "manifest"];

/// What the stream says.
#[derive(Debug)]
pub(super) enum StreamEvent {
    /// It is connected. Nothing has come yet: a proxy may hold what the hub sends.
    Open,
    /// An event was recorded; its JSON.
    Evidence(String),
    /// The hub's time; JSON with `now`.
    Clock(String),
    /// The catalog or the manifest changed.
    Changed,
    /// The connection broke; the browser is reconnecting.
    Broken,
    /// The connection ended, and the browser does not reconnect.
    Ended,
}

/// An open stream; dropping it closes it.
#[derive(Debug)]
pub(super) struct EventStream {
    source: EventSource,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_state: Closure<dyn Fn()>,
}

impl EventStream {
    /// Opens the stream at `url`; `None` where the browser refuses the address.
    pub(super) fn open(url: &str, handle: impl Fn(StreamEvent) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new({
            let handle = handle.clone();
            move |message: MessageEvent| {
                let data = || message.data().as_string().unwrap_or_default();
                handle(match message.type_().as_str() {
                    "evidence" => StreamEvent::Evidence(data()),
                    "clock" => StreamEvent::Clock(data()),
                    _ => StreamEvent::Changed,
                });
            }
        });
        let on_state = Closure::<dyn Fn()>::new({
            let source = source.clone();
            move || {
                handle(match source.ready_state() {
                    EventSource::OPEN => StreamEvent::Open,
                    EventSource::CLOSED => StreamEvent::Ended,
                    _ => StreamEvent::Broken,
                });
            }
        });
        for kind in MESSAGES {
            source.add_event_listener_with_callback(kind, on_message.as_ref().unchecked_ref()).ok()?;
        }
        source.set_onopen(Some(on_state.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_state.as_ref().unchecked_ref()));
        Some(Self { source, _on_message: on_message, _on_state: on_state })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
