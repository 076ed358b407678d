//! With which right the hub is asked: the reader's cookie on its own origin, a token of the page elsewhere.

use std::cell::RefCell;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

thread_local! {
    static TOKEN: RefCell<Option<Function>> = const { RefCell::new(None) };
    static FETCH: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Takes the loader's call for tokens: it is given a hub's origin and gives a promise of a token, of
/// nothing, or of an error where the page does not name that hub. The token is asked for at each
/// request, and kept nowhere.
///
/// `fetch` is the browser's, but gives what the loader has asked the page's own hub for ahead.
pub(crate) fn ask_by(token: Function, fetch: Function) {
    TOKEN.set(Some(token));
    FETCH.set(Some(fetch));
}

/// Sends a request.
///
/// # Errors
/// What the browser says where there is no answer.
pub(crate) async fn fetch(url: &str, how: &Object) -> Result<Response, JsValue> {
    let fetch = FETCH.with_borrow(Clone::clone).ok_or(JsValue::UNDEFINED)?;
    let promise = fetch.call2(&JsValue::UNDEFINED, &url.into(), how)?;
    Ok(JsFuture::from(Promise::resolve(&promise)).await?.unchecked_into())
}

/// Whether this page is one of the hub's own. A frame without an origin of its own is not, whatever its
/// address says.
pub(crate) fn is_own(origin: &str) -> bool {
    web_sys::window().is_some_and(|window| window.origin() == origin)
}

/// The value of the `Authorization` header; `None` where the cookie counts or the hub asks for nothing.
///
/// # Errors
/// A sentence where the page does not let this hub be asked.
pub(crate) async fn authorization(origin: &str) -> Result<Option<String>, String> {
    let Some(token) = TOKEN.with_borrow(Clone::clone).filter(|_| !is_own(origin)) else { return Ok(None) };
    let promise = token.call1(&JsValue::UNDEFINED, &origin.into()).map(|promise| Promise::resolve(&promise));
    let given = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    let token = given.map_err(|error| super::answer::words(&error))?.as_string().filter(|token| !token.is_empty());
    Ok(token.map(|token| ["Bearer ", &token].concat()))
}
