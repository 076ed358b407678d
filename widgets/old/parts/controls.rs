//! What a reader presses and chooses: buttons, boxes, selects, menus.
//!
//! Each takes its action as a boxed call: one piece of code in the bundle serves them all.

use crate::view::{
    ev,
    html::{button, details, div, input, label, option, select, span, summary},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, Node};

/// What happens at a press.
pub type Press = Box<dyn Fn() + Send + Sync>;

/// What is in a menu.
pub type Content = Box<dyn Fn() -> View + Send + Sync>;

/// A button.
#[must_use]
pub fn action(class: &'static str, words: View, name: Option<String>, act: Press) -> View {
    button().r#type("button").class(class).attr("aria-label", name).on(ev::click, move |_| act()).child(words).draw()
}

/// A button that is pressed or not.
#[must_use]
pub fn toggle(words: &'static str, is_on: bool, act: Press) -> View {
    button()
        .r#type("button")
        .class("segment-button")
        .attr("aria-pressed", if is_on { "true" } else { "false" })
        .on(ev::click, move |_| act())
        .child(words)
        .draw()
}

/// A box with its words and a count.
#[must_use]
pub fn check(words: String, count: Option<usize>, is_on: bool, act: Press) -> View {
    let count = count.map(|count| span().class("count-mark").child(count.to_string()));
    label()
        .class("check")
        .child((
            input().r#type("checkbox").prop("checked", is_on).on(ev::change, move |_| act()),
            span().child(words),
            count,
        ))
        .draw()
}

/// One of several values, by name.
#[must_use]
pub fn choose(
    class: &'static str,
    name: &'static str,
    options: Vec<(String, String)>,
    now: &str,
    act: Box<dyn Fn(String) + Send + Sync>,
) -> View {
    let options: Vec<View> = options
        .into_iter()
        .map(|(value, words)| option().selected(value == now).value(value).child(words).draw())
        .collect::<Vec<_>>();
    label()
        .class(class)
        .child((
            span().class("quiet").child(name),
            select().on(ev::change, move |event| act(event_target_value(&event))).child(options),
        ))
        .draw()
}

/// Folds `inside` away below `name`, in a `details` that keeps in `open` whether it is open: what is in it
/// can be drawn while it is.
#[must_use]
pub fn folds(details: Element, name: View, inside: View, open: &ArcRwSignal<String>) -> Element {
    let (presses, toggles) = (open.clone(), open.clone());
    details
        .on(ev::toggle, move |event| {
            let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            note(&toggles, details.is_some_and(|details| details.has_attribute("open")));
        })
        // A press is told of before it opens anything, so that it opens with what is in it.
        .child((summary().on(ev::click, move |_| note(&presses, true)).child(name), inside))
}

fn note(open: &ArcRwSignal<String>, is_open: bool) {
    if open.with_untracked(String::is_empty) == is_open {
        open.set(if is_open { "open".to_owned() } else { String::new() });
    }
}

/// A menu that opens below its name and closes at Escape and when the focus leaves it. What is in it is
/// drawn while it is open: one that nobody opened costs its name alone.
#[must_use]
pub fn menu(class: &'static str, name: View, open: ArcRwSignal<String>, content: Content) -> View {
    let details = details()
        .class(["menu ", class].concat())
        // Opening one closes the others of the widget.
        .attr("name", "menu")
        .on(ev::focusout, |event: FocusEvent| {
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            let menu = event.current_target().and_then(|menu| menu.dyn_into::<web_sys::Element>().ok());
            if let Some(menu) = menu
                && next.is_some_and(|next| !menu.contains(Some(&next)))
            {
                close(&menu);
            }
        })
        .on(ev::keydown, |event: KeyboardEvent| {
            let menu = event.current_target().and_then(|menu| menu.dyn_into::<web_sys::Element>().ok());
            if event.key() == "Escape"
                && let Some(menu) = menu
            {
                event.stop_propagation();
                close(&menu);
                if let Ok(Some(summary)) = menu.query_selector("summary")
                    && let Ok(summary) = summary.dyn_into::<web_sys::HtmlElement>()
                {
                    let _ = summary.focus();
                }
            }
        });
    let is_open = open.clone();
    let inside = move || if is_open.with(String::is_empty) { View::Empty } else { content() };
    folds(details, name, div().class("menu-panel").child(inside).draw(), &open).draw()
}

fn close(menu: &web_sys::Element) {
    let _ = menu.remove_attribute("open");
}
