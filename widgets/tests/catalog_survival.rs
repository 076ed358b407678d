//! What a reader did in the catalog outlives events, new catalogs, other choices and other languages.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::Arc;

use leptos::prelude::Set;
use ops_model::{Event, EvidenceLog, Timestamp};
use ops_widgets::{SessionState, Target};
use serde_json::{Value, json};
use support::{reader::*, *};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// The same hub after one event more.
fn after(state: &HubState, event: Value) -> HubState {
    let mut state = state.clone();
    let data = state.data.as_mut().unwrap();
    let mut log = EvidenceLog::clone(&data.log);
    assert!(log.insert(Arc::new(serde_json::from_value::<Event>(event).unwrap()), &data.index));
    data.log = Arc::new(log);
    state
}

/// An event about an endpoint that no service is exposed by.
fn elsewhere(number: u32) -> Value {
    json!({
        "id": format!("elsewhere {number}"), "widgetId": "w", "eventType": "checked", "time": "2026-06-06T07:50:00Z",
        "metadata": {"subject": "endpoint:odd", "expectedStatus": 401, "observedStatus": 401}
    })
}

fn failing() -> Value {
    check("2026-06-06T07:59:00Z", 502)
}

fn focused() -> Element {
    web_sys::window().unwrap().document().unwrap().active_element().unwrap()
}

fn focus(element: &Element) {
    element.unchecked_ref::<HtmlElement>().focus().unwrap();
}

#[wasm_bindgen_test]
async fn rows_follow_evidence_and_their_nodes_stay() {
    forget_address();
    let mut state = hub(&[]);
    let shown = instance("service-catalog", state.clone());
    let row = find(&shown, "tr[data-row='service:git']");
    assert_eq!(shown.count(".dot.is-failing"), 0);
    state = after(&state, elsewhere(1));
    shown.state.set(state.clone());
    settle().await;
    assert_eq!(shown.count("tr[data-row='service:git'] .row-name .dot.is-unproven"), 1, "that is not its endpoint");
    shown.state.set(after(&state, failing()));
    settle().await;
    assert_eq!(shown.count("tr[data-row='service:git'] .row-name .dot.is-failing"), 1);
    assert!(row.is_connected());
}

#[wasm_bindgen_test]
async fn an_event_that_is_not_about_a_row_changes_nothing_in_the_grid_and_above_it() {
    forget_address();
    for services in [3, 80] {
        let mut state = hub_of(many(services), &[]);
        let shown = instance("service-catalog", state.clone());
        open(&named(&shown, ".menu.facet", "Owner")).await;
        press(&find(&shown, ".row-toggle"));
        frames().await;
        let (grid, toolbar) = (changes(&find(&shown, ".catalog-shown"), ""), changes(&find(&shown, ".toolbar"), ""));
        for number in 0..3 {
            state = after(&state, elsewhere(number));
            shown.state.set(state.clone());
            settle().await;
        }
        shown.now.set(Timestamp::parse("2026-06-06T08:00:15Z").unwrap());
        settle().await;
        assert_eq!((grid(), toolbar()), (0, 0), "with {services} services");
        // The same catalog and the same evidence, read again.
        let whole = changes(&find(&shown, ".card-body"), "");
        let data = state.data.as_mut().unwrap();
        data.log = Arc::new(EvidenceLog::clone(&data.log));
        data.index = hub_of(many(services), &[]).data.unwrap().index;
        shown.state.set(state);
        settle().await;
        assert_eq!(whole(), 0, "with {services} services");
    }
}

#[wasm_bindgen_test]
async fn what_is_typed_keeps_its_field_focus_and_caret() {
    forget_address();
    let mut state = hub_of(many(80), &[]);
    let shown = instance("service-catalog", state.clone());
    let field: HtmlInputElement = find(&shown, "input[type=search]").unchecked_into();
    focus(&field);
    write(&field, "service 0000");
    field.set_selection_range(3, 5).unwrap();
    settle().await;
    let unchanged = |when: &str| {
        assert!(focused().is_same_node(Some(&field)));
        let caret = (field.selection_start().unwrap(), field.selection_end().unwrap());
        assert_eq!((field.value().as_str(), caret), ("service 0000", (Some(3), Some(5))), "{when}");
    };
    unchanged("typed");
    state = after(&state, failing());
    shown.state.set(state);
    settle().await;
    unchanged("an event");
    shown.state.set(hub_of(many(90), &[]));
    settle().await;
    unchanged("a new catalog");
    choose(&named(&shown, ".choice", "Group").query_selector("select").unwrap().unwrap(), "owner");
    settle().await;
    unchanged("a group");
    assert_eq!(shown.count(".group-row"), 2);
    forget_address();
}

#[wasm_bindgen_test]
async fn a_menu_stays_open_and_keeps_the_focus_while_something_is_chosen_in_it() {
    forget_address();
    let mut state = hub_of(many(80), &[]);
    let shown = instance("service-catalog", state.clone());
    let owner = named(&shown, ".menu.facet", "Owner");
    open(&owner).await;
    let boxes = named(&shown, ".menu.facet .check", "apps").query_selector("input").unwrap().unwrap();
    focus(&boxes);
    press(&boxes);
    settle().await;
    assert!(shown.text().contains("40 of 81 shown"), "{}", shown.text());
    let unchanged = |when: &str| {
        assert!(focused().is_same_node(Some(&boxes)), "{when}");
        assert!(owner.has_attribute("open"), "{when}");
        assert!(boxes.unchecked_ref::<HtmlInputElement>().checked(), "{when}");
    };
    unchanged("chosen");
    state = after(&state, failing());
    shown.state.set(state);
    settle().await;
    unchanged("an event");
    shown.state.set(hub_of(many(90), &[]));
    settle().await;
    unchanged("a new catalog");
    write(&find(&shown, "input[type=search]"), "service");
    settle().await;
    unchanged("a search");
    forget_address();
}

#[wasm_bindgen_test]
async fn a_cell_keeps_the_focus_when_evidence_moves_its_row() {
    forget_address();
    let mut state = hub_of(many(80), &[]);
    let shown = instance("service-catalog", state.clone());
    let sort = named(&shown, ".choice", "Sort").query_selector("select").unwrap().unwrap();
    choose(&sort, "standing");
    frames().await;
    let cell = find(&shown, "tr[aria-rowindex='4'] [data-question=owned-by]");
    focus(&cell);
    settle().await;
    assert_eq!(cell.get_attribute("tabindex").as_deref(), Some("0"));
    state = after(&state, failing());
    shown.state.set(state);
    settle().await;
    assert_eq!(rows(&shown)[0], "service:git", "the worst first");
    assert!(focused().is_same_node(Some(&cell)));
    assert_eq!(shown.count("[role=grid] [data-cell][tabindex='0']"), 1);
    // The select says what rows are sorted by, also after the reader used it.
    press(&named(&shown, ".head-button", "Service or data store"));
    settle().await;
    assert_eq!(js_sys::Reflect::get(&sort, &"value".into()).unwrap().as_string().as_deref(), Some("name"));
    // One stop of the Tab key is left when the row of the other one is gone.
    write(&find(&shown, "input[type=search]"), "Service 00001");
    settle().await;
    assert_eq!(shown.count("[role=grid] [data-cell][tabindex='0']"), 1);
    forget_address();
}

#[wasm_bindgen_test]
async fn choices_outlive_a_restart_and_another_language() {
    forget_address();
    let kept = js_sys::Object::new();
    let show = |lang: &str| {
        let session = SessionState::new(kept.clone(), "service-catalog".to_owned());
        let target = Target::Instance("service-catalog".to_owned());
        let shown = show_kept(target, hub_of(many(200), &[]), lang, None, Some(session));
        let style = web_sys::window().unwrap().document().unwrap().create_element("style").unwrap();
        style.set_text_content(Some(include_str!("../styles/8-catalog.css")));
        shown.element.append_child(&style).unwrap();
        shown
    };
    let shown = show("en");
    frames().await;
    write(&find(&shown, "input[type=search]"), "service");
    open(&named(&shown, ".menu.facet", "Owner")).await;
    press(&named(&shown, ".menu.facet .check", "apps").query_selector("input").unwrap().unwrap());
    settle().await;
    press(&find(&shown, "tr[data-row='service:s00002'] .row-toggle"));
    press(&find(&shown, ".notes summary"));
    settle().await;
    find(&shown, ".scroll").set_scroll_top(440);
    frames().await;
    drop(shown);
    for lang in ["en", "de"] {
        // The page's address has nothing to do with it.
        forget_address();
        let shown = show(lang);
        frames().await;
        assert_eq!(find(&shown, "input[type=search]").unchecked_into::<HtmlInputElement>().value(), "service");
        assert_eq!(shown.count(".chip"), 1);
        assert_eq!(shown.count(".menu.facet[open] .check"), 2, "the menu is open");
        assert_eq!(shown.count(".notes[open]"), 1);
        assert_eq!(find(&shown, ".scroll").scroll_top(), 440);
        assert_eq!(shown.count(".details-row"), 1, "the row is open");
        assert!(rows(&shown).iter().all(|row| row.ends_with(['0', '2', '4', '6', '8'])), "{:?}", rows(&shown));
        settle().await;
    }
    forget_address();
}

#[wasm_bindgen_test]
async fn of_many_values_a_facet_offers_some_and_all_that_are_chosen() {
    forget_address();
    let mut catalog = many(0);
    for nth in 0..100 {
        let name = format!("service:s{nth:03}");
        let entity = json!({"ref": name, "title": name, "source": {"line": 1}});
        catalog["entities"].as_array_mut().unwrap().push(entity);
        let owner =
            json!({"from": name, "type": "owned-by", "to": format!("repository:r{nth:03}"), "source": {"line": 1}});
        catalog["relations"].as_array_mut().unwrap().push(owner);
    }
    let shown = instance("service-catalog", hub_of(catalog, &[]));
    open(&named(&shown, ".menu.facet", "Owner")).await;
    assert_eq!(shown.count(".menu.facet .check"), 30);
    assert!(named(&shown, ".menu-panel", "r000").text_content().unwrap().contains("71 more"));
    write(&find(&shown, "input[type=search]"), "r099");
    settle().await;
    press(&named(&shown, ".menu.facet .check", "r099").query_selector("input").unwrap().unwrap());
    write(&find(&shown, "input[type=search]"), "");
    settle().await;
    assert!(named(&shown, ".menu.facet .check", "r099").is_connected(), "what is chosen is always there");
    assert_eq!(rows(&shown), ["service:s099"]);
    forget_address();
}
