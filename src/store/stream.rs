//! Live updates by server-sent events. The browser reconnects and resumes with Last-Event-ID itself.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// What the stream says.
#[derive(Debug)]
pub(crate) enum Signal {
    /// It is open: events arrive as they happen.
    Open,
    /// An event was recorded; its JSON.
    Evidence(String),
    /// The hub's time; JSON with `now`.
    Clock(String),
    /// Catalog or manifest changed: read again.
    Changed,
    /// It broke; the browser is reconnecting.
    Broken,
    /// It ended and stays closed.
    Ended,
}

/// An open stream; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Stream {
    source: EventSource,
    _message: Closure<dyn Fn(MessageEvent)>,
    _state: Closure<dyn Fn(web_sys::Event)>,
}

impl Stream {
    /// Opens the stream at `url`; `None` where the browser refuses the address.
    pub(crate) fn open(url: &str, handle: impl Fn(Signal) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let on_message = handle.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = || event.data().as_string().unwrap_or_default();
            match event.type_().as_str() {
                "evidence" => on_message(Signal::Evidence(data())),
                "clock" => on_message(Signal::Clock(data())),
                _ => on_message(Signal::Changed),
            }
        });
        let state_source = source.clone();
        let state = Closure::<dyn Fn(web_sys::Event)>::new(move |_| {
            handle(match state_source.ready_state() {
                EventSource::OPEN => Signal::Open,
                EventSource::CLOSED => Signal::Ended,
                _ => Signal::Broken,
            });
        });
        for kind in ["evidence", "clock", "catalog", "manifest"] {
            source.add_event_listener_with_callback(kind, message.as_ref().unchecked_ref()).ok()?;
        }
        source.set_onopen(Some(state.as_ref().unchecked_ref()));
        source.set_onerror(Some(state.as_ref().unchecked_ref()));
        Some(Self { source, _message: message, _state: state })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}
