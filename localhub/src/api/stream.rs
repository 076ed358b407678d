//! Live updates as server-sent events. A stream that was cut resumes with `Last-Event-ID`.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::sse::{Event as Message, Sse},
};
use futures_util::{
    StreamExt,
    stream::{self, Stream},
};
use ops_model::{Event, Timestamp};
use serde_json::json;
use tokio::{sync::broadcast::error::RecvError, time::interval};

use super::hub;
use crate::{live::Live, problem::Problem, server::State};

/// How often the hub says its time.
const CLOCK_EVERY: Duration = Duration::from_secs(15);

/// Messages `evidence` (an event; its `id` resumes the stream), `clock` (the hub's time, at once and
/// every 15 s), `catalog` and `manifest` (read them again).
pub(super) async fn stream_events(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Message, Infallible>>>, Problem> {
    hub(&state, &slug).await?;
    // Subscribed before the past is read: what happens between the two is sent twice, never lost,
    // and the reader knows events by their id.
    let receiver = state.live.subscribe();
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
    let missed = match last {
        Some(last) => state.store.events_after(&slug, last).await?,
        None => Vec::new(),
    };
    let past = missed.into_iter().map(|(sequence, event)| evidence(sequence, &event));
    let opening = stream::iter(std::iter::once(clock(state.clock.now())).chain(past));
    let mut ticks = interval(CLOCK_EVERY);
    ticks.reset();
    let live = stream::unfold((receiver, ticks, state, slug), |(mut receiver, mut ticks, state, slug)| async move {
        loop {
            let message = tokio::select! {
                _ = ticks.tick() => clock(state.clock.now()),
                heard = receiver.recv() => match heard {
                    Ok(Live::Evidence { hub, sequence, event }) if hub == slug => evidence(sequence, &event),
                    Ok(Live::Clock(now)) => clock(now),
                    Ok(Live::Catalog(hub, etag)) if hub == slug => said("catalog", &json!({ "etag": etag })),
                    Ok(Live::Manifest(hub, version)) if hub == slug => said("manifest", &json!({ "version": version })),
                    // Too slow: the stream ends, and the reader resumes where it was.
                    Ok(Live::Stop) | Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
                    Ok(_) => continue,
                },
            };
            return Some((message, (receiver, ticks, state, slug)));
        }
    });
    Ok(Sse::new(opening.chain(live).map(Ok)))
}

fn evidence(sequence: i64, event: &Event) -> Message {
    said("evidence", &json!(event)).id(sequence.to_string())
}

fn clock(now: Timestamp) -> Message {
    said("clock", &json!({ "now": now }))
}

fn said(kind: &str, data: &serde_json::Value) -> Message {
    Message::default().event(kind).data(data.to_string())
}
