//! Requests to the hub, and what their failures mean to a reader.

use gloo_net::http::{Request, RequestBuilder, Response};
use ops_model::{Catalog, Event, Timestamp};
use ops_widgets::Trouble;
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
    let path = location.and_then(|location| location.pathname().ok()).unwrap_or_default();
    [sign_in, "?return=", &String::from(js_sys::encode_uri_component(&path))].concat()
}
