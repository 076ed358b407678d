//! Requests to the hub, and what their failures mean to a reader.

use std::cell::RefCell;

use gloo_net::http::{Headers, Method, Request, RequestBuilder, Response};
use js_sys::{Array, Error, Function, Promise, Uint8Array};
use ops_model::{Timestamp, pause, problem};
use ops_widgets::{Trouble, record::NewEvent};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestCache,
    RequestCredentials,
};

use super::page;

/// How long the hub may take to answer, in ms.
const TIMEOUT_MS: u32 = 20_000;
/// The largest body that is read, in bytes: a catalog of 100,000 entities in one document has about 40 MB.
const MOST_BYTES: usize = 64 * 1024 * 1024;

thread_local! {
    static TOKEN: RefCell<Option<Function>> = const { RefCell::new(None) };
    static FETCH: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Takes two functions of the loader. `token` is given a hub's origin and gives a promise of a token, of
/// nothing, or of an error where the page does not name that hub. `fetch` is the browser's own, except that
/// it gives the answers that the loader asked for while the components loaded.
pub(crate) fn set_access(token: Function, fetch: Function) {
    TOKEN.set(Some(token));
    FETCH.set(Some(fetch));
}

/// Whether this page is one of the hub's own. A frame without an origin of its own is not, whatever its
/// address says.
pub(super) fn is_own(origin: &str) -> bool {
    web_sys::window().is_some_and(|window| window.origin() == origin)
}

/// A text as a part of an address.
pub(super) fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Why a request did not give what was asked for.
#[derive(Debug)]
pub(super) struct Failure {
    /// In words for the reader.
    pub(super) trouble: Trouble,
    /// How long the hub asks to be left alone, in ms.
    pub(super) retry_after: Option<i64>,
    /// Whether what was asked for is not there any more (410).
    pub(super) is_gone: bool,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, retry_after: None, is_gone: false }
    }
}

impl Failure {
    /// The answer at this path breaks the contract.
    pub(super) fn malformed(path: &str, error: &str) -> Self {
        Trouble::Malformed(format!("{path}: {error}")).into()
    }
}

/// Aborts its requests when it is dropped.
#[derive(Debug)]
pub(super) struct Abort(Option<AbortController>);

impl Abort {
    pub(super) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortController::abort);
    }
}

/// An answer with a document, which is still to be read.
#[derive(Debug)]
pub(super) struct Answer {
    response: Response,
    path: String,
    signal: AbortSignal,
}

impl Answer {
    /// What the hub calls this state of the document.
    pub(super) fn etag(&self) -> Option<String> {
        self.response.headers().get("etag")
    }

    /// Reads the document. `on_part` is given what was read so far, with each part that arrives.
    pub(super) async fn read(self, on_part: impl FnMut(&[u8])) -> Result<Vec<u8>, Failure> {
        body(&self.response, on_part).await.map_err(|error| error.at(&self.path, &self.signal))
    }
}

/// An event as the hub takes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewRecord<'a> {
    widget_id: &'a str,
    event_type: &'a str,
    view_context: &'a str,
    metadata: &'a Map<String, Value>,
}

/// Asks a hub.
#[derive(Clone, Debug)]
pub(super) struct Client {
    /// The hub's origin.
    pub(super) origin: String,
    /// The path of its sign-in page.
    pub(super) sign_in: String,
    /// Whether the browser's cache is passed by: a malformed answer may lie in it.
    pub(super) skips_cache: bool,
    /// Aborts the requests.
    pub(super) abort: Option<AbortSignal>,
}

impl Client {
    /// Reads a document. `missing` says what a 404 means.
    pub(super) async fn get(&self, path: &str, cache: RequestCache, missing: Trouble) -> Result<Vec<u8>, Failure> {
        self.open(path, cache, missing).await?.read(|_| {}).await
    }

    /// The same up to the body, which is still to be read.
    pub(super) async fn open(&self, path: &str, cache: RequestCache, missing: Trouble) -> Result<Answer, Failure> {
        let signal = self.signal();
        let cache = if self.skips_cache { RequestCache::Reload } else { cache };
        let request = self.request(Method::GET, path, &[], &signal).await?.cache(cache);
        let response = send(request.build().map_err(|error| Trouble::Away(error.to_string()))?, &signal).await?;
        self.check(path, &response, missing)?;
        Ok(Answer { response, path: path.to_owned(), signal })
    }

    /// Records an event on the widget that it names.
    ///
    /// # Errors
    /// The hub's own words where it refuses, otherwise what kept it from answering.
    pub(super) async fn record(&self, widgets: &str, events: &str, event: &NewEvent) -> Result<(), String> {
        let missing = Trouble::Malformed("HTTP 404".to_owned());
        let page = self.get(widgets, RequestCache::NoCache, missing).await.map_err(|failure| words(failure.trouble))?;
        let page: Value = serde_json::from_slice(&page).map_err(|error| error.to_string())?;
        let listed = page["items"].as_array().into_iter().flatten();
        let id = listed.filter(|widget| widget["name"] == event.widget).find_map(|widget| widget["id"].as_str());
        let record = NewRecord {
            // The hub refuses a widget that is gone, and says which half of its rule is missing.
            widget_id: id.unwrap_or(&event.widget),
            event_type: &event.event_type,
            view_context: &event.view_context,
            metadata: &event.metadata,
        };
        let signal = self.signal();
        let headers = [("content-type", "application/json"), ("idempotency-key", &event.idempotency_key)];
        let request =
            self.request(Method::POST, events, &headers, &signal).await.map_err(|failure| words(failure.trouble))?;
        let json = serde_json::to_string(&record).map_err(|error| error.to_string())?;
        let request = request.body(json).map_err(|error| error.to_string())?;
        let response = send(request, &signal).await.map_err(|failure| words(failure.trouble))?;
        if response.ok() {
            return Ok(());
        }
        let said = body(&response, |_| {}).await.unwrap_or_default();
        Err(problem::refusal(response.status(), &said))
    }

    /// Of this client, and of the time that the hub may take.
    fn signal(&self) -> AbortSignal {
        let late = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        match &self.abort {
            Some(abort) => AbortSignal::any(&Array::of2(abort, &late)),
            None => late,
        }
    }

    /// A request with the right to make it: the reader's cookie on the hub's own origin, a token elsewhere.
    async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        signal: &AbortSignal,
    ) -> Result<RequestBuilder, Failure> {
        let authorization = authorization(&self.origin).await.map_err(Trouble::Away)?;
        let own = [("accept", Some("application/json")), ("authorization", authorization.as_deref())];
        let all = headers.iter().map(|(name, value)| (*name, Some(*value))).chain(own);
        // gloo-net's own way to set a header ends all at a token that is no header value.
        let collect = || {
            let collected = web_sys::Headers::new()?;
            all.filter_map(|(name, value)| Some((name, value?)))
                .try_for_each(|(name, value)| collected.set(name, value))?;
            Ok(Headers::from_raw(collected))
        };
        let headers = collect().map_err(|error: JsValue| Trouble::Away(js_words(&error)))?;
        Ok(RequestBuilder::new(&format!("{}{path}", self.origin))
            .method(method)
            .headers(headers)
            .credentials(RequestCredentials::SameOrigin)
            .abort_signal(Some(signal)))
    }

    /// Whether the answer is one, and JSON.
    fn check(&self, path: &str, response: &Response, missing: Trouble) -> Result<(), Failure> {
        // A session that ended may lead to the sign-in page in place of an answer.
        if response.redirected() && path_of(&response.url()) == self.sign_in {
            return Err(self.signed_out().into());
        }
        match response.status() {
            200 => {}
            401 => return Err(self.signed_out().into()),
            403 => return Err(Trouble::Forbidden.into()),
            404 => return Err(missing.into()),
            status => {
                let retry_after = retry_after(response);
                let trouble = Trouble::Away(status_words(status, retry_after));
                return Err(Failure { trouble, retry_after, is_gone: status == 410 });
            }
        }
        let kind = response.headers().get("content-type").unwrap_or_default();
        if !kind.starts_with("application/json") {
            return Err(Failure::malformed(path, &format!("not JSON but {kind}")));
        }
        Ok(())
    }

    /// The sign-in page with the way back to this page.
    fn signed_out(&self) -> Trouble {
        let location = web_sys::window().map(|window| window.location());
        let path = location.as_ref().and_then(|location| location.pathname().ok()).unwrap_or_default();
        let search = location.and_then(|location| location.search().ok()).unwrap_or_default();
        let back = encoded(&(path + &search));
        Trouble::SignedOut(format!("{}{}?return={back}", self.origin, self.sign_in))
    }
}

/// Sends a request by the loader's `fetch`.
async fn send(request: Request, signal: &AbortSignal) -> Result<Response, Failure> {
    let fetch = FETCH.with_borrow(Clone::clone).ok_or_else(|| Trouble::Away(String::new()))?;
    let promise = fetch.call1(&JsValue::UNDEFINED, &web_sys::Request::from(request));
    let response = match promise {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
        Err(error) => Err(error),
    };
    let response = response.map_err(|error| Trouble::Away(unreachable(&js_words(&error), signal)))?;
    Ok(Response::from(response.unchecked_into::<web_sys::Response>()))
}

/// The value of the `Authorization` header; `None` where the cookie counts or the hub asks for nothing. The
/// page is asked for the token at each request, and the token is kept nowhere.
async fn authorization(origin: &str) -> Result<Option<String>, String> {
    let Some(token) = TOKEN.with_borrow(Clone::clone).filter(|_| !is_own(origin)) else { return Ok(None) };
    let given = match token.call1(&JsValue::UNDEFINED, &origin.into()) {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
        Err(error) => Err(error),
    };
    let token = given.map_err(|error| js_words(&error))?.as_string().filter(|token| !token.is_empty());
    Ok(token.map(|token| format!("Bearer {token}")))
}

/// Why a body could not be read.
enum Unread {
    /// It broke off, in the browser's words.
    Cut(String),
    TooLarge,
}

impl Unread {
    fn at(self, path: &str, signal: &AbortSignal) -> Failure {
        match self {
            Self::Cut(words) => Trouble::Away(unreachable(&format!("{path} ended early: {words}"), signal)).into(),
            Self::TooLarge => Failure::malformed(path, "more than 64 MB"),
        }
    }
}

/// The body of an answer that nobody has begun to read. A body without an end is not waited for.
async fn body(response: &Response, mut on_part: impl FnMut(&[u8])) -> Result<Vec<u8>, Unread> {
    let cut = |error: JsValue| Unread::Cut(js_words(&error));
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let read: ReadableStreamReadResult = JsFuture::from(reader.read()).await.map_err(cut)?.unchecked_into();
        if read.get_done().unwrap_or(true) {
            return Ok(bytes);
        }
        let chunk: Uint8Array = read.get_value().unchecked_into();
        if bytes.len() + chunk.length() as usize > MOST_BYTES {
            let _ = reader.cancel();
            return Err(Unread::TooLarge);
        }
        bytes.extend(chunk.to_vec());
        on_part(&bytes);
    }
}

/// What an error of JavaScript says.
fn js_words(error: &JsValue) -> String {
    error.dyn_ref::<Error>().map_or_else(String::new, |error| String::from(error.message()))
}

/// A trouble in words, for a message of one line.
fn words(trouble: Trouble) -> String {
    match trouble {
        Trouble::SignedOut(_) => "HTTP 401".to_owned(),
        Trouble::Forbidden => "HTTP 403".to_owned(),
        Trouble::NoCatalog => "HTTP 404".to_owned(),
        Trouble::Away(words) | Trouble::Malformed(words) => words,
    }
}

/// Why there is no answer, as well as the browser lets it be known.
fn unreachable(error: &str, signal: &AbortSignal) -> String {
    if page::is_offline() {
        "This browser is offline.".to_owned()
    } else if signal.aborted() {
        "No answer within 20 s.".to_owned()
    } else {
        error.to_owned()
    }
}

fn status_words(status: u16, retry_after: Option<i64>) -> String {
    let meaning = match status {
        409 => ": something else changes this just now",
        429 => ": too many requests",
        503 => ": the hub is not ready",
        _ => "",
    };
    let wait = retry_after.map_or_else(String::new, |ms| format!("; it asks to wait {} s", ms / 1000));
    format!("HTTP {status}{meaning}{wait}")
}

fn retry_after(response: &Response) -> Option<i64> {
    let header = response.headers().get("retry-after")?;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
    let now = Timestamp::from_ms(js_sys::Date::now() as i64);
    pause::asked(&header, now)
}

fn path_of(url: &str) -> String {
    web_sys::Url::new(url).map(|url| url.pathname()).unwrap_or_default()
}
