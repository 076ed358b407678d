//! Sending what is kept.

use jiff::{SignedDuration, Timestamp};
use miette::Result;
use reqwest::StatusCode;
use serde_json::{Map, Value, json};

use super::{Kept, Outbox, State, fit::fit};
use crate::{
    client::{Call, Client, Failure},
    verify::places::Places,
};

/// What is sent within this time is as old as the hub takes it for.
const LATE: SignedDuration = SignedDuration::from_secs(5);

/// What became of an event.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The hub has recorded it, now or before.
    Recorded,
    /// It stays in the outbox.
    Stays(State, String),
}

/// Sends one event; notes in the outbox what became of it.
pub(crate) async fn send(hub: &Client, outbox: &Outbox, places: &Places, event: &Kept) -> Result<Outcome> {
    let stays = |state, reason: String, answered| {
        outbox.stays(&event.key, state, &reason, answered)?;
        Ok(Outcome::Stays(state, reason))
    };
    let body = match &event.body {
        // The hub may have recorded it already: under the same key it has to be the same.
        Some(body) => body.clone(),
        None => match places.of(&event.event_type, &event.subject) {
            Some(place) => json!({
                "widgetId": place.id, "eventType": event.event_type,
                "viewContext": place.view_context, "metadata": fitting(metadata(event), places.schema(&event.event_type)),
            }),
            None => return stays(State::Blocked, unregistered(event), true),
        },
    };
    outbox.sending(&event.key, &body)?;
    let call = Call::to("record-event").with("Idempotency-Key", event.key.as_str()).sending(body);
    match hub.call(&call).await {
        Ok(_) => {
            outbox.remove(&event.key)?;
            Ok(Outcome::Recorded)
        }
        Err(failure) if failure.is_transient() => stays(State::Waiting, failure.to_string(), false),
        Err(failure) => {
            let (state, reason) = judged(&failure);
            stays(state, reason, failure.status().is_some())
        }
    }
}

/// What was observed; what comes late says of when it is, so that it does not pass for fresh.
fn metadata(event: &Kept) -> Map<String, Value> {
    let mut metadata = event.metadata.clone();
    let age = event.observed_at.parse::<Timestamp>().map(|at| Timestamp::now().duration_since(at));
    if age.is_ok_and(|age| age > LATE) {
        metadata.insert("observedAt".to_owned(), json!(event.observed_at));
    }
    metadata
}

/// The same as the hub's schema takes it.
fn fitting(metadata: Map<String, Value>, schema: Option<&Value>) -> Map<String, Value> {
    match schema {
        Some(schema) => fit(metadata, schema),
        None => metadata,
    }
}

fn unregistered(event: &Kept) -> String {
    format!(
        "blocked: no widget of the hub accepts '{}' about {}; register the extension: ops-hub register",
        event.event_type, event.subject
    )
}

/// Which half of the blocking rule failed, or what else the hub says.
fn judged(failure: &Failure) -> (State, String) {
    let Failure::Refused { status, body, detail, .. } = failure else { return (State::Waiting, failure.to_string()) };
    let missing = body.get("missing").and_then(Value::as_array);
    match missing {
        Some(missing) if *status == StatusCode::CONFLICT => {
            let halves: Vec<&str> = missing.iter().filter_map(Value::as_str).map(half).collect();
            (State::Blocked, format!("blocked: missing is {}; register it: ops-hub register", halves.join(" and ")))
        }
        // Without a right to record, or at an address that is no longer the hub's, nothing is wrong with the event.
        _ if status.is_redirection() || [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(status) => {
            (State::Waiting, format!("{status}: {detail}"))
        }
        _ => (State::Refused, format!("{status}: {detail}{}", errors(body))),
    }
}

fn half(word: &str) -> &str {
    match word {
        "event-type" => "the event type in an active manifest",
        "widget" => "the widget",
        "active-widget" => "the widget, which is retired",
        other => other,
    }
}

/// What breaks the event type's schema, with its places.
fn errors(body: &Value) -> String {
    let one = |error: &Value| Some(format!("{}: {}", error["pointer"].as_str()?, error["message"].as_str()?));
    let errors = body.get("errors").and_then(Value::as_array).into_iter().flatten();
    let errors: Vec<String> = errors.filter_map(one).collect();
    if errors.is_empty() { String::new() } else { format!(" ({})", errors.join("; ")) }
}
