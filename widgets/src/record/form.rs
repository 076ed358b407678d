//! The form: choose what was observed, fill it in, see what will be sent, send it.

use leptos::prelude::*;
use ops_manifest::EventType;
use ops_model::EntityRef;
use serde_json::Value;

use super::{
    Draft, Errors, NewEvent, Recording, Sending, Shape,
    draft::{self, Attempt},
    field::{FieldRow, wrong_words},
    fields, metadata,
    subjects::{candidates, defaults},
};
use crate::{
    hub::use_hub,
    intl,
    session::persisted,
    texts::{fill, use_texts},
    ui::Folded,
    widget::use_instance,
};

/// The panel of a widget that can record; nothing where it cannot.
#[component]
pub fn RecordPanel() -> impl IntoView {
    let (hub, texts, instance) = (use_hub(), use_texts(), use_instance());
    let recording = super::use_recording()?;
    let manifest = &hub.manifest;
    // A view made up for an entity has no widget in the hub to record on.
    manifest.widgets.iter().find(|widget| widget.name == instance.name)?;
    let kind = manifest.kinds.iter().find(|kind| kind.name == instance.kind)?;
    // In the kind's own order: what the kind is there for comes first.
    let declared = |name: &String| manifest.event_types.iter().find(|one| one.name == *name).cloned();
    let types: Vec<EventType> = kind.accepts.iter().filter_map(declared).collect();
    types.first()?;
    let chosen = persisted::<String>("record-type");
    let is_open = persisted::<bool>("record-open");
    if let Some(drafted) = types.iter().find(|one| draft::load(&instance.name, &one.name).is_some()) {
        if chosen.read_untracked().is_empty() {
            chosen.set(drafted.name.clone());
        }
        is_open.set(true);
    }
    let types = StoredValue::new(types);
    Some(view! {
        <Folded class="record" part="record" summary=move || texts.recording.open is_open keep=true>
            <div class="record-body"><RecordForm recording=recording.clone() types chosen /></div>
        </Folded>
    })
}

#[component]
fn RecordForm(
    recording: Recording,
    types: StoredValue<Vec<EventType>>,
    /// The name of the chosen type; the first type where it is empty.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let texts = use_texts();
    let draft = persisted::<Draft>("record-draft");
    let errors = persisted::<Errors>("record-errors");
    let position = Memo::new(move |_| {
        let name = chosen.read();
        types.with_value(|types| types.iter().position(|one| one.name == *name).unwrap_or(0))
    });
    let options = types.with_value(|types| {
        let option = |(nth, one): (usize, &EventType)| {
            view! { <option value=one.name.clone() selected=move || position.get() == nth>{one.title.clone()}</option> }
        };
        types.iter().enumerate().map(option).collect_view()
    });
    let choose = move |event| {
        draft.set(Draft::new());
        errors.set(Errors::new());
        chosen.set(event_target_value(&event));
    };
    // A form of its own for each type, and a new one once an event was recorded.
    let generation = RwSignal::new(0_u32);
    // Kept in the page as well: a sandboxed frame has no storage.
    let attempt = persisted::<Option<Attempt>>("record-attempt");
    if attempt.read_untracked().is_none() {
        attempt.set(draft::load_attempt(&use_instance().name));
    }
    let form = move || {
        let (_, position) = (generation.get(), position.get());
        let event_type = types.with_value(|types| types.get(position).cloned())?;
        Some(view! { <EventFields recording=recording.clone() event_type draft errors attempt generation /> })
    };
    view! {
        // A sandboxed frame submits no form, so the button sends; Enter in a field presses it too.
        <form class="record-form" novalidate=true on:submit=|event| event.prevent_default()>
            <label class="field">
                <span class="field-name">{texts.recording.event_type}</span>
                <select data-field="eventType" on:change=choose>{options}</select>
            </label>
            {form}
        </form>
    }
}

/// The fields of one type of event, the preview and the button.
#[component]
fn EventFields(
    recording: Recording,
    event_type: EventType,
    draft: RwSignal<Draft>,
    errors: RwSignal<Errors>,
    attempt: RwSignal<Option<Attempt>>,
    generation: RwSignal<u32>,
) -> impl IntoView {
    let (hub, texts, instance) = (use_hub(), use_texts(), use_instance());
    let own: Option<EntityRef> = instance.subject.clone();
    if draft.read_untracked().is_empty() {
        let stored = draft::load(&instance.name, &event_type.name);
        let catalog = hub.catalog.get_untracked();
        draft.set(stored.unwrap_or_else(|| defaults(&catalog, own.as_ref(), &event_type)));
    }
    let kinds = event_type.rule.subjects.clone();
    let subjects = hub.catalog_memo(move |catalog| candidates(catalog, own.as_ref(), &kinds));
    let rows = fields(&event_type.metadata_schema)
        .into_iter()
        .filter(|field| !matches!(field.shape, Shape::Const(_)))
        .map(|field| {
            let value = draft.read_untracked().get(&field.name).cloned().unwrap_or_default();
            let (name, of) = (field.name.clone(), field.name.clone());
            let (widget, kind) = (instance.name.clone(), event_type.name.clone());
            let on_change = move |text: String| {
                draft.update(|draft| drop(draft.insert(name.clone(), text)));
                draft::save(&widget, &kind, &draft.read_untracked());
            };
            let error = Memo::new(move |_| errors.read().get(&of).cloned());
            view! { <FieldRow field value subjects=subjects.into() error on_change /> }
        })
        .collect_view();
    let of_several = move || errors.read().get("").map(|wrong| wrong_words(texts, wrong));
    let is_preview_open = RwSignal::new(false);
    let schema = StoredValue::new(event_type.metadata_schema.clone());
    let send = {
        let (recording, event_type) = (recording.clone(), event_type.clone());
        move |event: web_sys::MouseEvent| {
            event.prevent_default();
            let content = draft.get_untracked();
            match metadata(&event_type.metadata_schema, &content, intl::matches, intl::utc) {
                Err(wrong) => errors.set(wrong),
                Ok(metadata) => {
                    errors.set(Errors::new());
                    let event = NewEvent {
                        idempotency_key: key_of(content, &instance.name, attempt),
                        widget: instance.name.clone(),
                        event_type: event_type.name.clone(),
                        view_context: instance.view_context.clone(),
                        metadata,
                    };
                    recording.sending.set(Sending::Sent(Box::new(event.clone())));
                    (recording.recorder)(event, recording.sending.clone());
                }
            }
        }
    };
    view! {
        {rows}
        {move || of_several().map(|words| view! { <p class="field-error" role="alert">{words}</p> })}
        <Folded class="more" summary=move || texts.recording.preview is_open=is_preview_open>
            <Preview schema draft />
        </Folded>
        <button type="submit" class="button primary" on:click=send>{texts.recording.send}</button>
        <Status recording event_type draft attempt generation />
    }
}

/// The metadata as it will be sent, or the names of the fields that keep it from being sent.
#[component]
fn Preview(schema: StoredValue<Value>, draft: RwSignal<Draft>) -> impl IntoView {
    move || match schema.with_value(|schema| metadata(schema, &draft.read(), intl::matches, intl::utc)) {
        Ok(metadata) => {
            let text = serde_json::to_string_pretty(&metadata).unwrap_or_default();
            view! { <pre class="json">{text}</pre> }.into_any()
        }
        Err(wrong) => {
            let names: Vec<String> = wrong.into_keys().filter(|name| !name.is_empty()).collect();
            view! { <p class="quiet">{names.join(", ")}</p> }.into_any()
        }
    }
}

/// The key of an attempt. A second attempt at the same content has the key of the first: the hub records it
/// once.
fn key_of(content: Draft, widget: &str, attempt: RwSignal<Option<Attempt>>) -> String {
    if let Some(earlier) = attempt.get_untracked().filter(|earlier| earlier.content == content) {
        return earlier.key;
    }
    let new = Attempt { content, key: intl::fresh_key() };
    draft::save_attempt(widget, &new);
    let key = new.key.clone();
    attempt.set(Some(new));
    key
}

/// How the last event goes: at once as on its way, withdrawn with the hub's words where the hub refuses it.
#[component]
fn Status(
    recording: Recording,
    event_type: EventType,
    draft: RwSignal<Draft>,
    attempt: RwSignal<Option<Attempt>>,
    generation: RwSignal<u32>,
) -> impl IntoView {
    let (texts, instance) = (&use_texts().recording, use_instance());
    let sending = recording.sending;
    let title = event_type.title.clone();
    let (sent, widget) = (sending.clone(), instance.name.clone());
    Effect::new(move |_| {
        if *sent.read() != Sending::Recorded {
            return;
        }
        // What was recorded is no draft any more; what was typed since it was sent is one.
        let sent = attempt.get_untracked();
        attempt.set(None);
        draft::clear_attempt(&widget);
        if sent.is_some_and(|sent| sent.content == *draft.read_untracked()) {
            draft::clear(&widget, &event_type.name);
            draft.set(Draft::new());
            generation.update(|generation| *generation += 1);
        }
    });
    move || match sending.get() {
        Sending::Idle => ().into_any(),
        Sending::Sent(_) => {
            let words = fill(texts.sending, &[&title]);
            view! { <p class="record-status" role="status">{words}</p> }.into_any()
        }
        Sending::Recorded => view! { <p class="record-status is-proven" role="status">{texts.recorded}</p> }.into_any(),
        Sending::Refused(words) => {
            let words = fill(texts.refused, &[&words]);
            view! { <p class="record-status is-failing" role="alert">{words}</p> }.into_any()
        }
    }
}
