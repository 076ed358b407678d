//! One of several values.

use leptos::prelude::*;

/// A value to choose, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// The value.
    pub value: String,
    /// What the reader sees.
    pub words: String,
    /// Whether it only says something and cannot be chosen.
    pub is_note: bool,
}

impl ChoiceOption {
    /// A value that can be chosen.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into(), is_note: false }
    }

    /// A line that says something, such as how many values are not offered.
    pub fn note(words: impl Into<String>) -> Self {
        Self { value: "…".to_owned(), words: words.into(), is_note: true }
    }
}

/// A labelled `<select>`.
///
/// Options are keyed by value and words: a count that changes makes one option anew and leaves an open list,
/// the focus and the other options alone.
#[component]
pub fn Choice(
    /// The class of the label: `choice`, `feed-choice`.
    class: &'static str,
    name: &'static str,
    #[prop(into)] options: Signal<Vec<ChoiceOption>>,
    #[prop(into)] value: Signal<String>,
    on_choose: impl Fn(String) + 'static,
) -> impl IntoView {
    view! {
        <label class=class>
            <span class="quiet">{name}</span>
            <select on:change=move |event| on_choose(event_target_value(&event))>
                <For each=move || options.get() key=|option| (option.value.clone(), option.words.clone()) let(option)>
                    {
                        let own = option.value.clone();
                        let is_chosen = move || value.read() == own;
                        view! {
                            // The property: a press of the reader makes the browser ignore the attribute.
                            <option value=option.value prop:selected=is_chosen disabled=option.is_note>{option.words}</option>
                        }
                    }
                </For>
            </select>
        </label>
    }
}
