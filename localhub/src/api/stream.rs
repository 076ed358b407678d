//! Live updates as server-sent events. A stream begins behind the page of events (`after`) and with what became of the
//! catalog (`catalog`) that its reader has; one that was cut resumes with `Last-Event-ID`.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, Query, State as Shared},
    http::HeaderMap,
    response::sse::{Event as Message, Sse},
};
use futures_util::{
    StreamExt,
    stream::{self, Stream},
};
use ops_model::Timestamp;
use serde::Deserialize;
use serde_json::json;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Interval, interval},
};

use super::hub;
use crate::{condition::weakly, error::HubError, live::Live, problem::Problem, state::State, store::EventRow};

/// How often the hub says its time.
const CLOCK_EVERY: Duration = Duration::from_secs(15);
/// How many missed events are read at a time.
const PART: i64 = 500;

/// Where a reader's stream begins.
#[derive(Debug, Deserialize)]
pub(super) struct From {
    /// The `latest` of the page of events that it has.
    after: Option<i64>,
    /// The ETag of the catalog that it has.
    catalog: Option<String>,
}

/// Messages `evidence` (an event; its `id` resumes the stream), `clock` (the hub's time, at once and
/// every 15 s), `catalog` and `manifest` (read them again).
pub(super) async fn stream_events(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Message, Infallible>>>, Problem> {
    hub(&state, &slug).await?;
    let resumed = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
    // A browser that reconnects asks at the same address again.
    let last = resumed.or(from.after);
    let mut ticks = interval(CLOCK_EVERY);
    ticks.reset();
    // Subscribed before the past is read: what happens between the two is heard, and not sent twice.
    let receiver = state.live.subscribe();
    let replaced = match from.catalog {
        Some(known) => state.store.catalog_etag(&slug).await?.filter(|current| !weakly(&known, current)),
        None => None,
    };
    let opening = [Some(clock(state.clock.now())), replaced.as_deref().map(catalog)];
    let opening = stream::iter(opening.into_iter().flatten());
    let reading = Reading {
        slug,
        receiver,
        ticks,
        sent: last.unwrap_or(0),
        missed: VecDeque::new(),
        is_behind: last.is_some(),
        state,
    };
    let messages = stream::unfold(reading, |mut reading| async move { Some((reading.next().await?, reading)) });
    Ok(Sse::new(opening.chain(messages).map(Ok)))
}

/// One reader's stream: what it missed, part by part, then what happens.
struct Reading {
    state: Arc<State>,
    slug: String,
    receiver: Receiver<Live>,
    ticks: Interval,
    /// The sequence number of the last event that was sent.
    sent: i64,
    /// What was missed and is read already.
    missed: VecDeque<(i64, EventRow)>,
    /// Whether more was missed than is read.
    is_behind: bool,
}

impl Reading {
    /// The next message; `None` where the stream ends, and the reader resumes where it was.
    async fn next(&mut self) -> Option<Message> {
        match self.next_missed().await {
            Ok(Some((sequence, event))) => return Some(evidence(sequence, &event_text(&event))),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "an event stream ends");
                return None;
            }
        }
        loop {
            let message = tokio::select! {
                _ = self.ticks.tick() => clock(self.state.clock.now()),
                heard = self.receiver.recv() => match heard {
                    Ok(Live::Evidence { hub, sequence, event }) if *hub == *self.slug && sequence > self.sent => {
                        self.sent = sequence;
                        evidence(sequence, &event)
                    }
                    Ok(Live::Clock(now)) => clock(now),
                    Ok(Live::Catalog(hub, etag)) if hub == self.slug => catalog(&etag),
                    Ok(Live::Manifest(hub, version)) if hub == self.slug => {
                        said("manifest", &json!({ "version": version }))
                    }
                    // Too slow: the reader is cut off.
                    Ok(Live::Stop) | Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
                    Ok(_) => continue,
                },
            };
            return Some(message);
        }
    }

    /// The next event of those that were missed.
    async fn next_missed(&mut self) -> Result<Option<(i64, EventRow)>, HubError> {
        if self.missed.is_empty() && self.is_behind {
            self.missed = self.state.store.events_after(&self.slug, self.sent, PART).await?.into();
            self.is_behind = i64::try_from(self.missed.len()).is_ok_and(|count| count == PART);
        }
        let next = self.missed.pop_front();
        self.sent = next.as_ref().map_or(self.sent, |(sequence, _)| *sequence);
        Ok(next)
    }
}

/// An event as a stream says it.
pub(super) fn event_text(event: &EventRow) -> String {
    serde_json::to_string(event).unwrap_or_default()
}

fn evidence(sequence: i64, event: &str) -> Message {
    Message::default().event("evidence").data(event).id(sequence.to_string())
}

fn clock(now: Timestamp) -> Message {
    said("clock", &json!({ "now": now }))
}

fn catalog(etag: &str) -> Message {
    said("catalog", &json!({ "etag": etag }))
}

fn said(kind: &str, data: &serde_json::Value) -> Message {
    Message::default().event(kind).data(data.to_string())
}
