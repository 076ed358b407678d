//! One field of the form: its name, its control, what it means, and what is wrong with it.

use leptos::prelude::*;
use ops_model::{EntityRef, event::plain};
use serde_json::Value;

use super::{Field, Shape, Wrong};
use crate::{
    hub::use_hub,
    texts::{Texts, fill, use_texts},
};

/// How long a text may be before it gets several lines, in characters.
const ONE_LINE: usize = 500;

/// A field. The control keeps its own value: what comes from outside never changes what a reader is typing.
#[component]
pub(super) fn FieldRow(
    field: Field,
    /// What is in it at first.
    value: String,
    /// What the event can be about, for the field that says so.
    subjects: Signal<Vec<EntityRef>>,
    #[prop(into)] error: Signal<Option<Wrong>>,
    on_change: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let texts = use_texts();
    let recording = &texts.recording;
    let id = format!("record-{}", field.name);
    let how = match &field.shape {
        Shape::Lines => Some(format!(" {}", recording.lines)),
        Shape::Time => Some(format!(" {}", recording.zone)),
        _ => None,
    };
    let optional = (!field.required).then(|| view! { <span class="quiet">" "{recording.optional}</span> });
    let is_wrong = Memo::new(move |_| error.read().is_some());
    let words = move || error.get().map(|wrong| wrong_words(texts, &wrong));
    let (name, help) = (field.name.clone(), field.help.clone());
    view! {
        <div class="field">
            <label for=id.clone() class="field-name"><code>{name}</code>{optional}</label>
            <Control field value subjects is_wrong on_change />
            <p id=format!("{id}-help") class="quiet">{help}{how}</p>
            {move || words().map(|words| view! { <p class="field-error" role="alert">{words}</p> })}
        </div>
    }
}

#[component]
fn Control(
    field: Field,
    value: String,
    subjects: Signal<Vec<EntityRef>>,
    is_wrong: Memo<bool>,
    on_change: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let recording = &use_texts().recording;
    let id = format!("record-{}", field.name);
    let help = format!("{id}-help");
    let name = field.name.clone();
    let invalid = move || is_wrong.get().to_string();
    let change = move |event: web_sys::Event| on_change(event_target_value(&event));
    let is_long = matches!(&field.shape, Shape::Text { max, .. } if *max > ONE_LINE) || field.shape == Shape::Lines;
    let kind = match &field.shape {
        Shape::Integer(..) => "number",
        Shape::Time => "datetime-local",
        _ => "text",
    };
    let choices = match field.shape {
        Shape::Choice(choices) => Some(
            choices
                .iter()
                .map(|choice| {
                    let words = match choice {
                        Value::Bool(true) => recording.yes.to_owned(),
                        Value::Bool(false) => recording.no.to_owned(),
                        other => plain(other),
                    };
                    (plain(choice), words)
                })
                .collect::<Vec<_>>(),
        ),
        _ => None,
    };
    let is_subject = field.name == "subject" && matches!(kind, "text") && choices.is_none();
    let has_subjects = Memo::new(move |_| is_subject && !subjects.read().is_empty());
    move || {
        let (id, help, name, value, change) = (id.clone(), help.clone(), name.clone(), value.clone(), change.clone());
        if let Some(choices) = choices.clone() {
            view! {
                <select id=id data-field=name aria-describedby=help aria-invalid=invalid on:change=change>
                    <option value="" selected=value.is_empty()>{recording.choose}</option>
                    {choices
                        .into_iter()
                        .map(|(choice, words)| view! { <option selected=choice == value value=choice>{words}</option> })
                        .collect_view()}
                </select>
            }
            .into_any()
        } else if has_subjects.get() {
            view! {
                <select id=id data-field=name aria-describedby=help aria-invalid=invalid on:change=change>
                    <option value="" selected=value.is_empty()>{recording.choose}</option>
                    <For each=move || subjects.get() key=EntityRef::clone let(subject)>
                        <SubjectOption is_chosen={subject.to_string() == value} subject />
                    </For>
                </select>
            }
            .into_any()
        } else if is_long {
            view! {
                <textarea
                    id=id
                    data-field=name
                    aria-describedby=help
                    aria-invalid=invalid
                    on:input=change
                    rows="2"
                    prop:value=value
                ></textarea>
            }
            .into_any()
        } else {
            view! {
                <input
                    type=kind
                    id=id
                    data-field=name
                    aria-describedby=help
                    aria-invalid=invalid
                    on:input=change
                    autocomplete="off"
                    prop:value=value
                />
            }
            .into_any()
        }
    }
}

#[component]
fn SubjectOption(subject: EntityRef, is_chosen: bool) -> impl IntoView {
    let title = use_hub().title(&subject);
    view! { <option value=subject.to_string() selected=is_chosen>{title}</option> }
}

/// What is wrong, in words with a cure.
pub(super) fn wrong_words(texts: &'static Texts, wrong: &Wrong) -> String {
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
