//! Events: listed newest first; recorded by the rule that the inventory states.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_manifest::{EventType, Manifest};
use ops_model::Event;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    hub,
    page::{List, PageOf, links, tagged, unchanged},
};
use crate::{
    access::Sender,
    condition::Condition,
    live::Live,
    problem::Problem,
    server::{State, secret},
    store::{NewEvent, Page, Recorded, WidgetRow},
};

/// Where a page of events begins, as readers of version 2.0.0 say it.
#[derive(Debug, Deserialize)]
pub(super) struct Before {
    /// The same as `cursor`.
    before: Option<String>,
}

/// A hub's events, newest first. `now` is the hub's time, by which their age is told.
pub(super) async fn list_events(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    Query(before): Query<Before>,
    condition: Condition,
) -> Result<Response, Problem> {
    hub(&state, &slug).await?;
    let page: Page<i64> = page.or(before.before).of("events")?;
    let end = page.after.unwrap_or(i64::MAX);
    let etag = format!("W/\"{}-{}-{end}\"", state.store.latest_sequence(&slug).await?, page.limit);
    // A reader that brings the ETag has no way to learn the hub's time from a 304, except this header.
    let now = [(header::HeaderName::from_static("x-hub-time"), state.clock.now().to_string())];
    if let Some(unchanged) = unchanged(&condition, &etag) {
        return Ok((now, unchanged).into_response());
    }
    let List { items, next } = List::new("events", state.store.events(&slug, page).await?);
    let body = json!({ "now": state.clock.now(), "items": items, "next": next });
    Ok((tagged(etag), now, links(&uri, next.as_deref()), Json(body)).into_response())
}

/// An event to record.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventBody {
    /// The widget that it is recorded on.
    widget_id: String,
    /// A type of the active manifest.
    event_type: String,
    /// Where it is recorded from.
    view_context: Option<String>,
    /// What was observed, in the shape of the type's JSON Schema.
    metadata: Map<String, Value>,
}

/// Records an event. Refused with 409 until an active manifest registers its type and its widget is
/// there and active; `missing` says what is not.
pub(super) async fn create_event(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Problem> {
    let text = body.to_string();
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    // What was recorded stays so, also where it would be refused by now: a sender that did not hear
    // the answer has to get it.
    if let Some(key) = key
        && let Some(known) = state.store.recorded(sender.name(), key, &text).await?
    {
        return answer(&state, "", known);
    }
    let new: EventBody = serde_json::from_value(body).map_err(|error| Problem::bad(format!("The event: {error}.")))?;
    let (slug, widget, manifest) = unblocked(&state, &new).await?;
    let kind = accepted(&manifest, &widget, &new)?;
    validated(kind, &new)?;
    let event = Event {
        id: format!("evt_{}", secret(15)),
        widget_id: widget.id,
        widget: Some(widget.name),
        event_type: new.event_type,
        view_context: new.view_context,
        metadata: new.metadata,
        time: state.clock.now(),
        actor: Some(sender.name().to_owned()),
    };
    let new = NewEvent { hub: slug.clone(), event, idempotency: key.map(|key| (key.to_owned(), text)) };
    let recorded = state.store.record(new).await?;
    answer(&state, &slug, recorded)
}

/// The answer to what became of an event; open streams hear of a new one.
fn answer(state: &State, slug: &str, recorded: Recorded) -> Result<Response, Problem> {
    match recorded {
        Recorded::New(sequence, event) => {
            let (hub, event) = (slug.to_owned(), Box::new(event));
            state.tell(Live::Evidence { hub, sequence, event: event.clone() });
            Ok((StatusCode::CREATED, Json(event)).into_response())
        }
        Recorded::Before(event) => Ok(Json(event).into_response()),
        Recorded::KeyTaken => {
            Err(Problem::unprocessable("This Idempotency-Key was used for another event; choose a new one."))
        }
    }
}

/// The blocking rule: the type registered by an active manifest, and the widget there and active.
async fn unblocked(state: &State, new: &EventBody) -> Result<(String, WidgetRow, Manifest), Problem> {
    let widget = state.store.widget(&new.widget_id).await?;
    let has_type = |manifest: &Manifest| manifest.event_types.iter().any(|kind| kind.name == new.event_type);
    let manifest = match &widget {
        Some((slug, _)) => state.store.active_manifest(slug).await?.filter(has_type),
        None => None,
    };
    let is_registered = manifest.is_some() || (widget.is_none() && state.store.registers(&new.event_type).await?);
    let retired = widget.as_ref().and_then(|(_, widget)| widget.retired_at.as_deref());
    let (mut missing, mut words, mut cures) = (Vec::new(), Vec::new(), Vec::new());
    if !is_registered {
        missing.push("event-type");
        words.push(format!("no active manifest registers the event type '{}'", new.event_type));
        cures.push("register the event type");
    }
    if widget.is_none() {
        missing.push("widget");
        words.push(format!("there is no widget '{}'", new.widget_id));
        cures.push("register the widget");
    }
    if let Some(since) = retired {
        missing.push("active-widget");
        words.push(format!("the widget '{}' is retired since {since}", new.widget_id));
        cures.push("put the widget again, which revives it");
    }
    match (widget, manifest) {
        (Some((slug, widget)), Some(manifest)) if missing.is_empty() => Ok((slug, widget, manifest)),
        _ => {
            let (words, cures) = (words.join(", and "), cures.join(", and "));
            let detail = format!("The event is blocked: {words}. To have it accepted, {cures}, then send it again.");
            Err(Problem::new(StatusCode::CONFLICT, "event-blocked", detail).with("missing", missing))
        }
    }
}

fn accepted<'a>(manifest: &'a Manifest, widget: &WidgetRow, new: &EventBody) -> Result<&'a EventType, Problem> {
    let kind = manifest.kinds.iter().find(|kind| kind.name == widget.kind);
    let accepts = kind.is_some_and(|kind| kind.accepts.contains(&new.event_type));
    let found = manifest.event_types.iter().find(|kind| kind.name == new.event_type);
    found.filter(|_| accepts).ok_or_else(|| {
        let accepts = kind.map(|kind| kind.accepts.join(", ")).unwrap_or_default();
        Problem::unprocessable(format!(
            "The widget '{}' of kind '{}' does not accept '{}'; it accepts: {accepts}.",
            widget.name, widget.kind, new.event_type
        ))
    })
}

fn validated(kind: &EventType, new: &EventBody) -> Result<(), Problem> {
    let validator = jsonschema::validator_for(&kind.metadata_schema)
        .map_err(|error| Problem::conflict(format!("The schema of '{}' cannot be used: {error}.", kind.name)))?;
    let metadata = Value::Object(new.metadata.clone());
    let errors: Vec<(String, String)> = validator
        .iter_errors(&metadata)
        .map(|error| (format!("/metadata{}", error.instance_path()), error.to_string()))
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    let detail = format!("The metadata breaks the schema of '{}'.", kind.name);
    Err(Problem::unprocessable(detail).with("errors", Problem::errors(errors)))
}
