//! The evidence feed, in a real browser: narrowed, in steps, and still while nothing concerns it.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use serde_json::{Value, json};
use support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

fn said(kind: &str, time: &str, metadata: Value) -> Value {
    json!({"id": format!("{kind}{time}"), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata})
}

#[wasm_bindgen_test]
async fn the_feed_is_narrowed_by_type_and_entity_and_goes_back_in_steps() {
    let mut events: Vec<Value> = (10..59).map(|minute| check(&format!("2026-06-06T07:{minute}:00Z"), 401)).collect();
    events.push(said("noted", "2026-06-05T07:00:00Z", json!({"subject": "service:git", "text": "moved"})));
    events.push(said("nonsense", "2026-06-06T07:59:00Z", json!({})));
    let shown = instance("evidence-feed", hub(&events));
    assert!(shown.text().contains("51 of 51 events"), "{}", shown.text());
    assert!(shown.text().contains("about nothing that the catalog knows"), "{}", shown.text());
    assert_eq!(shown.count(".entry"), 20);

    let button: HtmlElement = shown.element.query_selector(".feed .button").unwrap().unwrap().unchecked_into();
    button.click();
    settle().await;
    assert_eq!(shown.count(".entry"), 40);

    let choose = |nth: u32, value: &str| {
        let select = shown.element.query_selector_all("select").unwrap().item(nth).unwrap();
        js_sys::Reflect::set(&select, &"value".into(), &value.into()).unwrap();
        let event = web_sys::Event::new("change").unwrap();
        select.dispatch_event(&event).unwrap();
    };
    choose(0, "noted");
    settle().await;
    assert_eq!(shown.count(".entry"), 1);
    assert!(shown.text().contains("moved") && shown.text().contains("1 of 51 events"), "{}", shown.text());
    assert_eq!(shown.count(".entry .dot.is-proven"), 0, "a note proves nothing");
    choose(1, "endpoint:registry");
    settle().await;
    assert!(shown.text().contains("No event fits"), "{}", shown.text());

    // What was chosen outlives the next event.
    shown.state.set(hub(&events[1..]));
    settle().await;
    assert!(shown.text().contains("0 of 50 events"), "{}", shown.text());
}

#[wasm_bindgen_test]
async fn an_event_adds_its_entry_and_leaves_the_others_and_the_focus_alone() {
    let events: Vec<Value> = (10..15).map(|minute| check(&format!("2026-06-06T07:{minute}:00Z"), 401)).collect();
    let shown = instance("evidence-feed", hub(&events));
    let newest = shown.element.query_selector(".entry").unwrap().unwrap();
    let link: HtmlElement = newest.query_selector("a").unwrap().unwrap().unchecked_into();
    link.focus().unwrap();
    let select = shown.element.query_selector("select").unwrap().unwrap();

    let more: Vec<Value> = events.into_iter().chain([check("2026-06-06T07:20:00Z", 502)]).collect();
    shown.state.set(hub(&more));
    settle().await;
    assert_eq!(shown.count(".entry"), 6);
    assert_eq!(shown.count(".entry .dot.is-failing"), 1);
    assert!(newest.is_connected() && select.is_connected(), "what was there stays");
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert!(focused.is_same_node(Some(&link)), "the focus stays");
}

#[wasm_bindgen_test]
async fn entities_beyond_the_most_frequent_are_counted_not_listed() {
    let mut catalog = catalog();
    let hosts = (0..300).map(
        |nth| json!({"ref": format!("host:h{nth}"), "title": format!("h{nth}"), "facts": [], "source": {"line": 7}}),
    );
    catalog["entities"].as_array_mut().unwrap().extend(hosts);
    let events: Vec<Value> = (0..300)
        .map(|nth| {
            let mut one = said(
                "noted",
                &format!("2026-06-05T07:{:02}:{:02}Z", nth / 60, nth % 60),
                json!({"subject": format!("host:h{nth}")}),
            );
            one["id"] = json!(nth.to_string());
            one
        })
        .collect();
    let shown = instance("evidence-feed", hub_of(catalog, &events));
    let options = shown.element.query_selector_all("select").unwrap().item(1).unwrap();
    let count = options.unchecked_into::<web_sys::Element>().child_element_count();
    assert_eq!(count, 202, "all, 200 entities, and how many others there are");
    assert!(shown.element.text_content().unwrap().contains("… +100"));
}

#[wasm_bindgen_test]
async fn a_folded_feed_is_drawn_when_it_is_opened_and_says_what_is_on_the_hub() {
    let minutes = (0..59).map(|minute| check(&format!("2026-06-06T06:{minute:02}:00Z"), 401));
    let more = (0..11).map(|minute| check(&format!("2026-06-06T07:{minute:02}:00Z"), 401));
    let mut events: Vec<Value> = minutes.chain(more).collect();
    let shown = instance("endpoint", hub(&events));
    assert_eq!(shown.count(".strip .mark"), 40, "the last checks");
    assert_eq!(shown.count(".feed-folded .entry"), 0);
    let summary: HtmlElement = shown.element.query_selector(".feed-folded summary").unwrap().unwrap().unchecked_into();
    summary.click();
    // The browser tells of it in a task of its own.
    gloo_timers::future::TimeoutFuture::new(100).await;
    assert_eq!(shown.count(".feed-folded .entry"), 20);
    let text = shown.text();
    assert!(text.contains("64 of 64 events") && text.contains("Older evidence is on the hub (6)."), "{text}");
    // What was opened follows the next event.
    let note = json!({"subject": "endpoint:registry", "text": "seen to"});
    events.push(said("noted", "2026-06-06T07:30:00Z", note));
    shown.state.set(hub(&events));
    settle().await;
    let newest = shown.element.query_selector(".feed-folded .entry").unwrap().unwrap();
    assert!(newest.text_content().unwrap().contains("noted"));
    summary.click();
    gloo_timers::future::TimeoutFuture::new(100).await;
    assert_eq!(shown.count(".feed-folded .entry"), 0);
}
