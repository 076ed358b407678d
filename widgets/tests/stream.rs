//! Evidence as it streams into widgets, in a real browser: who is told of it, and what is drawn.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;

use ops_model::{Event, EvidenceLog, Reads, Timestamp};
use ops_widgets::view::prelude::*;
use ops_widgets::{HubState, kinds::KINDS};
use serde_json::json;
use support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// The same hub after one event more, its log read by `reads`; whether that concerns what was read.
fn after(state: &HubState, reads: &Reads, subject: &str, kind: &str, number: usize) -> (HubState, bool) {
    let mut state = state.clone();
    let data = state.data.as_mut().unwrap();
    let mut log = EvidenceLog::clone(&data.log);
    let generation = log.generation();
    let time = Timestamp::parse(NOW).unwrap().plus_ms(i64::try_from(number).unwrap() * 1000 - 600_000);
    let metadata = json!({
        "subject": subject, "result": "pass", "expectedStatus": 401, "observedStatus": 401, "text": "seen to",
        "from": "2026-06-06T07:00:00Z", "until": "2026-06-06T09:00:00Z", "reason": "new disks"
    });
    let event =
        json!({"id": number.to_string(), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata});
    assert!(log.insert(Arc::new(serde_json::from_value::<Event>(event).unwrap()), &data.index));
    let is_concerned = log.concerns(reads, generation);
    data.log = Arc::new(log.read_by(reads.clone()));
    (state, is_concerned)
}

#[wasm_bindgen_test]
async fn who_is_not_told_of_an_event_would_have_drawn_the_same() {
    let subjects = ["environment:prod", "environment:next", "host:one", "service:git", "endpoint:odd", "gate:git-push"];
    for kind in KINDS {
        let reads = Reads::marked();
        let mut state = hub(&[]);
        let data = state.data.as_mut().unwrap();
        data.log = Arc::new(data.log.read_by(reads.clone()));
        let shown = instance(kind.name, state.clone());
        settle().await;
        let (mut number, mut spared) = (0, 0);
        for subject in subjects {
            for event in ["checked", "restored", "planned", "noted"] {
                number += 1;
                let (next, is_concerned) = after(&state, &reads, subject, event, number);
                state = next;
                let before = shown.element.clone_node_with_deep(true).unwrap();
                shown.state.set(state.clone());
                settle().await;
                if !is_concerned {
                    spared += 1;
                    assert!(shown.element.is_equal_node(Some(&before)), "{} at {event} of {subject}", kind.name);
                }
            }
        }
        // The catalog and the feed show everything; the others have something that is not theirs.
        let is_whole = ["service-catalog", "evidence-feed"].contains(&kind.name);
        assert_eq!(spared == 0, is_whole, "{}: {spared} of {number}", kind.name);
    }
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
    state = after(&state, &Reads::default(), "endpoint:registry", "noted", 1).0;
    shown.state.set(state);
    settle().await;
    let newest = shown.element.query_selector(".feed-folded .entry").unwrap().unwrap();
    assert!(newest.text_content().unwrap().contains("noted"));
    summary.click();
    gloo_timers::future::TimeoutFuture::new(100).await;
    assert_eq!(shown.count(".feed-folded .entry"), 0);
}
