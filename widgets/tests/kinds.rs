//! Each kind of widget in a real browser: with data, loading, and in trouble.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use leptos::prelude::*;
use ops_model::Timestamp;
use ops_widgets::{Target, Trouble, kinds::KINDS};
use serde_json::{Value, json};
use support::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn every_kind_shows_its_subject_and_none_is_healthy_without_evidence() {
    for kind in KINDS {
        let shown = instance(kind.name, hub(&[]));
        assert!(shown.text().contains(&format!("The {}", kind.name)), "{}: {}", kind.name, shown.text());
        assert_ne!(shown.standing().as_deref(), Some("proven"), "{}", kind.name);
        assert!(shown.text().contains("No evidence yet"), "{}", kind.name);
    }
}

#[wasm_bindgen_test]
fn every_kind_has_a_skeleton_before_the_hub_answers() {
    for kind in KINDS {
        let shown = instance(kind.name, HubState::default());
        assert_eq!(shown.count("[aria-busy=true]"), 1, "{}", kind.name);
    }
}

#[wasm_bindgen_test]
fn each_trouble_has_its_own_words() {
    let cases = [
        (Trouble::SignedOut("/NewSession?return=x".into()), "You are signed out"),
        (Trouble::Forbidden, "may not read"),
        (Trouble::NoCatalog, "no catalog yet"),
        (Trouble::Away("HTTP 503".into()), "HTTP 503"),
        (Trouble::Malformed("missing field `ref`".into()), "missing field `ref`"),
    ];
    for (trouble, words) in cases {
        let bare = instance("host", HubState { trouble: Some(trouble.clone()), ..HubState::default() });
        assert!(bare.text().contains(words), "{}", bare.text());
        // With data the trouble is a notice above it, and the data stays.
        let kept = instance("host", HubState { trouble: Some(trouble), ..hub(&[]) });
        assert!(kept.text().contains(words) && kept.text().contains("192.0.2.1"), "{}", kept.text());
    }
}

#[wasm_bindgen_test]
async fn an_endpoint_turns_proven_stale_and_failing_by_its_evidence() {
    let shown = instance("endpoint", hub(&[check("2026-06-06T07:30:00Z", 401)]));
    assert_eq!(shown.standing().as_deref(), Some("proven"));
    assert!(shown.text().contains("401 is success here"), "{}", shown.text());
    assert!(shown.text().contains("30 minutes ago"), "{}", shown.text());

    shown.now.set(Timestamp::parse("2026-06-06T08:30:00.001Z").unwrap());
    settle().await;
    assert_eq!(shown.standing().as_deref(), Some("stale"));

    shown.state.set(hub(&[check("2026-06-06T07:30:00Z", 401), check("2026-06-06T08:00:00Z", 502)]));
    settle().await;
    assert_eq!(shown.standing().as_deref(), Some("failing"));
    assert!(shown.text().contains("expected 401, observed 502"), "{}", shown.text());
    assert_eq!(shown.count(".strip .mark"), 2);
    assert_eq!(shown.count(".strip .mark[title$=' 87 ms']"), 2, "with the latency");
}

#[wasm_bindgen_test]
async fn a_gap_is_closed_by_evidence_and_opens_again_without_it() {
    let restored = |result: &str| {
        json!({
            "id": result, "widgetId": "w", "eventType": "restored", "time": "2026-06-06T07:30:00Z",
            "metadata": {"subject": "service:git", "result": result}
        })
    };
    let shown = instance("service", hub(&[]));
    assert_eq!(shown.count(".gap[data-gap-standing=unproven]"), 1);
    assert!(!shown.text().contains("closed by evidence"), "{}", shown.text());

    shown.state.set(hub(&[restored("pass")]));
    settle().await;
    assert_eq!(shown.count("details .gap[data-gap-standing=proven]"), 1);
    assert!(shown.text().contains("1 closed by evidence"), "{}", shown.text());

    shown.now.set(Timestamp::parse("2026-06-06T08:30:00.001Z").unwrap());
    settle().await;
    assert_eq!(shown.count(".gap[data-gap-standing=stale]"), 1);

    shown.now.set(Timestamp::parse(NOW).unwrap());
    shown.state.set(hub(&[restored("fail")]));
    settle().await;
    assert_eq!(shown.count(".gap[data-gap-standing=failing]"), 1);
}

fn said(kind: &str, time: &str, metadata: Value) -> Value {
    json!({"id": format!("{kind}{time}"), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata})
}

#[wasm_bindgen_test]
async fn an_outage_during_announced_work_reads_as_expected() {
    let work = json!({"subject": "endpoint:registry", "from": "2026-06-06T07:00:00Z", "until": "2026-06-06T09:00:00Z", "reason": "new disks"});
    let note = json!({"subject": "endpoint:registry", "text": "<i>ask</i> the platform team"});
    let events = [
        check("2026-06-06T07:30:00Z", 502),
        said("planned", "2026-06-06T06:00:00Z", work),
        said("noted", "2026-06-06T06:10:00Z", note),
    ];
    let shown = instance("endpoint", hub(&events));
    assert_eq!(shown.standing().as_deref(), Some("failing"), "it is no less failing");
    assert!(shown.text().contains("failing, as expected"), "{}", shown.text());
    assert!(shown.text().contains("Maintenance goes on until") && shown.text().contains("new disks"));
    assert!(shown.text().contains("<i>ask</i> the platform team"), "{}", shown.text());
    assert_eq!(shown.count(".strip .mark"), 1, "what is announced is no check");

    shown.now.set(Timestamp::parse("2026-06-06T09:00:00.001Z").unwrap());
    settle().await;
    assert!(!shown.text().contains("Maintenance goes on"), "{}", shown.text());
    assert!(!shown.text().contains("as expected"), "{}", shown.text());
}

#[wasm_bindgen_test]
fn a_planned_environment_reads_as_planned() {
    let target = Target::Entity { kind: "environment".into(), subject: "environment:next".parse().unwrap() };
    let shown = show(target, hub(&[]), "en");
    let badge = shown.element.query_selector(".badge").unwrap().unwrap();
    assert!(badge.text_content().unwrap().ends_with("planned"));
}

#[wasm_bindgen_test]
fn only_web_addresses_become_links_and_markup_stays_text() {
    let odd =
        show(Target::Entity { kind: "endpoint".into(), subject: "endpoint:odd".parse().unwrap() }, hub(&[]), "en");
    assert_eq!(odd.count("a[href^='javascript']"), 0);
    assert!(odd.text().contains("javascript:alert(1)"));
    for kind in KINDS {
        let shown = instance(kind.name, hub(&[]));
        assert_eq!(shown.count("b"), 0, "{}", kind.name);
        let has_notes = kind.name == "service-catalog";
        assert_eq!(shown.element.text_content().unwrap().contains("<b>odd</b> cell"), has_notes, "{}", kind.name);
    }
}

#[wasm_bindgen_test]
fn every_entity_named_is_a_link_to_its_view() {
    let shown = instance("environment", hub(&[]));
    assert!(shown.count("a[href='#/host/one'][data-ref='host:one']") > 0);
    assert!(shown.count("a[href='#/service/git']") > 0);
}

#[wasm_bindgen_test]
fn an_unknown_name_and_an_unknown_subject_are_said() {
    assert!(instance("nothing", hub(&[])).text().contains("no widget named “nothing”"));
    let gone = Target::Entity { kind: "host".into(), subject: "host:gone".parse().unwrap() };
    assert!(show(gone, hub(&[]), "en").text().contains("host:gone"));
}

#[wasm_bindgen_test]
fn german_is_chosen_by_language() {
    let shown = show(Target::Instance("endpoint".into()), hub(&[]), "de-AT");
    assert!(shown.text().contains("Noch nicht geprüft"), "{}", shown.text());
}

#[wasm_bindgen_test]
async fn an_update_leaves_the_focus_where_it_is() {
    let shown = instance("environment", hub(&[]));
    let link: HtmlElement = shown.element.query_selector("a[data-ref='host:one']").unwrap().unwrap().unchecked_into();
    link.focus().unwrap();
    shown.state.set(hub(&[check("2026-06-06T07:30:00Z", 401)]));
    shown.now.set(Timestamp::parse("2026-06-06T08:00:15Z").unwrap());
    settle().await;
    assert!(shown.text().contains("30 minutes ago"), "{}", shown.text());
    let focused = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert_eq!(focused.get_attribute("data-ref").as_deref(), Some("host:one"));
}

#[wasm_bindgen_test]
fn what_is_unmounted_is_gone() {
    let shown = instance("host", hub(&[]));
    let element = shown.element.clone();
    assert!(element.child_element_count() > 0);
    drop(shown);
    assert_eq!(element.child_element_count(), 0);
}

#[wasm_bindgen_test]
fn a_long_list_ends_says_how_many_more_there_are_and_leaves_no_failure_out() {
    let mut catalog = catalog();
    let mut add = |part: &str, one: Value| catalog[part].as_array_mut().unwrap().push(one);
    for nth in 0..60 {
        let service = format!("service:s{nth}");
        add("entities", json!({"ref": service, "title": service, "facts": [], "source": {"line": 7}}));
        let place = json!({"from": service, "type": "runs-on", "to": "environment:prod", "source": {"line": 8}});
        add("relations", place);
        let kinds = ["catalog"];
        add("gaps", json!({"subject": service, "text": "nothing known", "kinds": kinds, "source": {"line": 9}}));
    }
    let exposed = json!({"from": "service:s59", "type": "exposed-by", "to": "endpoint:odd", "source": {"line": 8}});
    add("relations", exposed);
    let mut failed = check("2026-06-06T07:30:00Z", 502);
    failed["metadata"]["subject"] = json!("endpoint:odd");
    let shown = instance("environment", hub_of(catalog, &[failed]));
    let services = "section.sub:has(a[data-ref='service:s59']) > div > ul.members";
    assert_eq!(shown.count(&format!("{services} > .member")), 50, "of 61");
    assert_eq!(shown.count(&format!("{services} > .member:first-child .dot.is-failing")), 1);
    assert_eq!(shown.count(".gap"), 5 + 50, "of 61");
    let text = shown.element.text_content().unwrap();
    assert!(text.contains("11 more") && text.contains("56 more") && text.contains("6 more"), "{text}");
    assert_eq!(shown.element.query_selector(".legend.is-unproven .count").unwrap().unwrap().inner_html(), "61");
}
