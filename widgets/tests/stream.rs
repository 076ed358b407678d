//! Evidence as it streams into widgets, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;

use ops_model::{Event, EvidenceLog, Timestamp};
use ops_widgets::HubState;
use ops_widgets::view::prelude::*;
use serde_json::json;
use support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// The same hub after one event more.
fn after(state: &HubState, subject: &str, kind: &str, number: usize) -> HubState {
    let mut state = state.clone();
    let data = state.data.as_mut().unwrap();
    let mut log = EvidenceLog::clone(&data.log);
    let time = Timestamp::parse(NOW).unwrap().plus_ms(i64::try_from(number).unwrap() * 1000 - 600_000);
    let metadata = json!({
        "subject": subject, "result": "pass", "expectedStatus": 401, "observedStatus": 401, "text": "seen to",
        "from": "2026-06-06T07:00:00Z", "until": "2026-06-06T09:00:00Z", "reason": "new disks"
    });
    let event =
        json!({"id": number.to_string(), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata});
    assert!(log.insert(Arc::new(serde_json::from_value::<Event>(event).unwrap()), &data.index));
    data.log = Arc::new(log);
    state
}

#[wasm_bindgen_test]
async fn a_folded_feed_is_drawn_when_it_is_opened_and_says_what_is_on_the_hub() {
    let minutes = (0..59).map(|minute| check(&format!("2026-06-06T06:{minute:02}:00Z"), 401));
    let more = (0..11).map(|minute| check(&format!("2026-06-06T07:{minute:02}:00Z"), 401));
    let shown = instance("endpoint", hub(&minutes.chain(more).collect::<Vec<_>>()));
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
    let mut state = shown.state.get_untracked();
    state = after(&state, "endpoint:registry", "noted", 1);
    shown.state.set(state);
    settle().await;
    let newest = shown.element.query_selector(".feed-folded .entry").unwrap().unwrap();
    assert!(newest.text_content().unwrap().contains("noted"));
    summary.click();
    gloo_timers::future::TimeoutFuture::new(100).await;
    assert_eq!(shown.count(".feed-folded .entry"), 0);
}
