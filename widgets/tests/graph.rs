//! Pictures in a real browser: links, keys, zoom, what is kept, what is folded.
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
async fn every_box_is_a_link_with_a_name_that_says_what_the_picture_shows() {
    let shown = topology(900, "en", 0);
    settle().await;
    let mut boxes = shown.all("svg a.graph-node", "data-ref");
    boxes.sort();
    let expected =
        ["cluster:kube", "data-store:db", "endpoint:api", "host:one", "host:two", "service:git", "service:lost"];
    assert_eq!(boxes, expected);
    assert_eq!(shown.attribute("svg a[data-ref='service:git']", "href"), "#/service/git");
    assert_eq!(
        shown.find("svg a[data-ref='service:git'] > title").text_content().unwrap(),
        "Git, service, unproven, runs on prod, runs on Kube, \
         stored in A database with a rather long name that goes on, exposed by <b>API</b>"
    );
    assert_eq!(
        shown.find("svg a[data-ref='environment:next'] > title").text_content().unwrap(),
        "next, environment, unproven"
    );
    // A name that does not fit is whole in the title; markup stays text.
    assert!(shown.find("svg a[data-ref='data-store:db'] title").text_content().unwrap().contains("that goes on"));
    assert_eq!(shown.count("b"), 0);
    assert_eq!(shown.count(".graph [style]"), 0, "a strict page refuses inline styles");
    assert_eq!(shown.count(".graph-line"), 3);
    // The same in words, and the gap of a service without a place.
    let mut listed = shown.all(".graph-list a", "data-ref");
    listed.sort();
    listed.retain(|one| !one.starts_with("environment"));
    assert_eq!(listed, boxes);
    assert!(shown.text().contains("No environment"));
}

#[wasm_bindgen_test]
async fn one_tab_stop_and_arrow_keys_lead_along_the_relations() {
    let shown = topology(900, "en", 0);
    settle().await;
    assert_eq!(shown.count("svg [tabindex='0']"), 1);
    shown.find("svg a[data-ref='cluster:kube']").unchecked_into::<HtmlElement>().focus().unwrap();
    settle().await;
    assert_eq!(shown.all("svg [tabindex='0']", "data-ref"), ["cluster:kube"]);
    assert_eq!(shown.count(".graph-line.lit"), 1, "what it is related to is lit");
    shown.press("ArrowRight").await;
    assert_eq!(shown.focus(), "service:git");
    assert_eq!(shown.count(".graph-line.lit"), 3);
    shown.press("ArrowRight").await;
    assert!(["data-store:db", "endpoint:api"].contains(&shown.focus().as_str()), "{}", shown.focus());
    shown.press("ArrowLeft").await;
    assert_eq!(shown.focus(), "service:git");
    assert_eq!(shown.count("svg [tabindex='0']"), 1);

    // An event that arrives takes the focus from nobody.
    shown.state.set(state(0, &[event("reached", "host:one", json!({"result": "pass"}))]));
    settle().await;
    assert_eq!(shown.focus(), "service:git");
    assert_eq!(shown.count("svg a.graph-node.is-proven[data-ref='host:one']"), 1);
}

#[wasm_bindgen_test]
async fn the_picture_is_zoomed_and_moved_by_keys_and_buttons_and_stays_so() {
    let shown = topology(900, "en", 0);
    settle().await;
    let transform = || shown.attribute(".graph-world", "transform");
    let whole = transform();
    shown.find("svg a[data-ref='host:one']").unchecked_into::<HtmlElement>().focus().unwrap();
    shown.press("+").await;
    shown.press("+").await;
    assert!(transform().contains("scale(156)"), "{}", transform());
    assert_eq!(shown.attribute("[data-percent]", "data-percent"), "156");
    shown.state.set(state(0, &[event("reached", "host:one", json!({"result": "pass"}))]));
    settle().await;
    assert!(transform().contains("scale(156)"), "an event does not move the picture: {}", transform());
    shown.press("-").await;
    assert!(transform().contains("scale(124)"), "{}", transform());
    shown.press("0").await;
    assert_eq!(transform(), whole);
    shown.click(".graph-tool:last-child").await;
    assert!(transform().contains("scale(125)"), "{}", transform());
    // A wheel alone scrolls the page; with Ctrl it zooms.
    let wheel = |ctrl: bool| {
        let options = web_sys::WheelEventInit::new();
        options.set_delta_y(-60.0);
        options.set_ctrl_key(ctrl);
        options.set_bubbles(true);
        options.set_cancelable(true);
        let event = web_sys::WheelEvent::new_with_event_init_dict("wheel", &options).unwrap();
        shown.find("svg.graph-canvas").dispatch_event(&event).unwrap();
        event.default_prevented()
    };
    assert!(!wheel(false));
    assert!(wheel(true));
    settle().await;
    assert!(transform().contains("scale(150)"), "{}", transform());
}

#[wasm_bindgen_test]
async fn a_narrow_place_gets_one_column() {
    let shown = topology(280, "de", 0);
    settle().await;
    assert!(shown.attribute("svg.graph-canvas", "viewBox").starts_with("0 0 280 "));
    let mut tops: Vec<String> = shown.all("svg a.graph-node", "transform");
    let count = tops.len();
    tops.iter_mut().for_each(|place| *place = place.split(' ').nth(1).unwrap().to_owned());
    tops.sort();
    tops.dedup();
    assert_eq!(tops.len(), count, "no two boxes stand side by side");
    assert!(shown.text().contains("Das Bild als Liste") && shown.text().contains("Ohne Umgebung"));

    // It is laid out anew when the place grows.
    shown.element.set_attribute("style", "width: 904px").unwrap();
    settle().await;
    assert!(shown.attribute("svg.graph-canvas", "viewBox").starts_with("0 0 904 "));
}

#[wasm_bindgen_test]
async fn a_large_catalog_is_folded_with_counts_and_unfolds_by_click_and_key() {
    let shown = topology(900, "en", 300);
    settle().await;
    assert_eq!(shown.count("a.graph-node"), 0);
    assert!(shown.text().contains("Services 301"), "{}", shown.text());
    assert_eq!(shown.all(".graph-fold", "aria-expanded"), ["false", "false", "false"]);
    shown.click(".graph-fold").await;
    assert_eq!(shown.all(".graph-fold", "aria-expanded"), ["true", "false", "false"]);
    assert_eq!(shown.count("a.graph-node"), 120);
    assert!(shown.text().contains("185 more have no box here"), "{}", shown.text());
    shown.find(".graph-fold").unchecked_into::<HtmlElement>().focus().unwrap();
    shown.press("Enter").await;
    assert_eq!(shown.count("a.graph-node"), 0);
}

#[wasm_bindgen_test]
async fn a_service_stands_among_its_neighbours() {
    let shown = neighbourhood(700, "service:git");
    settle().await;
    let mut boxes = shown.all("svg a.graph-node", "data-ref");
    boxes.sort();
    let expected =
        ["cluster:kube", "data-store:db", "endpoint:api", "environment:prod", "repository:apps", "service:git"];
    assert_eq!(boxes, expected);
    assert_eq!(shown.count(".graph-line"), 5);
    assert!(shown.text().contains("owned by"), "each line is explained");
}

#[wasm_bindgen_test]
async fn the_focus_and_the_zoom_stay_when_another_catalog_comes() {
    let shown = topology(900, "en", 0);
    settle().await;
    let git = shown.find("svg a[data-ref='service:git']").unchecked_into::<HtmlElement>();
    git.focus().unwrap();
    shown.press("+").await;
    let transform = shown.attribute(".graph-world", "transform");

    // Named anew, in another order, and with others before it.
    let mut catalog = catalog(2);
    catalog["entities"][5]["title"] = "Forge".into();
    let entities = catalog["entities"].as_array_mut().unwrap();
    entities.reverse();
    shown.state.set(state_of(catalog, &[]));
    settle().await;
    assert_eq!(shown.focus(), "service:git");
    assert!(shown.find("svg a[data-ref='service:git']").is_same_node(Some(&git)), "it is the same box");
    assert!(git.text_content().unwrap().contains("Forge"));
    assert_eq!(shown.count("svg a.graph-node"), 9);
    assert_eq!(shown.attribute(".graph-world", "transform"), transform);

    // What had the focus is gone: the Tab key leads to another box.
    let mut catalog = self::catalog(0);
    catalog["entities"].as_array_mut().unwrap().remove(5);
    catalog["relations"].as_array_mut().unwrap().retain(|relation| relation["from"] != "service:git");
    shown.state.set(state_of(catalog, &[]));
    settle().await;
    assert_eq!(shown.count("svg a[data-ref='service:git']"), 0);
    assert_eq!(shown.count("svg [tabindex='0']"), 1);
}

#[wasm_bindgen_test]
async fn an_event_changes_only_what_it_says_something_about() {
    let shown = topology(900, "en", 0);
    settle().await;
    let changes = Changes::of(&shown.element);
    let step = event("stepped", "service:git", json!({"step": "planned", "disposition": "move"}));
    shown.state.set(state(0, std::slice::from_ref(&step)));
    settle().await;
    assert_eq!(changes.take(), Vec::<String>::new(), "a step of a migration says nothing about health");

    shown.state.set(state(0, &[step, event("reached", "host:one", json!({"result": "pass"}))]));
    settle().await;
    let made = changes.take();
    assert!(made.iter().any(|change| change == "attributes class of a"), "{made:?}");
    assert!(made.iter().all(|change| !change.starts_with("childList")), "nothing is made anew: {made:?}");
    let others = ["service:git", "service:lost", "host:two", "data-store:db"];
    let is_unproven = |one: &&str| shown.count(&format!("svg a.is-unproven[data-ref='{one}']")) == 1;
    assert!(others.iter().all(is_unproven));
}

#[wasm_bindgen_test]
async fn what_a_reader_chose_outlives_a_restart_and_another_language() {
    let session = session();
    let shown = topology_kept(900, "en", state(300, &[]), session.clone());
    settle().await;
    shown.click(".graph-fold").await;
    shown.find("svg a[data-ref='service:git']").unchecked_into::<HtmlElement>().focus().unwrap();
    shown.press("+").await;
    shown.find("details.graph-list").set_attribute("open", "").unwrap();
    settle().await;
    let transform = shown.attribute(".graph-world", "transform");
    assert!(transform.contains("scale(125)"));
    drop(shown);

    let shown = topology_kept(900, "de", state(300, &[]), session);
    settle().await;
    assert_eq!(shown.all(".graph-fold", "aria-expanded"), ["true", "false", "false"]);
    assert_eq!(shown.attribute(".graph-world", "transform"), transform);
    assert_eq!(shown.all("svg a[tabindex='0']", "data-ref"), ["service:git"]);
    assert_eq!(shown.count("details.graph-list[open]"), 1);
    assert!(shown.text().contains("185 weitere haben hier keinen Kasten"), "{}", shown.text());
}

#[wasm_bindgen_test]
async fn the_fold_button_keeps_the_focus() {
    let shown = topology(900, "en", 300);
    settle().await;
    let fold = shown.find(".graph-fold");
    fold.clone().unchecked_into::<HtmlElement>().focus().unwrap();
    shown.press(" ").await;
    assert_eq!(fold.get_attribute("aria-expanded").as_deref(), Some("true"));
    shown.state.set(state(301, &[]));
    settle().await;
    let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert!(active.is_same_node(Some(&fold)));
}
