//! Events: listed newest first; recorded by the rule that the inventory states.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_manifest::{EventType, Manifest};
use ops_model::Event;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{ProblemBody, hub};
use crate::{
    access::{Scope, Sender},
    live::Live,
    problem::Problem,
    server::{State, secret},
    store::{NewEvent, Recorded, WidgetRow},
};

#[derive(Debug, Deserialize)]
pub(super) struct PageOf {
    limit: Option<i64>,
    before: Option<String>,
}

/// A hub's events, newest first. `next` is the cursor for the page before, if there is one.
#[utoipa::path(get, path = "/api/v2/hubs/{hub}/events", operation_id = "listEvents", tag = "events",
    params(("hub" = String, Path, example = "ops-hub"), ("limit" = Option<u32>, Query, description = "1 to 1,000; 500 where absent."),
        ("before" = Option<String>, Query, description = "The `next` of another page."), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, description = "`now` (the hub's time), `items`, `next`."), (status = 304, description = "Unchanged."),
        (status = 400, body = ProblemBody, content_type = "application/problem+json")))]
pub(super) async fn list_events(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Path(slug): Path<String>,
    Query(page): Query<PageOf>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    sender.must(Scope::Read)?;
    hub(&state, &slug).await?;
    let limit = page.limit.unwrap_or(500);
    if !(1..=1000).contains(&limit) {
        return Err(Problem::bad(format!("limit: {limit} is not between 1 and 1000.")));
    }
    let before = match &page.before {
        None => i64::MAX,
        Some(text) => {
            text.parse().map_err(|_| Problem::bad(format!("before: '{text}' is not the `next` of a page.")))?
        }
    };
    let etag = format!("W/\"{}-{limit}-{before}\"", state.store.latest_sequence(&slug).await?);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let cache = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    // A reader that brings the ETag has no way to learn the hub's time from a 304, except this header.
    let now = [(header::HeaderName::from_static("x-hub-time"), state.clock.now().to_string())];
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == etag)) {
        return Ok((StatusCode::NOT_MODIFIED, cache, now).into_response());
    }
    let rows = state.store.events(&slug, before, limit).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows.last().filter(|_| full).map(|(sequence, _)| sequence.to_string());
    let items: Vec<Event> = rows.into_iter().map(|(_, event)| event).collect();
    Ok((cache, now, Json(json!({ "now": state.clock.now(), "items": items, "next": next }))).into_response())
}

/// An event to record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventBody {
    /// The widget that it is recorded on.
    widget_id: String,
    /// A type of the active manifest.
    #[schema(example = "ops-endpoint-verified")]
    event_type: String,
    /// Where it is recorded from.
    view_context: Option<String>,
    /// What was observed, in the shape of the type's JSON Schema.
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
}

/// Records an event. Refused with 409 until an active manifest registers its type and its widget
/// exists; `missing` says which of the two is not there.
#[utoipa::path(post, path = "/api/v2/events", operation_id = "createEvent", tag = "events",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body record one event.")),
    request_body = EventBody,
    responses((status = 201, description = "Recorded."), (status = 200, description = "Recorded before under this key."),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "Blocked."),
        (status = 422, body = ProblemBody, content_type = "application/problem+json", description = "The metadata breaks the schema: `errors` has pointers and messages.")))]
pub(super) async fn create_event(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Problem> {
    sender.must(Scope::Record)?;
    let text = body.to_string();
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
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let new = NewEvent { hub: slug.clone(), event, idempotency: key.map(|key| (key.to_owned(), text)) };
    match state.store.record(new).await? {
        Recorded::New(sequence, event) => {
            state.tell(Live::Evidence { hub: slug, sequence, event: Box::new(event.clone()) });
            Ok((StatusCode::CREATED, Json(event)).into_response())
        }
        Recorded::Before(event) => Ok(Json(event).into_response()),
        Recorded::KeyTaken => {
            Err(Problem::unprocessable("This Idempotency-Key was used for another event; choose a new one."))
        }
    }
}

/// The blocking rule: the type registered by an active manifest, and the widget there.
async fn unblocked(state: &State, new: &EventBody) -> Result<(String, WidgetRow, Manifest), Problem> {
    let widget = state.store.widget(&new.widget_id).await?;
    let mut registered = None;
    for hub in state.store.hubs().await? {
        if widget.as_ref().is_some_and(|(own, _)| *own != hub.slug) {
            continue;
        }
        let manifest = state.store.active_manifest(&hub.slug).await?;
        let has_type = |manifest: &Manifest| manifest.event_types.iter().any(|kind| kind.name == new.event_type);
        registered = registered.or(manifest.filter(has_type));
    }
    let (mut missing, mut words) = (Vec::new(), Vec::new());
    if registered.is_none() {
        missing.push("event-type");
        words.push(format!("no active manifest registers the event type '{}'", new.event_type));
    }
    if widget.is_none() {
        missing.push("widget");
        words.push(format!("there is no widget '{}'", new.widget_id));
    }
    match (widget, registered) {
        (Some((slug, widget)), Some(manifest)) => Ok((slug, widget, manifest)),
        _ => {
            let detail = format!("The event is blocked: {}. Register both, then send it again.", words.join(", and "));
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
    let errors: Vec<Value> = validator
        .iter_errors(&metadata)
        .map(|error| json!({ "pointer": format!("/metadata{}", error.instance_path()), "message": error.to_string() }))
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::unprocessable(format!("The metadata breaks the schema of '{}'.", kind.name)).with("errors", errors))
}
