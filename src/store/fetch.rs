//! Requests to the hub, and what their failures mean to a reader.

use js_sys::{Object, Reflect};
use ops_model::{EventPage, Timestamp, pause, problem};
use ops_widgets::{Trouble, record::NewEvent};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal, Response};

use super::{
    access,
    answer::{self, Unread},
    page,
};

/// How long the hub may take to answer, in ms.
const TIMEOUT_MS: u32 = 20_000;

/// Why a request did not give what was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    /// In words for the reader.
    pub(crate) trouble: Trouble,
    /// How long the hub asks to be left alone, in ms.
    pub(crate) asked: Option<i64>,
    /// Whether what was asked for is not there any more (410).
    pub(crate) is_gone: bool,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, asked: None, is_gone: false }
    }
}

/// Ends the requests that it was given to when it is dropped.
#[derive(Debug)]
pub(crate) struct Abort(Option<AbortController>);

impl Abort {
    /// For requests to come.
    pub(crate) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// A signal for one request: of this, and of the time that the hub may take.
    pub(crate) fn signal(&self) -> AbortSignal {
        let late = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        match &self.0 {
            Some(controller) => AbortSignal::any(&js_sys::Array::of2(&controller.signal(), &late)),
            None => late,
        }
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortController::abort);
    }
}

/// Where a hub is asked.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// The hub's origin.
    pub(crate) origin: String,
    /// The path of its sign-in page.
    pub(crate) sign_in: String,
    /// Whether the browser's cache is passed by: what was malformed may lie in it.
    pub(crate) afresh: bool,
}

impl Client {
    /// Reads the latest events at this path.
    pub(crate) async fn events(&self, path: &str, signal: &AbortSignal) -> Result<EventPage, Failure> {
        read(path, EventPage::read(&self.get(path, signal, Trouble::Malformed("HTTP 404".to_owned())).await?))
    }

    /// Records an event on the widget that it names.
    ///
    /// # Errors
    /// The hub's own words where it refuses (`detail`, and each of `errors`, of its
    /// `application/problem+json`), otherwise what kept it from answering.
    pub(crate) async fn record(&self, widgets: &str, events: &str, event: NewEvent) -> Result<(), String> {
        let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        let missing = Trouble::Malformed("HTTP 404".to_owned());
        let bytes = self.get(widgets, &signal, missing).await.map_err(|failure| words(failure.trouble))?;
        let page = serde_json::from_slice::<Value>(&bytes).map_err(|error| error.to_string())?;
        let mut listed = page["items"].as_array().into_iter().flatten();
        let found = listed.find(|widget| widget["name"] == event.widget);
        // A widget that is gone is refused by the hub, which then says which half of its rule is missing.
        let widget = found.and_then(|widget| widget["id"].as_str()).map_or(event.widget, str::to_owned);
        let body = json!({
            "widgetId": widget,
            "eventType": event.event_type,
            "viewContext": event.view_context,
            "metadata": event.metadata,
        });
        let headers = [("content-type", "application/json"), ("idempotency-key", &event.idempotency_key)];
        let body = body.to_string();
        let answer = self.send(events, &[("method", "POST"), ("body", &body)], &headers, &signal).await?;
        if answer.ok() {
            return Ok(());
        }
        let said = answer::body(&answer).await.unwrap_or_default();
        Err(problem::refusal(answer.status(), &said))
    }

    async fn get(&self, path: &str, signal: &AbortSignal, missing: Trouble) -> Result<Vec<u8>, Failure> {
        let answer = self.ask(path, signal, missing).await?;
        answer::body(&answer).await.map_err(|unread| unread_words(unread, path, signal))
    }

    /// The answer to a request, its body still to come.
    pub(crate) async fn ask(&self, path: &str, signal: &AbortSignal, missing: Trouble) -> Result<Response, Failure> {
        // `no-cache` lets the browser revalidate by ETag: an unchanged catalog costs a 304.
        let cache = if self.afresh { "reload" } else { "no-cache" };
        let answer = self.send(path, &[("cache", cache)], &[], signal).await;
        let answer = answer.map_err(|error| Trouble::Away(unreachable(&error, signal)))?;
        let asked = retry_after(&answer);
        // A session that ended may lead to the sign-in page in place of an answer.
        if answer.redirected() && path_of(&answer.url()) == self.sign_in {
            return Err(self.signed_out().into());
        }
        match answer.status() {
            200 => {}
            401 => return Err(self.signed_out().into()),
            403 => return Err(Trouble::Forbidden.into()),
            404 => return Err(missing.into()),
            status => {
                return Err(Failure { trouble: Trouble::Away(said(status, asked)), asked, is_gone: status == 410 });
            }
        }
        let kind = header(&answer, "content-type").unwrap_or_default();
        if !kind.starts_with("application/json") {
            return Err(Trouble::Malformed([path, ": not JSON but ", &kind].concat()).into());
        }
        Ok(answer)
    }

    /// Sends a request with what this page may say of itself.
    async fn send(
        &self,
        path: &str,
        how: &[(&str, &str)],
        headers: &[(&str, &str)],
        signal: &AbortSignal,
    ) -> Result<Response, String> {
        let (request, all) = (Object::new(), Object::new());
        how.iter().for_each(|(name, value)| set(&request, name, &JsValue::from_str(value)));
        headers.iter().for_each(|(name, value)| set(&all, name, &JsValue::from_str(value)));
        set(&all, "accept", &JsValue::from_str("application/json"));
        if let Some(value) = access::authorization(&self.origin).await? {
            set(&all, "authorization", &JsValue::from_str(&value));
        }
        set(&request, "credentials", &JsValue::from_str("same-origin"));
        set(&request, "headers", &all);
        set(&request, "signal", signal);
        let url = [&self.origin, path].concat();
        access::fetch(&url, &request).await.map_err(|error| answer::words(&error))
    }

    /// The sign-in page with the way back to this page.
    fn signed_out(&self) -> Trouble {
        let location = web_sys::window().map(|window| window.location());
        let path = location.as_ref().and_then(|location| location.pathname().ok()).unwrap_or_default();
        let search = location.and_then(|location| location.search().ok()).unwrap_or_default();
        let back = encoded(&(path + &search));
        Trouble::SignedOut([&self.origin, &self.sign_in, "?return=", &back].concat())
    }
}

/// Why an answer's body was not read to its end.
pub(crate) fn unread_words(unread: Unread, path: &str, signal: &AbortSignal) -> Failure {
    Failure::from(match unread {
        Unread::Cut(words) => Trouble::Away(unreachable(&[path, " ended early: ", &words].concat(), signal)),
        Unread::TooLarge => Trouble::Malformed([path, ": more than 64 MB"].concat()),
    })
}

/// A text as a part of an address.
pub(crate) fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// Sets a field of a fresh plain object, which cannot fail.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A header of an answer.
pub(crate) fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).ok().flatten()
}

/// What was read, or why the answer at this path is none.
pub(crate) fn read<T>(path: &str, decoded: Result<T, String>) -> Result<T, Failure> {
    decoded.map_err(|error| Trouble::Malformed([path, ": ", &error].concat()).into())
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
        return "This browser is offline.".to_owned();
    }
    if signal.aborted() {
        return "No answer within 20 s.".to_owned();
    }
    error.to_owned()
}

fn said(status: u16, asked: Option<i64>) -> String {
    let status = ["HTTP ", &status.to_string()].concat();
    let meaning = match status.as_str() {
        "HTTP 409" => ": something else changes this just now",
        "HTTP 429" => ": too many requests",
        "HTTP 503" => ": the hub is not ready",
        _ => "",
    };
    match asked {
        Some(ms) => [&status, meaning, "; it asks to wait ", &(ms / 1000).to_string(), " s"].concat(),
        None => [&status, meaning].concat(),
    }
}

fn retry_after(answer: &Response) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
    let now = Timestamp::from_ms(js_sys::Date::now() as i64);
    pause::asked(&header(answer, "retry-after")?, now)
}

fn path_of(url: &str) -> String {
    web_sys::Url::new(url).map(|url| url.pathname()).unwrap_or_default()
}
