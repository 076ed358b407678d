//! Events: listed newest first; recorded by the rule that the inventory states.

use std::sync::Arc;

use axum::{
    Json,
    extract::{OriginalUri, Path, Query, State as Shared},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use ops_manifest::Manifest;
use serde::Deserialize;
use serde_json::{
    Map, Value,
    value::{RawValue, to_raw_value},
};

use super::{
    no_hub,
    page::{List, PageOf, links, tagged},
    stream::event_text,
};
use crate::ready::Rules;
use crate::{
    condition::Condition,
    live::Live,
    problem::Problem,
    secret::secret,
    sender::Sender,
    state::State,
    store::{EventFilter, EventList, EventRow, NewEvent, Page, Recorded, Target, WidgetRow},
};

/// Which events are wanted, besides how many.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    /// Where a page of events begins, as readers of version 2.0.0 say it: the same as `cursor`.
    before: Option<String>,
    /// Those of the widget with this name.
    widget: Option<String>,
    /// Those of this type.
    #[serde(rename = "type")]
    event_type: Option<String>,
}

/// A page of events, by which its readers tell their age.
#[derive(Debug, serde::Serialize)]
struct Events {
    now: String,
    latest: String,
    #[serde(flatten)]
    list: List<EventRow>,
}

/// A hub's events, newest first. `now` is the hub's time, by which their age is told.
pub(super) async fn list_events(
    Shared(state): Shared<Arc<State>>,
    Path(slug): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(page): Query<PageOf>,
    Query(wanted): Query<Wanted>,
    condition: Condition,
) -> Result<Response, Problem> {
    let page: Page<i64> = page.or(wanted.before).of("events")?;
    let (limit, end) = (page.limit, page.after.unwrap_or(i64::MAX));
    let etag = move |latest: i64| format!("W/\"{latest}-{limit}-{end}\"");
    let filter = EventFilter { widget: wanted.widget, event_type: wanted.event_type };
    let known = condition.clone();
    let found = state.store.events(&slug, filter, page, move |latest| known.has(&etag(latest))).await?;
    let EventList { latest, part } = found.ok_or_else(|| no_hub(&slug))?;
    let etag = etag(latest);
    // A reader that brings the ETag has no way to learn the hub's time from a 304, except this header.
    let time = state.clock.now().to_string();
    let now = [(header::HeaderName::from_static("x-hub-time"), time.clone())];
    match part {
        Some(part) => {
            let list = List::new("events", part);
            let links = links(&uri, list.next.as_deref());
            Ok((tagged(etag), now, links, Json(Events { now: time, latest: latest.to_string(), list })).into_response())
        }
        None => Ok((StatusCode::NOT_MODIFIED, now, tagged(etag)).into_response()),
    }
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
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let key = key.map(|key| (key.to_owned(), body.to_string()));
    let new: EventBody = serde_json::from_value(body).map_err(|error| Problem::bad(format!("The event: {error}.")))?;
    // What was recorded stays so, also where it would be refused by now: a sender that did not hear
    // the answer has to get it.
    if let Some((key, text)) = &key
        && let Some(known) = state.store.recorded(sender.name(), key, text).await?
    {
        return answer(known);
    }
    let (slug, widget, rules) = unblocked(&state, &new).await?;
    accepted(&rules.manifest, &widget, &new)?;
    let event = EventRow {
        id: format!("evt_{}", secret(15)),
        widget_id: widget.id,
        widget: widget.name,
        metadata: validated(&rules, &new.event_type, new.metadata)?,
        event_type: new.event_type,
        view_context: new.view_context,
        time: state.clock.now().to_string(),
        actor: sender.name().to_owned(),
    };
    let live = state.live.clone();
    let new = NewEvent { hub: slug.clone(), event, idempotency: key };
    let recorded = state.store.record(new, move |recorded| {
        if let Recorded::New(sequence, event) = recorded
            && live.receiver_count() > 0
        {
            let (hub, event) = (slug.into(), event_text(event).into());
            // That the last listener has gone meanwhile is no error.
            let _ = live.send(Live::Evidence { hub, sequence: *sequence, event });
        }
    });
    answer(recorded.await?)
}

/// The answer to what became of an event.
fn answer(recorded: Recorded) -> Result<Response, Problem> {
    match recorded {
        Recorded::New(_, event) => Ok((StatusCode::CREATED, Json(event)).into_response()),
        Recorded::Before(event) => Ok(Json(event).into_response()),
        Recorded::KeyTaken => {
            Err(Problem::unprocessable("This Idempotency-Key was used for another event; choose a new one."))
        }
    }
}

/// The blocking rule: the type registered by an active manifest, and the widget there and active.
async fn unblocked(state: &State, new: &EventBody) -> Result<(String, WidgetRow, Arc<Rules>), Problem> {
    let target = state.store.target(&new.widget_id).await?;
    let rules = match target.as_ref().and_then(|target| target.revision) {
        Some(revision) => state.rules.of_revision(&state.store, revision).await?,
        None => None,
    };
    let rules = rules.filter(|rules| rules.manifest.event_types.iter().any(|kind| kind.name == new.event_type));
    let is_registered = rules.is_some() || (target.is_none() && state.store.registers(&new.event_type).await?);
    let widget = target.map(|Target { hub, widget, .. }| (hub, widget));
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
    match (widget, rules) {
        (Some((slug, widget)), Some(rules)) if missing.is_empty() => Ok((slug, widget, rules)),
        _ => {
            let (words, cures) = (words.join(", and "), cures.join(", and "));
            let detail = format!("The event is blocked: {words}. To have it accepted, {cures}, then send it again.");
            Err(Problem::new(StatusCode::CONFLICT, "event-blocked", detail).with("missing", missing))
        }
    }
}

fn accepted(manifest: &Manifest, widget: &WidgetRow, new: &EventBody) -> Result<(), Problem> {
    let kind = manifest.kinds.iter().find(|kind| kind.name == widget.kind);
    if kind.is_some_and(|kind| kind.accepts.contains(&new.event_type)) {
        return Ok(());
    }
    let accepts = kind.map(|kind| kind.accepts.join(", ")).unwrap_or_default();
    Err(Problem::unprocessable(format!(
        "The widget '{}' of kind '{}' does not accept '{}'; it accepts: {accepts}.",
        widget.name, widget.kind, new.event_type
    )))
}

/// The metadata as it is kept, if it is what the schema of its type says.
fn validated(rules: &Rules, event_type: &str, metadata: Map<String, Value>) -> Result<Box<RawValue>, Problem> {
    let schema = rules
        .schema(event_type)
        .map_err(|error| Problem::conflict(format!("The schema of '{event_type}' cannot be used: {error}.")))?;
    let metadata = Value::Object(metadata);
    let errors: Vec<(String, String)> = schema
        .iter_errors(&metadata)
        .map(|error| (format!("/metadata{}", error.instance_path()), error.to_string()))
        .collect();
    if errors.is_empty() {
        return to_raw_value(&metadata).map_err(|error| Problem::bad(format!("The metadata: {error}.")));
    }
    let detail = format!("The metadata breaks the schema of '{event_type}'.");
    Err(Problem::unprocessable(detail).with("errors", Problem::errors(errors)))
}
