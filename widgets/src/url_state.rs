//! What a reader chose, kept in the page's address so that it can be shared: a parameter a widget.
//!
//! Everything else in the address stays as it is, and no entry is added to the history.

use std::cell::RefCell;

use js_sys::{decode_uri_component, encode_uri_component};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::timer::Timer;

/// How long what was chosen waits to be written, in ms. Browsers make each writing wait for another of
/// their processes, for milliseconds, and refuse more than a hundred in a while.
const SOON_MS: i64 = 100;
/// When it is written at once: the reader goes elsewhere, in the page or out of it. Only a reloading that
/// begins before it is written goes by the address of before.
const LEAVING: [&str; 2] = ["blur", "pagehide"];

thread_local! {
    /// What is to be written: a name and its value.
    static WAITING: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
    static SOON: RefCell<Option<Timer>> = const { RefCell::new(None) };
    static WRITE: Closure<dyn Fn()> = listening(Closure::new(write_waiting));
}

fn listening(write: Closure<dyn Fn()>) -> Closure<dyn Fn()> {
    for event in LEAVING {
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback_and_bool(event, write.as_ref().unchecked_ref(), true);
        }
    }
    write
}

/// Sets the page's parameter of this name soon; at once where the reader leaves the field or the page, or
/// somebody asks for it.
pub fn write_soon(name: &str, value: &str) {
    let before = WAITING.replace(Some((name.to_owned(), value.to_owned())));
    match before {
        None => {
            // Listens from now on for the reader to leave.
            WRITE.with(|_| {});
            SOON.set(Some(Timer::new(SOON_MS, write_waiting)));
        }
        Some((other, value)) if other != name => write(&other, &value),
        Some(_) => {}
    }
}

fn write_waiting() {
    if let Some((name, value)) = WAITING.take() {
        write(&name, &value);
    }
}

/// The value of the page's parameter of this name.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    write_waiting();
    let search = web_sys::window()?.location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&');
    let value = pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?.1;
    decode_uri_component(value).ok().map(String::from)
}

/// Sets the page's parameter of this name; an empty value takes it away. A page without an address
/// of its own (a sandboxed frame) stays as it is.
pub fn write(name: &str, value: &str) {
    let Some((window, address)) = web_sys::window().zip(address(name, value)) else { return };
    if let Ok(history) = window.history() {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&address));
    }
}

/// The page's whole address with this value; `None` where the page has none.
#[must_use]
pub fn link(name: &str, value: &str) -> Option<String> {
    write_waiting();
    let origin = web_sys::window()?.location().origin().ok()?;
    Some(origin + &address(name, value)?)
}

/// Path, parameters and hash of the page with this value.
fn address(name: &str, value: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    let (path, search, hash) = (location.pathname().ok()?, location.search().ok()?, location.hash().ok()?);
    let own = |pair: &&str| pair.split('=').next() != Some(name) && !pair.is_empty();
    let mut pairs: Vec<String> = search.trim_start_matches('?').split('&').filter(own).map(str::to_owned).collect();
    if !value.is_empty() {
        pairs.push(format!("{name}={}", String::from(encode_uri_component(value))));
    }
    let mark = if pairs.is_empty() { "" } else { "?" };
    Some([&path, mark, &pairs.join("&"), &hash].concat())
}
