//! Requests to the hub, and what their failures mean to a reader.

use gloo_net::http::{Request, RequestBuilder, Response};
use ops_model::{Catalog, Event, Timestamp};
use ops_widgets::{Trouble, record::NewEvent};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use web_sys::{AbortSignal, RequestCache, RequestCredentials};

/// How long the hub may take to answer, in ms.
const TIMEOUT_MS: u32 = 20_000;

/// A page of events as the hub returns it, newest first.
#[derive(Debug, Deserialize)]
pub(crate) struct EventPage {
    /// The hub's time.
    pub(crate) now: Timestamp,
    items: Vec<Value>,
}

impl EventPage {
    /// The events that can be read. One that cannot does not take the others down; it is logged.
    pub(crate) fn events(self) -> impl Iterator<Item = Event> {
        self.items.into_iter().filter_map(|item| {
            serde_json::from_value(item)
                .map_err(|error| {
                    web_sys::console::warn_1(&["ops-hub: an event is left out: ", &error.to_string()].concat().into())
                })
                .ok()
        })
    }
}

/// Reads the catalog.
pub(crate) async fn catalog(url: &str, sign_in: &str) -> Result<Catalog, Trouble> {
    get(url, sign_in, Trouble::NoCatalog).await
}

/// Reads the latest events.
pub(crate) async fn events(url: &str, sign_in: &str) -> Result<EventPage, Trouble> {
    get(url, sign_in, Trouble::Malformed("404".to_owned())).await
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

/// Records an event on the widget that it names.
///
/// # Errors
/// The hub's own words where it refuses (`detail`, and each of `errors`, of its
/// `application/problem+json`), otherwise what kept it from answering.
pub(crate) async fn record(widgets: &str, events: &str, sign_in: &str, event: NewEvent) -> Result<(), String> {
    let page: WidgetPage = get(widgets, sign_in, Trouble::Malformed("404".to_owned())).await.map_err(words)?;
    // A widget that is gone is refused by the hub, which then says which half of its rule is missing.
    let found = page.items.into_iter().find(|widget| widget.name == event.widget);
    let body = serde_json::json!({
        "widgetId": found.map_or(event.widget, |widget| widget.id),
        "eventType": event.event_type,
        "viewContext": event.view_context,
        "metadata": event.metadata,
    });
    let request = Request::post(events)
        .credentials(RequestCredentials::SameOrigin)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .header("idempotency-key", &event.idempotency_key)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
        .body(body.to_string())
        .map_err(|error| error.to_string())?;
    let answer = request.send().await.map_err(|error| error.to_string())?;
    if answer.ok() {
        return Ok(());
    }
    let status = ["HTTP ", &answer.status().to_string()].concat();
    let problem: Value = serde_json::from_str(&answer.text().await.unwrap_or_default()).unwrap_or_default();
    let said = problem["detail"].as_str().map_or(status, str::to_owned);
    let errors = problem["errors"].as_array().into_iter().flatten().filter_map(|error| error["message"].as_str());
    Err([said.as_str()].into_iter().chain(errors).collect::<Vec<_>>().join(" "))
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

async fn get<T: DeserializeOwned>(url: &str, sign_in: &str, missing: Trouble) -> Result<T, Trouble> {
    let answer = request(url).send().await.map_err(|error| Trouble::Away(error.to_string()))?;
    match answer.status() {
        200 => {}
        401 => return Err(Trouble::SignedOut(with_way_back(sign_in))),
        403 => return Err(Trouble::Forbidden),
        404 => return Err(missing),
        status => return Err(Trouble::Away(["HTTP ", &status.to_string()].concat())),
    }
    if !is_json(&answer) {
        return Err(Trouble::Malformed([url, ": not JSON"].concat()));
    }
    let text = answer.text().await.map_err(|error| Trouble::Away(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| Trouble::Malformed([url, ": ", &error.to_string()].concat()))
}

fn request(url: &str) -> RequestBuilder {
    // `no-cache` lets the browser revalidate by ETag: an unchanged catalog costs a 304.
    Request::get(url)
        .cache(RequestCache::NoCache)
        .credentials(RequestCredentials::SameOrigin)
        .header("accept", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
}

fn is_json(answer: &Response) -> bool {
    answer.headers().get("content-type").is_some_and(|kind| kind.starts_with("application/json"))
}

/// The sign-in page with the way back to this page.
fn with_way_back(sign_in: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let path = location.as_ref().and_then(|location| location.pathname().ok()).unwrap_or_default();
    let search = location.and_then(|location| location.search().ok()).unwrap_or_default();
    [sign_in, "?return=", &String::from(js_sys::encode_uri_component(&(path + &search)))].concat()
}
