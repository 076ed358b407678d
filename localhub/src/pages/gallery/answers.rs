//! A hub that plays a state: the paths of API v2 below `/gallery/answers/STATE/api`.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event as Message, Sse},
    },
    routing::get,
};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use super::{
    Gallery, fixture,
    states::{Day, GalleryState, Hub, find},
};
use crate::{live::Live, problem::Problem};

/// The tag of everything that the gallery answers: it never changes.
const ETAG: &str = "\"gallery\"";
/// How often the open stream says the time, so that the widgets stay at it.
const CLOCK_EVERY: Duration = Duration::from_secs(10);

pub(super) fn router() -> Router<Gallery> {
    Router::new()
        .route("/gallery/answers/{state}/api/v2/hubs/{hub}/catalog", get(catalog))
        .route("/gallery/answers/{state}/api/v2/hubs/{hub}/events", get(events))
        .route("/gallery/answers/{state}/api/v2/hubs/{hub}/events/stream", get(events_stream))
        .route("/gallery/answers/{state}/api/v2/hubs/{hub}/widgets", get(widgets))
        .route("/gallery/answers/{state}/api/{*rest}", get(nothing).post(refuse))
}

/// The state that an address names.
pub(super) fn state(name: &str) -> Result<&'static GalleryState, Problem> {
    find(name).ok_or_else(|| Problem::missing(format!("The gallery has no state '{name}'; see /gallery.")))
}

async fn catalog(
    Shared(gallery): Shared<Gallery>,
    Path((name, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = state(&name)?;
    let day = match state.hub {
        Hub::Answers(day) => day,
        // Whoever brings the tag has read the catalog: from then on the hub is away.
        Hub::GoesAway(_) if headers.contains_key(header::IF_NONE_MATCH) => {
            return Err(refusal(StatusCode::SERVICE_UNAVAILABLE));
        }
        Hub::GoesAway(day) => day,
        Hub::Silent => return Err(silence(&gallery).await),
        Hub::Refuses(status) => return Err(refusal(status)),
        Hub::Garbles | Hub::Unpacked => return Ok(Json(json!({ "schema": "one" })).into_response()),
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::ETAG, ETAG),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    Ok((headers, fixture::catalog(day)).into_response())
}

async fn events(Path((name, _)): Path<(String, String)>) -> Result<Json<Value>, Problem> {
    let day = day(state(&name)?)?;
    Ok(Json(json!({ "now": fixture::now(day), "items": fixture::events(day)?, "next": null })))
}

async fn widgets(
    Shared(gallery): Shared<Gallery>,
    Path((name, _)): Path<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let state = state(&name)?;
    let mut items = fixture::widgets(&gallery.manifest().await?.1, state)?;
    for item in &mut items {
        item["id"] = format!("wgt_{}", item["name"].as_str().unwrap_or_default()).into();
    }
    Ok(Json(json!({ "items": items })))
}

/// The stream of one state stays open. All others say that there is none: a page of many frames
/// would otherwise use up the few connections that a browser opens to one host.
async fn events_stream(
    Shared(gallery): Shared<Gallery>,
    Path((name, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = state(&name)?;
    match state.hub {
        Hub::Answers(day) if name == "proven" => Ok(clock(&gallery, day)),
        Hub::GoesAway(_) if !headers.contains_key("last-event-id") => {
            let again = Message::default().event("catalog").id("1").retry(Duration::from_millis(100)).data("{}");
            Ok(Sse::new(stream::iter([Ok::<_, Infallible>(again)])).into_response())
        }
        _ => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

fn clock(gallery: &Gallery, day: Day) -> Response {
    let now = json!({ "now": fixture::now(day) }).to_string();
    let mut every = tokio::time::interval(CLOCK_EVERY);
    every.reset();
    let stop = gallery.hub.live.subscribe();
    let said = stream::unfold((every, stop, true), move |(mut every, mut stop, mut due)| {
        let now = now.clone();
        async move {
            // At once the first time, then at each tick; whatever else the hub tells is not for here.
            while !std::mem::take(&mut due) {
                tokio::select! {
                    _ = every.tick() => due = true,
                    heard = stop.recv() => {
                        if matches!(heard, Ok(Live::Stop) | Err(RecvError::Closed)) {
                            return None;
                        }
                    }
                }
            }
            Some((Ok::<_, Infallible>(Message::default().event("clock").data(now)), (every, stop, false)))
        }
    });
    Sse::new(said).into_response()
}

/// Waits until the hub stops.
async fn silence(gallery: &Gallery) -> Problem {
    let mut heard = gallery.hub.live.subscribe();
    while !matches!(heard.recv().await, Ok(Live::Stop) | Err(RecvError::Closed)) {}
    refusal(StatusCode::SERVICE_UNAVAILABLE)
}

fn day(state: &GalleryState) -> Result<Day, Problem> {
    match state.hub {
        Hub::Answers(day) | Hub::GoesAway(day) => Ok(day),
        Hub::Refuses(status) => Err(refusal(status)),
        Hub::Silent | Hub::Garbles | Hub::Unpacked => Err(refusal(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

fn refusal(status: StatusCode) -> Problem {
    Problem::new(status, "gallery", "A hub of the gallery answers so on purpose.")
}

async fn nothing() -> Problem {
    Problem::missing("A hub of the gallery has catalog, events and widgets only.")
}

/// The answer to whoever tries to record something.
async fn refuse() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "gallery", "This is the gallery: its data is invented, and it records nothing.")
}
