//! What a reader does in a widget, and what is found there.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::{Shown, catalog, observe::Mutations, settle};

/// The small catalog with this many services more, every second one with an owner.
pub fn many(services: usize) -> Value {
    let mut catalog = catalog();
    for nth in 0..services {
        let name = format!("service:s{nth:05}");
        let entities = catalog["entities"].as_array_mut().unwrap();
        entities.push(json!({"ref": name, "title": format!("Service {nth:05}"), "source": {"line": 1}}));
        let relations = catalog["relations"].as_array_mut().unwrap();
        relations.push(json!({"from": name, "type": "runs-on", "to": "environment:prod", "source": {"line": 1}}));
        if nth % 2 == 0 {
            relations.push(json!({"from": name, "type": "owned-by", "to": "repository:apps", "source": {"line": 1}}));
        }
    }
    catalog
}

pub fn forget_address() {
    // What an earlier test left to be written is written first.
    let _ = ops_widgets::url_state::read("service-catalog");
    ops_widgets::url_state::write("service-catalog", "");
}

pub fn find(shown: &Shown, selector: &str) -> Element {
    shown.element.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
}

pub fn press(element: &Element) {
    element.clone().unchecked_into::<HtmlElement>().click();
}

pub fn named(shown: &Shown, selector: &str, words: &str) -> Element {
    let all = shown.element.query_selector_all(selector).unwrap();
    let found = (0..all.length()).filter_map(|nth| all.item(nth)).find(|node| {
        let text = node.text_content().unwrap_or_default();
        text.contains(words)
    });
    found.unwrap_or_else(|| panic!("no {selector} with {words}")).unchecked_into()
}

/// Opens a menu as a reader does. What is in it is there before it is open.
pub async fn open(menu: &Element) {
    press(&menu.query_selector("summary").unwrap().unwrap());
    settle().await;
}

pub fn choose(select: &Element, value: &str) {
    js_sys::Reflect::set(select, &"value".into(), &value.into()).unwrap();
    select.dispatch_event(&Event::new("change").unwrap()).unwrap();
}

pub fn rows(shown: &Shown) -> Vec<String> {
    let all = shown.element.query_selector_all("tr[data-row]").unwrap();
    let row = |nth| all.item(nth).unwrap().unchecked_into::<Element>();
    (0..all.length()).map(|nth| row(nth).get_attribute("data-row").unwrap()).collect()
}

/// Types a text into a field, in place of what is in it.
pub fn write(field: &Element, text: &str) {
    js_sys::Reflect::set(field, &"value".into(), &text.into()).unwrap();
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
}

pub async fn frames() {
    for _ in 0..4 {
        gloo_timers::future::TimeoutFuture::new(20).await;
        settle().await;
    }
}

/// Counts what changes in an element from now on, but for attributes of this name; gives the count so far.
pub fn changes(element: &Element, but: &str) -> impl Fn() -> usize + use<> {
    let (mutations, but) = (Mutations::of(element), format!("of JsValue(\"{but}\")"));
    let count = std::cell::Cell::new(0);
    move || {
        count.set(count.get() + mutations.take().iter().filter(|words| !words.contains(&but)).count());
        count.get()
    }
}
