//! Pictures in a real browser: links, keys, zoom, what is kept, what is folded; and the migration.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::{collections::BTreeMap, sync::Arc};

use ops_manifest::{Served, WidgetInstance};
use ops_model::{CatalogIndex, Event, EvidenceLog, Timestamp};
use ops_widgets::view::prelude::{ArcRwSignal, Get, Set};
use ops_widgets::{
    HubData, HubState, Scope, parts,
    scope::{Memory, Scene, Target},
    texts::Texts,
    view::{Draw, Mounted, mount},
};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

const NOW: &str = "2026-06-06T08:00:00Z";

/// A catalog with an environment that is left, one that is entered, and so many more services.
fn catalog(more: usize) -> Value {
    let entity = |name: &str, title: &str| json!({"ref": name, "title": title, "source": {"line": 7}});
    let relation =
        |from: &str, kind: &str, to: &str| json!({"from": from, "type": kind, "to": to, "source": {"line": 8}});
    let mut entities = vec![
        entity("environment:prod", "prod"),
        entity("environment:next", "next"),
        entity("host:one", "one"),
        entity("host:two", "two"),
        entity("cluster:kube", "Kube"),
        entity("service:git", "Git"),
        entity("service:lost", "Lost"),
        entity("data-store:db", "A database with a rather long name that goes on"),
        entity("endpoint:api", "<b>API</b>"),
        entity("repository:apps", "apps"),
    ];
    let wave = json!({"key": "moves-from", "value": "environment:prod", "source": {"line": 9}});
    entities.push(json!({"ref": "migration-wave:on", "title": "On", "facts": [wave], "source": {"line": 9}}));
    let mut relations = vec![
        relation("host:one", "runs-on", "environment:prod"),
        relation("host:two", "runs-on", "environment:next"),
        relation("cluster:kube", "part-of", "environment:prod"),
        relation("service:git", "runs-on", "environment:prod"),
        relation("service:git", "runs-on", "cluster:kube"),
        relation("service:git", "stored-in", "data-store:db"),
        relation("service:git", "exposed-by", "endpoint:api"),
        relation("service:git", "owned-by", "repository:apps"),
        relation("data-store:db", "runs-on", "environment:prod"),
        relation("migration-wave:on", "moves-to", "environment:next"),
    ];
    for number in 0..more {
        let name = format!("service:s{number}");
        entities.push(entity(&name, &name));
        relations.push(relation(&name, "runs-on", "environment:prod"));
    }
    json!({
        "schema": 1, "source": {"file": "inventory.md", "title": "Inventory", "sha256": "", "lines": 9},
        "entities": entities, "relations": relations
    })
}

fn state(more: usize, events: &[Value]) -> HubState {
    let passes = json!([{"field": "result", "oneOf": ["pass"]}]);
    let kind = |name: &str, claim: &str, subjects: Value, met: &Value| {
        json!({"name": name, "title": name, "metadataSchema": {},
               "rule": {"claim": claim, "subjects": subjects, "freshnessSeconds": 360_000, "met": met}})
    };
    let steps = json!([{"field": "step", "oneOf": ["planned", "started", "done"]}]);
    let manifest = Served::read(
        &json!({
            "schemaVersion": 1,
            "hub": {"slug": "ops-hub", "title": "Ops Hub", "family": "vsm", "function": "OPS", "system": "S1"},
            "extension": {"name": "x", "version": "0.1.0", "hubApi": "*"},
            "kinds": [], "permissions": [],
            "widgets": [
                {"name": "service", "kind": "service", "subject": "service:git", "title": "Git", "viewContext": ""},
                {"name": "wave", "kind": "migration", "subject": "migration-wave:on", "title": "On", "viewContext": ""},
            ],
            "eventTypes": [
                kind("reached", "health", json!(["host"]), &passes),
                kind("backed-up", "backup", json!(["data-store"]), &passes),
                kind("restored", "restore", json!(["data-store"]), &passes),
                kind("stepped", "migration", json!(["service", "data-store"]), &steps),
            ]
        })
        .to_string(),
    )
    .unwrap();
    let index = CatalogIndex::new(serde_json::from_value(catalog(more)).unwrap());
    let rules: BTreeMap<_, _> =
        manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone())).collect();
    let mut log = EvidenceLog::new(rules, BTreeMap::new());
    for event in events {
        log.insert(Arc::new(serde_json::from_value::<Event>(event.clone()).unwrap()), &index);
    }
    let data = HubData { manifest: Arc::new(manifest), index: Arc::new(index), log: Arc::new(log) };
    HubState { data: Some(data), trouble: None, live: Some(true), checked: Timestamp::parse(NOW).unwrap() }
}

fn event(kind: &str, subject: &str, mut metadata: Value) -> Value {
    metadata["subject"] = subject.into();
    let id = format!("{kind}{subject}{metadata}");
    json!({"id": id, "widgetId": "w", "eventType": kind, "time": "2026-06-06T07:30:00Z", "metadata": metadata})
}

struct Shown {
    element: HtmlElement,
    state: ArcRwSignal<HubState>,
    _mounted: Mounted,
}

/// A place of this width on the page, in px, with the widgets' own style: a picture is measured there.
fn place(width: u32) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let element: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    element.set_attribute("style", &format!("width: {width}px")).unwrap();
    document.body().unwrap().append_child(&element).unwrap();
    element
}

/// The topology on its own, drawn again with each state, as within a widget.
fn topology(width: u32, lang: &'static str, more: usize) -> Shown {
    let element = place(width);
    let state = ArcRwSignal::new(state(more, &[]));
    let (memory, shown) = (Memory::default(), state.clone());
    let view = move || {
        let scene = Scene {
            data: shown.get().data.unwrap(),
            instance: WidgetInstance {
                name: "catalog".into(),
                kind: "service-catalog".into(),
                subject: None,
                title: "Catalog".into(),
                view_context: String::new(),
            },
            now: Timestamp::parse(NOW).unwrap(),
            texts: Texts::of(lang),
            link_base: String::new(),
            recording: None,
            memory: memory.clone(),
            roving: false,
        };
        parts::topology(&scene)
    };
    let mounted = mount(&element, move || view.draw());
    Shown { element, state, _mounted: mounted }
}

fn widget(name: &str, width: u32, events: &[Value]) -> Shown {
    let element = place(width);
    let state = ArcRwSignal::new(state(0, events));
    let scope = Scope {
        state: state.clone(),
        now: ArcRwSignal::new(Timestamp::parse(NOW).unwrap()),
        target: Target::Instance(name.to_owned()),
        texts: Texts::of("en"),
        recorder: None,
        link_base: String::new(),
    };
    let mounted = mount(&element, move || ops_widgets::widget(scope));
    Shown { element, state, _mounted: mounted }
}

impl Shown {
    fn find(&self, selector: &str) -> Element {
        self.element.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    fn count(&self, selector: &str) -> u32 {
        self.element.query_selector_all(selector).unwrap().length()
    }

    fn text(&self) -> String {
        self.element.text_content().unwrap()
    }

    fn attribute(&self, selector: &str, name: &str) -> String {
        self.find(selector).get_attribute(name).unwrap_or_default()
    }

    fn all(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.element.query_selector_all(selector).unwrap();
        let value = |at| found.item(at).unwrap().unchecked_into::<Element>().get_attribute(name).unwrap_or_default();
        (0..found.length()).map(value).collect()
    }

    /// The entity whose box has the focus.
    fn focus(&self) -> String {
        let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
        active.get_attribute("data-ref").unwrap_or_default()
    }

    async fn press(&self, key: &str) {
        let options = KeyboardEventInit::new();
        options.set_key(key);
        options.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
        let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
        active.dispatch_event(&event).unwrap();
        settle().await;
    }

    async fn click(&self, selector: &str) {
        self.find(selector).dispatch_event(&click()).unwrap();
        settle().await;
    }
}

fn click() -> web_sys::Event {
    let options = web_sys::MouseEventInit::new();
    options.set_bubbles(true);
    web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &options).unwrap().unchecked_into()
}

/// Waits until the browser has measured and drawn: two frames, and what follows from them.
async fn settle() {
    for _ in 0..3 {
        let frame = js_sys::Promise::new(&mut |done, _| {
            web_sys::window().unwrap().request_animation_frame(&done).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
        any_spawner::Executor::tick().await;
    }
}

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
    let shown = widget("service", 700, &[]);
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
