//! Requests to the hub, and what their failures mean to a reader.

use gloo_net::http::{Request, RequestBuilder, Response};
use ops_model::{
    Catalog, pause,
    tolerant::{self, EventPage},
};
use ops_widgets::{Trouble, record::NewEvent};
use serde::Deserialize;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials};

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
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, asked: None }
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

/// A page of the hub's widgets, as far as an event needs it.
#[derive(Debug, Deserialize)]
struct WidgetPage {
    items: Vec<WidgetName>,
}

#[derive(Debug, Deserialize)]
struct WidgetName {
    id: String,
    name: String,
}

impl Client {
    /// Reads the catalog at this path.
    pub(crate) async fn catalog(&self, path: &str, signal: &AbortSignal) -> Result<Catalog, Failure> {
        read(path, tolerant::catalog(&self.get(path, signal, Trouble::NoCatalog).await?))
    }

    /// Reads the latest events at this path.
    pub(crate) async fn events(&self, path: &str, signal: &AbortSignal) -> Result<EventPage, Failure> {
        read(path, tolerant::events(&self.get(path, signal, Trouble::Malformed("HTTP 404".to_owned())).await?))
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
        let page: WidgetPage = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        // A widget that is gone is refused by the hub, which then says which half of its rule is missing.
        let found = page.items.into_iter().find(|widget| widget.name == event.widget);
        let body = serde_json::json!({
            "widgetId": found.map_or(event.widget, |widget| widget.id),
            "eventType": event.event_type,
            "viewContext": event.view_context,
            "metadata": event.metadata,
        });
        let request = Request::post(&[&self.origin, events].concat());
        let request = self
            .authorized(request, &signal)
            .await?
            .header("content-type", "application/json")
            .header("idempotency-key", &event.idempotency_key)
            .body(body.to_string())
            .map_err(|error| error.to_string())?;
        let answer = request.send().await.map_err(|error| error.to_string())?;
        if answer.ok() {
            return Ok(());
        }
        let status = answer.status();
        Err(tolerant::refusal(status, &answer.text().await.unwrap_or_default()))
    }

    async fn get(&self, path: &str, signal: &AbortSignal, missing: Trouble) -> Result<Vec<u8>, Failure> {
        // `no-cache` lets the browser revalidate by ETag: an unchanged catalog costs a 304.
        let cache = if self.afresh { RequestCache::Reload } else { RequestCache::NoCache };
        let request = Request::get(&[&self.origin, path].concat()).cache(cache);
        let request = self.authorized(request, signal).await.map_err(Trouble::Away)?;
        let answer = request.send().await.map_err(|error| Trouble::Away(unreachable(&error.to_string(), signal)))?;
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
            status => return Err(Failure { trouble: Trouble::Away(said(status, asked)), asked }),
        }
        let kind = answer.headers().get("content-type").unwrap_or_default();
        if !kind.starts_with("application/json") {
            return Err(Trouble::Malformed([path, ": not JSON but ", &kind].concat()).into());
        }
        answer::body(&answer).await.map_err(|unread| {
            Failure::from(match unread {
                Unread::Cut(words) => Trouble::Away(unreachable(&[path, " ended early: ", &words].concat(), signal)),
                Unread::TooLarge => Trouble::Malformed([path, ": more than 64 MB"].concat()),
            })
        })
    }

    async fn authorized(&self, request: RequestBuilder, signal: &AbortSignal) -> Result<RequestBuilder, String> {
        let request = request
            .credentials(RequestCredentials::SameOrigin)
            .header("accept", "application/json")
            .abort_signal(Some(signal));
        let authorization = access::authorization(&self.origin).await?;
        Ok(match authorization {
            Some(value) => request.header("authorization", &value),
            None => request,
        })
    }

    /// The sign-in page with the way back to this page.
    fn signed_out(&self) -> Trouble {
        let location = web_sys::window().map(|window| window.location());
        let path = location.as_ref().and_then(|location| location.pathname().ok()).unwrap_or_default();
        let search = location.and_then(|location| location.search().ok()).unwrap_or_default();
        let back = String::from(js_sys::encode_uri_component(&(path + &search)));
        Trouble::SignedOut([&self.origin, &self.sign_in, "?return=", &back].concat())
    }
}

/// What was read, or why the answer at this path is none.
fn read<T>(path: &str, decoded: Result<T, String>) -> Result<T, Failure> {
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
    let header = answer.headers().get("retry-after")?;
    pause::asked(&header, js_sys::Date::parse(&header), js_sys::Date::now())
}

fn path_of(url: &str) -> String {
    web_sys::Url::new(url).map(|url| url.pathname()).unwrap_or_default()
}
