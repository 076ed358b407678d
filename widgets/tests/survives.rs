//! What a reader has focused, selected, opened and scrolled to outlives what the hub says meanwhile; what
//! does not concern a widget does not touch it.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use ops_model::Timestamp;
use ops_widgets::{SessionState, Target};
use serde_json::{Value, json};
use support::{observe::Mutations, *};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// What a reader does in a widget of a kind.
struct Reader {
    kind: &'static str,
    /// The link that the reader focuses.
    focus: &'static str,
    /// The text that the reader selects.
    select: &'static str,
    /// The `<details>` that the reader opens.
    open: &'static str,
}

const READERS: [Reader; 6] = [
    Reader {
        kind: "environment",
        focus: ".members a[data-ref='host:one']",
        select: ".copyable code",
        open: "details.more:not(.feed-folded)",
    },
    Reader {
        kind: "host",
        focus: "dl a[data-ref='environment:prod']",
        select: ".copyable code",
        open: "details.more:not(.feed-folded)",
    },
    Reader {
        kind: "service",
        focus: ".answers a[data-ref='endpoint:registry']",
        select: ".tiles dd",
        open: "details.more:not(.feed-folded)",
    },
    Reader {
        kind: "endpoint",
        focus: "dl a[data-ref='service:git']",
        select: ".comparison th[scope=row]",
        open: ".feed-folded",
    },
    Reader {
        kind: "readiness",
        focus: ".gates a[data-ref='gate:git-push']",
        select: ".progress-words",
        open: ".feed-folded",
    },
    Reader {
        kind: "entity",
        focus: ".relations a[data-ref='environment:prod']",
        select: ".tag",
        open: "details.more:not(.feed-folded)",
    },
];

/// The small hub, with so many gaps that some are folded away.
fn catalog_with_gaps() -> Value {
    let mut catalog = catalog();
    for subject in ["host:one", "service:git"] {
        for nth in 0..8 {
            let gap = json!({
                "subject": subject, "text": format!("gap {nth}"), "kinds": ["ownership"], "source": {"line": 20 + nth}
            });
            catalog["gaps"].as_array_mut().unwrap().push(gap);
        }
    }
    catalog
}

/// The same catalog after an import: every title is another, every line has moved, something is new.
fn next_catalog() -> Value {
    let mut catalog = catalog_with_gaps();
    for part in ["entities", "relations", "gaps"] {
        for one in catalog[part].as_array_mut().unwrap() {
            one["source"]["line"] = json!(one["source"]["line"].as_u64().unwrap() + 3);
            if let Some(title) = one["title"].as_str() {
                one["title"] = json!(format!("new {title}"));
            }
        }
    }
    let host = json!({"ref": "host:zero", "title": "zero", "facts": [], "source": {"line": 1}});
    let place = json!({"from": "host:zero", "type": "runs-on", "to": "environment:prod", "source": {"line": 1}});
    catalog["entities"].as_array_mut().unwrap().insert(0, host);
    catalog["relations"].as_array_mut().unwrap().insert(0, place);
    catalog
}

fn said(kind: &str, subject: &str, time: &str) -> Value {
    let metadata = json!({"subject": subject, "result": "pass", "text": "seen to"});
    json!({"id": format!("{kind} {subject}"), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata})
}

/// Events about everything that the widgets show.
fn events() -> Vec<Value> {
    let mut failed = check("2026-06-06T07:40:00Z", 502);
    failed["id"] = json!("failed");
    vec![
        check("2026-06-06T07:30:00Z", 401),
        failed,
        said("restored", "service:git", "2026-06-06T07:41:00Z"),
        said("noted", "host:one", "2026-06-06T07:42:00Z"),
        said("noted", "gate:git-push", "2026-06-06T07:43:00Z"),
        said("noted", "environment:prod", "2026-06-06T07:44:00Z"),
    ]
}

fn find(shown: &Shown, selector: &str) -> HtmlElement {
    let found = shown.element.query_selector(selector).unwrap();
    found.unwrap_or_else(|| panic!("no {selector} in {}", shown.element.inner_html())).unchecked_into()
}

/// Presses the line that opens or closes a `<details>`, and waits for the browser to tell of it.
async fn press(details: &Element) {
    let summary: HtmlElement = details.query_selector("summary").unwrap().unwrap().unchecked_into();
    summary.click();
    TimeoutFuture::new(50).await;
}

fn select(element: &HtmlElement) {
    let select = js_sys::Function::new_with_args("node", "getSelection().selectAllChildren(node)");
    select.call1(&wasm_bindgen::JsValue::NULL, element).unwrap();
}

fn selected() -> String {
    let read = js_sys::Function::new_no_args("return getSelection().toString()");
    read.call0(&wasm_bindgen::JsValue::NULL).unwrap().as_string().unwrap()
}

fn active() -> Element {
    web_sys::window().unwrap().document().unwrap().active_element().unwrap()
}

#[wasm_bindgen_test]
async fn focus_selection_scroll_and_open_parts_survive_events_and_a_new_catalog() {
    for Reader { kind, focus, select: text, open } in READERS {
        let shown = instance(kind, hub_of(catalog_with_gaps(), &[]));
        shown.element.set_attribute("style", "block-size: 150px; overflow: auto").unwrap();
        settle().await;
        let (link, text, details) = (find(&shown, focus), find(&shown, text), find(&shown, open));
        press(&details).await;
        link.focus().unwrap();
        select(&text);
        let words = selected();
        shown.element.set_scroll_top(40);
        assert!(details.has_attribute("open") && !words.is_empty(), "{kind}");

        let stays = |what: &str| {
            assert!(active().is_same_node(Some(&link)), "{kind} lost the focus at {what}");
            assert!(details.is_connected() && details.has_attribute("open"), "{kind} closed a part at {what}");
            assert!(text.is_connected() && selected() == words, "{kind} lost the selection at {what}: {}", selected());
            assert_eq!(shown.element.scroll_top(), 40, "{kind} scrolled at {what}");
        };
        let all = events();
        for count in 1..=all.len() {
            shown.state.set(hub_of(catalog_with_gaps(), &all[..count]));
            settle().await;
            stays(&all[count - 1]["id"].to_string());
        }
        shown.now.set(Timestamp::parse("2026-06-06T12:00:00Z").unwrap());
        settle().await;
        stays("a later time");
        shown.state.set(hub_of(next_catalog(), &all));
        settle().await;
        stays("a new catalog");
        assert!(link.text_content().unwrap().starts_with("new "), "{kind} shows the new titles");
    }
}

#[wasm_bindgen_test]
async fn open_parts_survive_a_restart_and_a_change_of_language() {
    for Reader { kind, open, .. } in READERS {
        let kept = js_sys::Object::new();
        let mount = |lang: &str| {
            let session = SessionState::new(kept.clone(), kind.to_owned());
            let target = Target::Instance(kind.to_owned());
            show_kept(target, hub_of(catalog_with_gaps(), &events()), lang, None, Some(session))
        };
        let shown = mount("en");
        settle().await;
        press(&find(&shown, open)).await;
        drop(shown);
        let again = mount("de");
        settle().await;
        assert!(find(&again, open).has_attribute("open"), "{kind}");
        press(&find(&again, open)).await;
        drop(again);
        let again = mount("en");
        settle().await;
        assert!(!find(&again, open).has_attribute("open"), "{kind} opened what the reader had closed");
    }
}

#[wasm_bindgen_test]
async fn an_event_about_something_else_and_the_same_catalog_again_change_nothing() {
    for Reader { kind, open, .. } in READERS {
        let shown = instance(kind, hub_of(catalog_with_gaps(), &events()));
        settle().await;
        press(&find(&shown, open)).await;
        let mutations = Mutations::of(&shown.element);
        let mut all = events();
        for (nth, event) in ["checked", "restored", "noted"].into_iter().enumerate() {
            for subject in ["environment:next", "endpoint:odd", "migration-wave:prod-to-next"] {
                let mut one = said(event, subject, &format!("2026-06-06T07:5{nth}:00Z"));
                one["metadata"]["observedStatus"] = json!(502);
                all.push(one);
                shown.state.0.evidence.set(hub_of(catalog_with_gaps(), &all).data.unwrap().log);
                settle().await;
                assert_eq!(mutations.take(), Vec::<String>::new(), "{kind} at {event} of {subject}");
            }
        }
        shown.state.0.catalog.set(hub_of(catalog_with_gaps(), &[]).data.unwrap().index);
        settle().await;
        assert_eq!(mutations.take(), Vec::<String>::new(), "{kind} at the same catalog");
        // The observer does see what changes.
        shown.state.0.catalog.set(hub_of(next_catalog(), &[]).data.unwrap().index);
        settle().await;
        assert_ne!(mutations.take(), Vec::<String>::new(), "{kind}");
    }
}
