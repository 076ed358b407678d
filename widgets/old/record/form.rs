//! The form: choose what was observed, fill it in, see what will be sent, send it.

use crate::view::{
    ev,
    html::{button, code, details, div, form, input, label, option, p, pre, select, span, summary, textarea},
    prelude::*,
};
use ops_manifest::EventType;
use ops_model::{
    EntityKind, EntityRef,
    entity::keys,
    event::plain,
    json::{self, Value},
};

use super::{
    Draft, Field, NewEvent, Recording, Sending, Shape, Wrong,
    draft::{self, read, written},
    fields, metadata,
    schema::typed as typed_in,
};
use crate::{completion::is_complete, intl, parts::folds, scope::Scene, texts::fill};

/// How many entities are offered as what an event is about.
const MOST_SUBJECTS: usize = 200;

/// The panel of a widget that can record; `None` where it cannot.
#[must_use]
pub fn panel(scene: &Scene) -> Option<View> {
    let recording = scene.recording.clone()?;
    let manifest = &scene.data.manifest;
    // A view made up for an entity has no widget in the hub to record on.
    manifest.widgets.iter().find(|widget| widget.name == scene.instance.name)?;
    let kind = manifest.kinds.iter().find(|kind| kind.name == scene.instance.kind)?;
    // In the kind's own order: what it is there for comes first.
    let declared = |name: &String| manifest.event_types.iter().find(|one| one.name == *name).cloned();
    let types: Vec<EventType> = kind.accepts.iter().filter_map(declared).collect();
    let first = types.first()?.name.clone();
    let chosen = scene.memory.text("record-type");
    let drafted = drafted(scene, &types);
    if let Some(name) = &drafted
        && chosen.with_untracked(String::is_empty)
    {
        chosen.update_untracked(|chosen| chosen.clone_from(name));
    }
    let texts = scene.texts;
    let (open, opened) = (scene.memory.text("record-open"), scene.memory.text("record-opened"));
    let (is_open, name) = (open.clone(), texts.recording.open.draw());
    let is_drafted = drafted.is_some();
    let scene = scene.clone();
    let body = move || {
        // Once opened, it stays: what it sent may still be on its way when it is closed.
        if is_drafted || !is_open.with(String::is_empty) {
            opened.update_untracked(|opened| "open".clone_into(opened));
        }
        if opened.with_untracked(String::is_empty) {
            return None;
        }
        let typed = chosen.get();
        let name = if typed.is_empty() { &first } else { &typed };
        types.iter().find(|one| one.name == *name).map(|one| one_form(&scene, &recording, &types, one, &chosen))
    };
    let details = details().class("record").attr("part", "record").attr("open", is_drafted.then_some(""));
    Some(folds(details, name, div().class("record-body").child(body).draw(), &open).draw())
}

/// The type of a draft of before a reload, which opens the panel. Looked for once, and not for the first painting:
/// the browser has its storage from another process.
fn drafted(scene: &Scene, types: &[EventType]) -> Option<String> {
    let find = |_: Option<&Option<String>>| {
        let names = types.iter().map(|one| &one.name);
        let stored = |name: &&String| draft::load(&scene.instance.name, name).is_some();
        // Where the browser keeps nothing, the page's own memory may.
        let typed = scene.memory.text("record-typed").get_untracked();
        names.clone().find(stored).or_else(|| names.clone().find(|name| **name == typed)).cloned()
    };
    let found = is_complete().then(|| scene.memory.kept("record-drafted", |_| true, find))?;
    found.as_ref().clone()
}

fn one_form(
    scene: &Scene,
    recording: &Recording,
    types: &[EventType],
    event_type: &EventType,
    chosen: &ArcRwSignal<String>,
) -> View {
    let texts = &scene.texts.recording;
    let widget = scene.instance.name.clone();
    let typed = scene.memory.text("record-draft");
    let errors = scene.memory.text("record-errors");
    // A draft of before the reload, or the catalog's own values where there is none.
    if typed.with_untracked(String::is_empty) {
        let start = draft::load(&widget, &event_type.name).unwrap_or_else(|| defaults(scene, event_type));
        typed.set(written(&start));
    }
    let wrong = read(&errors.get());
    let now = read(&typed.get_untracked());
    let (kind, other) = (chosen.clone(), (typed.clone(), errors.clone()));
    let options: Vec<View> = types
        .iter()
        .map(|one| {
            option().value(one.name.clone()).selected(one.name == event_type.name).child(one.title.clone()).draw()
        })
        .collect::<Vec<_>>();
    let choose_type = label().class("field").child((
        span().class("field-name").child(texts.event_type),
        select()
            .attr("data-field", "eventType")
            .on(ev::change, move |event| {
                other.0.set(String::new());
                other.1.set(String::new());
                kind.set(event_target_value(&event));
            })
            .child(options),
    ));
    let subjects = candidates(scene, &event_type.rule.subjects);
    let rows: Vec<View> = fields(&event_type.metadata_schema)
        .into_iter()
        .filter(|field| !matches!(field.shape, Shape::Const(_)))
        .map(|field| {
            let error = Some(typed_in(&wrong, &field.name)).filter(|words| !words.is_empty()).map(str::to_owned);
            let value = typed_in(&now, &field.name).to_owned();
            let (typed, names) = (typed.clone(), (widget.clone(), event_type.name.clone(), field.name.clone()));
            let drafted = scene.memory.text("record-typed");
            let keep = move |text: String| {
                let mut draft = read(&typed.get_untracked());
                draft.insert(names.2.clone(), Value::String(text));
                let text = written(&draft);
                draft::save(&names.0, &names.1, &text);
                typed.set(text);
                drafted.set(names.1.clone());
            };
            field_view(scene, &field, &subjects, value, error, keep)
        })
        .collect::<Vec<_>>();
    let whole = wrong
        .get("")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .map(|words| p().class("field-error").attr("role", "alert").child(words));
    let (schema, preview) = (event_type.metadata_schema.clone(), typed.clone());
    let preview = move || match metadata(&schema, &read(&preview.get()), intl::matches, intl::utc) {
        Ok(metadata) => pre().class("json").child(json::pretty(&Value::Object(metadata))).draw(),
        Err(wrong) => {
            let names: Vec<String> = wrong.into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect();
            p().class("quiet").child(names.join(", ")).draw()
        }
    };
    let submit = submitter(scene, recording, event_type, typed, errors);
    // At the press, which the Enter key in a field is too: a sandboxed frame submits no form.
    let send = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        submit();
    };
    form()
        .class("record-form")
        .attr("novalidate", "")
        .on(ev::submit, |event| event.prevent_default())
        .child((
            choose_type,
            rows,
            whole,
            details().class("more").child((summary().child(texts.preview), preview)),
            button().r#type("submit").class("button primary").on(ev::click, send).child(texts.send),
            status(scene, recording, event_type),
        ))
        .draw()
}

/// What happens on submit: errors in place, or the event on its way.
fn submitter(
    scene: &Scene,
    recording: &Recording,
    event_type: &EventType,
    typed: ArcRwSignal<String>,
    errors: ArcRwSignal<String>,
) -> impl Fn() + Send + Sync + 'static {
    let texts = scene.texts;
    let (widget, view_context) = (scene.instance.name.clone(), scene.instance.view_context.clone());
    let (name, schema) = (event_type.name.clone(), event_type.metadata_schema.clone());
    let (sent, key) = (scene.memory.text("record-sent"), scene.memory.text("record-key"));
    let recording = recording.clone();
    if sent.with_untracked(String::is_empty)
        && let Some((content, earlier)) = draft::load_attempt(&widget)
    {
        sent.update_untracked(|sent| *sent = content);
        key.update_untracked(|key| *key = earlier);
    }
    move || {
        let text = typed.get_untracked();
        match metadata(&schema, &read(&text), intl::matches, intl::utc) {
            Err(wrong) => {
                let mut words = Draft::new();
                for (name, wrong) in wrong {
                    words.insert(name, Value::String(wrong_words(texts, &wrong)));
                }
                errors.set(written(&words));
            }
            Ok(metadata) => {
                errors.set(String::new());
                // A second attempt at the same content has the key of the first: it is recorded once.
                if sent.get_untracked() != text {
                    key.set(intl::fresh_key());
                    draft::save_attempt(&widget, &text, &key.get_untracked());
                    sent.set(text);
                }
                let event = NewEvent {
                    idempotency_key: key.get_untracked(),
                    widget: widget.clone(),
                    event_type: name.clone(),
                    view_context: view_context.clone(),
                    metadata,
                };
                recording.sending.set(Sending::Sent(Box::new(event.clone())));
                (recording.recorder)(event, recording.sending.clone());
            }
        }
    }
}

/// How the last event goes: at once as on its way, withdrawn with the hub's words where it refuses.
fn status(scene: &Scene, recording: &Recording, event_type: &EventType) -> View {
    let texts = &scene.texts.recording;
    let sending = recording.sending.clone();
    let (typed, sent) = (scene.memory.text("record-draft"), scene.memory.text("record-sent"));
    let drafted = scene.memory.text("record-typed");
    let (widget, name, title) = (scene.instance.name.clone(), event_type.name.clone(), event_type.title.clone());
    (move || match sending.get() {
        Sending::Idle => ().draw(),
        Sending::Sent(_) => {
            p().class("record-status").attr("role", "status").child(fill(texts.sending, &[&title])).draw()
        }
        Sending::Recorded => {
            // What was recorded is no draft any more; what was typed since then is.
            if sent.with_untracked(|sent| !sent.is_empty() && typed.with_untracked(|typed| typed == sent)) {
                draft::clear(&widget, &name);
                typed.update_untracked(String::clear);
                drafted.update_untracked(String::clear);
            }
            // No view follows this text; the memory does.
            sent.update(String::clear);
            draft::clear_attempt(&widget);
            p().class("record-status is-proven").attr("role", "status").child(texts.recorded).draw()
        }
        Sending::Refused(words) => {
            p().class("record-status is-failing").attr("role", "alert").child(fill(texts.refused, &[&words])).draw()
        }
    })
    .draw()
}

fn field_view(
    scene: &Scene,
    field: &Field,
    subjects: &[EntityRef],
    value: String,
    error: Option<String>,
    keep: impl Fn(String) + Send + Sync + Clone + 'static,
) -> View {
    let texts = &scene.texts.recording;
    let id = ["record-", &field.name].concat();
    let help_id = [&id, "-help"].concat();
    // What each kind of control has.
    let common = |element: Element, event: ev::Kind<web_sys::Event>| {
        let keep = keep.clone();
        element
            .id(id.clone())
            .attr("data-field", field.name.clone())
            .attr("aria-describedby", help_id.clone())
            .attr("aria-invalid", if error.is_some() { "true" } else { "false" })
            .on(event, move |event| keep(event_target_value(&event)))
    };
    let choose = |options: Vec<(String, String)>| {
        let first = option().value("").selected(value.is_empty()).child(texts.choose);
        let mut choice = common(select(), ev::change).child(first);
        for (name, words) in options {
            choice = choice.child(option().selected(name == value).value(name).child(words));
        }
        choice
    };
    let typed = |kind: &'static str| {
        let field = common(input().r#type(kind), ev::input);
        field.attr("autocomplete", "off").prop("value", value.clone())
    };
    let long = || common(textarea(), ev::input).attr("rows", "2").prop("value", value.clone());
    let control = match &field.shape {
        Shape::Choice(choices) => choose(
            choices
                .iter()
                .map(|choice| {
                    let words = match choice {
                        Value::Bool(true) => texts.yes.to_owned(),
                        Value::Bool(false) => texts.no.to_owned(),
                        other => plain(other),
                    };
                    (plain(choice), words)
                })
                .collect::<Vec<_>>(),
        ),
        Shape::Integer(..) => typed("number"),
        Shape::Time => typed("datetime-local"),
        Shape::Text { .. } if field.name == "subject" && !subjects.is_empty() => {
            choose(subjects.iter().map(|id| (id.to_string(), scene.index().title(id))).collect::<Vec<_>>())
        }
        Shape::Lines => long(),
        Shape::Text { max, .. } if *max > 500 => long(),
        _ => typed("text"),
    };
    let how = match &field.shape {
        Shape::Lines => Some([" ", texts.lines].concat()),
        Shape::Time => Some([" ", texts.zone].concat()),
        _ => None,
    };
    let optional = (!field.required).then(|| span().class("quiet").child([" ", texts.optional].concat()));
    let error = error.map(|words| p().class("field-error").attr("role", "alert").child(words));
    div()
        .class("field")
        .child((
            label().r#for(id.clone()).class("field-name").child((code().child(field.name.clone()), optional)),
            control,
            p().id(help_id.clone()).class("quiet").child((field.help.clone(), how)),
            error,
        ))
        .draw()
}

fn wrong_words(texts: &'static crate::texts::Texts, wrong: &Wrong) -> String {
    let texts = &texts.recording;
    match wrong {
        Wrong::Missing => texts.missing.to_owned(),
        Wrong::Number(min, max) => {
            let or = |bound: &str| if bound.is_empty() { "…".to_owned() } else { bound.to_owned() };
            fill(texts.number, &[&or(min), &or(max)])
        }
        Wrong::Form(pattern) => fill(texts.form, &[pattern]),
        Wrong::Long(most) => fill(texts.long, &[&most.to_string()]),
        Wrong::Time => texts.time.to_owned(),
        Wrong::OneOf(names) => fill(texts.one_of, &[names]),
    }
}

/// What an event of this type can be about, seen from this widget: its own entity and what is next
/// to it; everything where the widget is about no entity in particular. None of more than
/// [`MOST_SUBJECTS`]: such a choice is no help, and the reference is typed.
fn candidates(scene: &Scene, kinds: &[EntityKind]) -> Vec<EntityRef> {
    let index = scene.index();
    let near: Vec<EntityRef> = match &scene.instance.subject {
        // Of a large catalog not even a list is made: it would take as much room as all of the catalog.
        None if kinds.iter().map(|kind| index.count(*kind)).sum::<usize>() > MOST_SUBJECTS => Vec::new(),
        None => kinds.iter().flat_map(|kind| index.of_kind(*kind)).map(|entity| entity.id).collect::<Vec<_>>(),
        Some(id) => {
            let from = index.value(id, keys::MOVES_FROM).and_then(|from| from.parse::<EntityRef>().ok());
            let mut near = vec![id.clone()];
            near.extend(index.relations_to(id).map(|relation| relation.from));
            near.extend(index.relations_from(id).map(|relation| relation.to));
            near.extend(from.iter().flat_map(|from| index.relations_to(from)).map(|relation| relation.from));
            near
        }
    };
    let mut found: Vec<EntityRef> = Vec::new();
    for id in near.into_iter().filter(|id| kinds.contains(&id.kind)) {
        if !found.contains(&id) {
            found.push(id);
        }
        if found.len() > MOST_SUBJECTS {
            return Vec::new();
        }
    }
    found
}

/// What the catalog knows already.
fn defaults(scene: &Scene, event_type: &EventType) -> Draft {
    let mut draft = Draft::new();
    let subjects = candidates(scene, &event_type.rule.subjects);
    let own = scene.instance.subject.as_ref().filter(|id| subjects.contains(id));
    let subject = own.or(if subjects.len() == 1 { subjects.first() } else { None });
    if let Some(id) = subject {
        draft.insert("subject".into(), Value::String(id.to_string()));
        let known = [
            ("endpoint", keys::ADDRESS),
            ("address", keys::ADDRESS),
            ("expectedStatus", keys::EXPECTED_STATUS),
            ("expectedHeader", keys::EXPECTED_HEADER),
            ("expectedVersion", keys::APP_VERSION),
            ("release", keys::HELM_RELEASE),
            ("namespace", keys::NAMESPACE),
        ];
        for (field, key) in known {
            if let Some(value) = scene.index().value(id, key) {
                draft.insert(field.into(), Value::from(value));
            }
        }
    }
    draft
}
