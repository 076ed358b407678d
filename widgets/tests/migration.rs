//! The migration in a real browser: the first thing to do, the board, the flow, and what is kept.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "support/pictures.rs"]
mod pictures;
mod support;

use pictures::*;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_migration_says_first_things_first_and_undecided_is_a_gap() {
    let shown = widget("wave", 900, &[]);
    settle().await;
    let first = shown.find(".first").text_content().unwrap();
    assert!(first.contains("Decide what becomes of Git") && first.contains("stepped"), "{first}");
    assert_eq!(shown.count("svg a.graph-node"), 2, "a flow, where there is room");
    assert_eq!(shown.count(".flow-mark.is-undecided"), 2);
    assert_eq!(shown.count(".flow-line.is-reached"), 0);

    shown.click(".switch-choice").await;
    assert_eq!(shown.count("svg a.graph-node"), 0);
    assert_eq!(shown.count("[data-stage=undecided] [data-move]"), 2);
    assert_eq!(shown.count("[data-stage=undecided] .gap-tag"), 2);

    // Decided, backed up, restored, the target reached: ready. And what was chosen outlives the events.
    let mut events = vec![
        event("stepped", "data-store:db", json!({"step": "planned", "disposition": "move"})),
        event("stepped", "service:git", json!({"step": "planned", "disposition": "replace"})),
    ];
    shown.state.set(state(0, &events));
    settle().await;
    assert_eq!(shown.count("[data-stage=blocked] [data-move]"), 2);
    let first = shown.find(".first").text_content().unwrap();
    assert!(first.contains("Back up A database") && first.contains("holds up 2 of 2"), "{first}");
    events.push(event("backed-up", "data-store:db", json!({"result": "pass"})));
    events.push(event("restored", "data-store:db", json!({"result": "pass"})));
    events.push(event("reached", "host:two", json!({"result": "pass"})));
    shown.state.set(state(0, &events));
    settle().await;
    assert_eq!(shown.count("[data-stage=ready] [data-move]"), 2);
    assert!(shown.find(".first").text_content().unwrap().contains("Start to move Git"));
    events.push(event("stepped", "service:git", json!({"step": "blocked", "reason": "no licence"})));
    shown.state.set(state(0, &events));
    settle().await;
    assert!(shown.find(".first").text_content().unwrap().contains("Clear what blocks Git: no licence"));

    shown.click(".switch-choice:last-child").await;
    assert_eq!(shown.count("svg a.graph-node"), 2);
    assert_eq!(shown.count(".flow-mark.is-proven"), 6);
}

#[wasm_bindgen_test]
async fn a_migration_in_a_narrow_place_is_a_board() {
    let shown = widget("wave", 280, &[]);
    settle().await;
    assert_eq!(shown.count("svg a.graph-node"), 0);
    assert_eq!(shown.count("[data-stage]"), 5);
    shown.click(".switch-choice:last-child").await;
    assert_eq!(shown.count("svg a.graph-node"), 2, "the flow is there for whoever wants it");
}

#[wasm_bindgen_test]
async fn an_event_about_something_else_changes_nothing() {
    for layout in [".switch-choice:first-child", ".switch-choice:last-child"] {
        let shown = widget("wave", 900, &[]);
        settle().await;
        shown.click(layout).await;
        let changes = Changes::of(&shown.find(".card-body"));
        shown.state.set(state(0, &[event("reached", "host:one", json!({"result": "pass"}))]));
        settle().await;
        assert_eq!(changes.take(), Vec::<String>::new(), "{layout}");
    }
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_what_is_left_to_do() {
    let shown = widget("wave", 900, &[]);
    settle().await;
    shown.click(".switch-choice").await;
    let links = [".first a", ".blocker:last-child a", "[data-move='data-store:db'] a"];
    let mut events = Vec::new();
    for (at, link) in links.into_iter().enumerate() {
        let link = shown.find(link).unchecked_into::<HtmlElement>();
        link.focus().unwrap();
        let before = shown.focus();
        events.push(event("reached", "host:two", json!({"result": "pass", "attempt": at})));
        shown.state.set(state(at, &events));
        settle().await;
        assert_eq!(shown.focus(), before);
        shown.state.set(state(at + 1, &events));
        settle().await;
        assert_eq!(shown.focus(), before, "another catalog");
        let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
        assert!(active.is_same_node(Some(&link)));
    }
}

#[wasm_bindgen_test]
async fn what_a_reader_chose_outlives_a_restart_and_another_language() {
    let session = session();
    let shown = widget_kept("wave", 900, "en", state(0, &[]), session.clone());
    settle().await;
    assert_eq!(shown.count(".board"), 0);
    shown.click(".switch-choice").await;
    drop(shown);
    let shown = widget_kept("wave", 900, "de", state(0, &[]), session);
    settle().await;
    assert_eq!(shown.count(".board"), 1);
    assert_eq!(shown.all(".switch-choice", "aria-pressed"), ["true", "false"]);
    assert!(shown.text().contains("Als Erstes zu tun"), "{}", shown.text());
}
