//! What a reader chose, kept in the page's address so that it can be shared: a parameter a widget.
//!
//! Everything else in the address stays as it is, and no entry is added to the history.

use js_sys::{decode_uri_component, encode_uri_component};
use ops_model::gather::Gather;

/// The value of the page's parameter of this name.
#[must_use]
pub fn read(name: &str) -> Option<String> {
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
    let origin = web_sys::window()?.location().origin().ok()?;
    Some(origin + &address(name, value)?)
}

/// Path, parameters and hash of the page with this value.
fn address(name: &str, value: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    let (path, search, hash) = (location.pathname().ok()?, location.search().ok()?, location.hash().ok()?);
    let own = |pair: &&str| pair.split('=').next() != Some(name) && !pair.is_empty();
    let mut pairs: Vec<String> = search.trim_start_matches('?').split('&').filter(own).map(str::to_owned).gathered();
    if !value.is_empty() {
        pairs.push([name, "=", &String::from(encode_uri_component(value))].concat());
    }
    let mark = if pairs.is_empty() { "" } else { "?" };
    Some([&path, mark, &pairs.join("&"), &hash].concat())
}
