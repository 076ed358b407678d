//! Recording evidence from a widget, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;

use leptos::prelude::*;
use ops_model::Timestamp;
use ops_widgets::{
    Target,
    record::{NewEvent, Recorder, Sending},
};
use serde_json::{Value, json};
use support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

type Sent = Arc<std::sync::Mutex<Vec<(NewEvent, ArcRwSignal<Sending>)>>>;

/// What the plugin does with an event is tested end to end; here it is kept, to be answered by hand.
fn kept() -> (Recorder, Sent) {
    let sent = Sent::default();
    let into = sent.clone();
    (Arc::new(move |event, sending| into.lock().unwrap().push((event, sending))), sent)
}

trait Form {
    fn field(&self, name: &str) -> HtmlElement;
    async fn fill(&self, name: &str, value: &str);
    async fn unfold(&self);
    async fn submit(&self);
    fn value(&self, name: &str) -> String;
}

impl Form for Shown {
    fn field(&self, name: &str) -> HtmlElement {
        let found = self.element.query_selector(&format!("[data-field={name}]")).unwrap();
        found.unwrap_or_else(|| panic!("no field {name}")).unchecked_into()
    }

    async fn fill(&self, name: &str, value: &str) {
        let field = self.field(name);
        js_sys::Reflect::set(&field, &"value".into(), &value.into()).unwrap();
        let kind = if field.tag_name() == "SELECT" { "change" } else { "input" };
        field.dispatch_event(&web_sys::Event::new(kind).unwrap()).unwrap();
        settle().await;
    }

    /// Opens the panel as a reader does.
    async fn unfold(&self) {
        let name = self.element.query_selector(".record:not([open]) > summary").unwrap();
        name.unwrap_or_else(|| panic!("no panel to open")).unchecked_into::<HtmlElement>().click();
        settle().await;
    }

    async fn submit(&self) {
        let button: HtmlElement =
            self.element.query_selector(".record button[type=submit]").unwrap().unwrap().unchecked_into();
        button.click();
        settle().await;
    }

    fn value(&self, name: &str) -> String {
        js_sys::Reflect::get(&self.field(name), &"value".into()).unwrap().as_string().unwrap()
    }
}

#[wasm_bindgen_test]
async fn a_form_made_from_the_schema_says_what_is_wrong_and_loses_nothing() {
    let storage = web_sys::window().unwrap().session_storage().unwrap().unwrap();
    storage.clear().unwrap();
    let (recorder, sent) = kept();
    let target = || Target::Instance("endpoint".to_owned());
    let shown = show_with(target(), hub(&[]), "en", Some(recorder.clone()));
    settle().await;
    assert_eq!(shown.count(".record form"), 0, "nobody has opened the panel");
    shown.unfold().await;
    // The catalog's own values are there already; a constant is not asked for.
    assert_eq!(shown.value("endpoint"), "https://git.example/v2/");
    assert_eq!(shown.value("expectedStatus"), "401");
    assert_eq!(shown.value("subject"), "endpoint:registry");
    assert_eq!(shown.count("[data-field=vsmFunction]"), 0);

    shown.submit().await;
    assert!(shown.element.text_content().unwrap().contains("at least one of: observedStatus, result"));
    shown.fill("expectedStatus", "99").await;
    shown.fill("endpoint", "ftp://git.example").await;
    shown.submit().await;
    let text = shown.element.text_content().unwrap();
    assert!(text.contains("whole number from 100 to 599") && text.contains("the form ^https?://"), "{text}");
    assert_eq!(shown.count(".record [aria-invalid=true]"), 2);
    assert!(sent.lock().unwrap().is_empty(), "nothing wrong is sent");

    // What was typed outlives an event, and a reload.
    shown.state.set(hub(&[check("2026-06-06T07:30:00Z", 401)]));
    settle().await;
    assert_eq!(shown.value("endpoint"), "ftp://git.example");
    drop(shown);
    let again = show_with(target(), hub(&[]), "en", Some(recorder.clone()));
    settle().await;
    assert_eq!(again.value("endpoint"), "ftp://git.example");

    again.fill("endpoint", "https://git.example/v2/").await;
    again.fill("expectedStatus", "401").await;
    again.fill("observedStatus", "401").await;
    again.fill("from", "2026-06-06T10:00").await;
    again.fill("differences", "one\n\n two ").await;
    again.submit().await;
    let (event, sending) = sent.lock().unwrap().first().cloned().unwrap();
    assert_eq!((event.widget.as_str(), event.event_type.as_str()), ("endpoint", "checked"));
    let metadata = Value::Object(event.metadata.clone());
    assert_eq!(metadata["vsmFunction"], "OPS");
    assert_eq!(metadata["observedStatus"], 401);
    assert_eq!(metadata["differences"], json!(["one", "two"]));
    assert!(Timestamp::parse(metadata["from"].as_str().unwrap()).is_ok());
    assert!(metadata.get("result").is_none(), "what is empty is left out");
    assert!(again.element.text_content().unwrap().contains("On its way: Checked"));
    assert_eq!(again.count(".on-its-way"), 1, "among the events, at once");

    // Refused: withdrawn with words, the draft stays, and the next attempt has the same key.
    sending.set(Sending::Refused("the widget is gone".into()));
    settle().await;
    assert!(again.element.text_content().unwrap().contains("nothing is lost: the widget is gone"));
    assert_eq!(again.count(".on-its-way"), 0, "and withdrawn");
    again.submit().await;
    assert_eq!(sent.lock().unwrap()[1].0.idempotency_key, event.idempotency_key);

    // Even after a reload: its panel is open at the draft, and the hub records the event once.
    drop(again);
    let again = show_with(target(), hub(&[]), "en", Some(recorder));
    settle().await;
    assert_eq!(again.count(".record[open]"), 1);
    again.submit().await;
    let (repeated, sending) = sent.lock().unwrap()[2].clone();
    assert_eq!(repeated, event);

    sending.set(Sending::Recorded);
    settle().await;
    again.state.set(hub(&[check("2026-06-06T07:30:00Z", 401)]));
    settle().await;
    assert_eq!(again.value("observedStatus"), "", "a new form");
    again.fill("observedStatus", "401").await;
    again.submit().await;
    assert_ne!(sent.lock().unwrap()[3].0.idempotency_key, event.idempotency_key, "another event");
    storage.clear().unwrap();
}

#[wasm_bindgen_test]
fn what_has_no_widget_in_the_hub_has_no_form() {
    let target = Target::Entity { kind: "endpoint".into(), subject: "endpoint:odd".parse().unwrap() };
    assert_eq!(show_with(target, hub(&[]), "en", Some(kept().0)).count(".record"), 0);
    assert_eq!(instance("endpoint", hub(&[])).count(".record"), 0, "and nobody who records");
}
