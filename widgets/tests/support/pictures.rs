//! A small hub for pictures, and pictures of it in a place of a known width.
#![allow(dead_code, unreachable_pub, missing_docs, missing_debug_implementations, clippy::unwrap_used, clippy::panic)]

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use leptos::{mount::mount_to, prelude::*};
use ops_manifest::Served;
use ops_model::{CatalogIndex, Event, EvidenceLog, Timestamp};
use ops_widgets::{
    Hub, SessionState, Target, Widget, WidgetOptions,
    graph::{Neighbourhood, Topology},
    texts::Texts,
    ui::KeptFocus,
};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, HtmlElement, KeyboardEvent, KeyboardEventInit, MutationObserver, MutationObserverInit, MutationRecord,
};

use crate::support::{HubData, HubState, NOW, Setter};

/// A catalog with an environment that is left, one that is entered, and so many more services.
pub fn catalog(more: usize) -> Value {
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

pub fn state(more: usize, events: &[Value]) -> HubState {
    state_of(catalog(more), events)
}

/// The same hub with another catalog.
pub fn state_of(catalog: Value, events: &[Value]) -> HubState {
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
    let index = CatalogIndex::new(serde_json::from_value(catalog).unwrap());
    let rules: BTreeMap<_, _> =
        manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone())).collect();
    let mut log = EvidenceLog::new(rules, BTreeMap::new());
    for event in events {
        log.insert(Arc::new(serde_json::from_value::<Event>(event.clone()).unwrap()), &index);
    }
    let data = HubData { manifest: Arc::new(manifest), index: Arc::new(index), log: Arc::new(log) };
    HubState { data: Some(data), trouble: None, live: Some(true), checked: Timestamp::parse(NOW).unwrap() }
}

pub fn event(kind: &str, subject: &str, mut metadata: Value) -> Value {
    metadata["subject"] = subject.into();
    let id = format!("{kind}{subject}{metadata}");
    json!({"id": id, "widgetId": "w", "eventType": kind, "time": "2026-06-06T07:30:00Z", "metadata": metadata})
}

/// What is on the page.
pub struct Shown {
    pub element: HtmlElement,
    pub state: Setter,
    _mounted: Box<dyn std::any::Any>,
}

/// A place of this width on the page, in px: a picture is measured there.
fn place(width: u32) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let element: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    element.set_attribute("style", &format!("width: {width}px")).unwrap();
    document.body().unwrap().append_child(&element).unwrap();
    element
}

/// What an element keeps of its reader's choices.
pub fn session() -> SessionState {
    SessionState::new(js_sys::Object::new(), "picture".to_owned())
}

fn hub(state: HubState) -> (Hub, Setter) {
    let hub = Hub::new(state.data.as_ref().unwrap().manifest.clone());
    hub.now.set(Timestamp::parse(NOW).unwrap());
    let setter = Setter(hub.clone());
    setter.set(state);
    (hub, setter)
}

/// The topology on its own.
pub fn topology(width: u32, lang: &'static str, more: usize) -> Shown {
    topology_kept(width, lang, state(more, &[]), session())
}

/// The same, of a hub and for a reader who was here before.
pub fn topology_kept(width: u32, lang: &'static str, state: HubState, session: SessionState) -> Shown {
    picture(width, lang, state, session, || view! { <Topology /> }.into_any())
}

/// An entity among its neighbours.
pub fn neighbourhood(width: u32, entity: &str) -> Shown {
    let entity = entity.parse().unwrap();
    picture(width, "en", state(0, &[]), session(), move || view! { <Neighbourhood entity /> }.into_any())
}

fn picture(
    width: u32,
    lang: &'static str,
    state: HubState,
    session: SessionState,
    view: impl FnOnce() -> AnyView + 'static,
) -> Shown {
    let element = place(width);
    let (hub, state) = hub(state);
    let mounted = mount_to(element.clone(), move || {
        provide_context(hub);
        provide_context(Texts::of(lang));
        provide_context(session);
        let section = NodeRef::new();
        let focus = KeptFocus::new(section);
        view! {
            <section
                node_ref=section
                on:focusin=move |event| focus.on_focus_in(&event)
                on:focusout=move |_| focus.on_focus_out()
            >
                {view()}
            </section>
        }
    });
    Shown { element, state, _mounted: Box::new(mounted) }
}

pub fn widget(name: &str, width: u32, events: &[Value]) -> Shown {
    widget_kept(name, width, "en", state(0, events), session())
}

pub fn widget_kept(name: &str, width: u32, lang: &str, state: HubState, session: SessionState) -> Shown {
    let element = place(width);
    let (hub, state) = hub(state);
    let options = WidgetOptions {
        hub,
        target: Target::Instance(name.to_owned()),
        texts: Texts::of(lang),
        recorder: None,
        link_base: String::new(),
        session: Some(session),
    };
    let mounted = mount_to(element.clone(), move || view! { <Widget options /> });
    Shown { element, state, _mounted: Box::new(mounted) }
}

impl Shown {
    pub fn find(&self, selector: &str) -> Element {
        self.element.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.element.query_selector_all(selector).unwrap().length()
    }

    pub fn text(&self) -> String {
        self.element.text_content().unwrap()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> String {
        self.find(selector).get_attribute(name).unwrap_or_default()
    }

    pub fn all(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.element.query_selector_all(selector).unwrap();
        let value = |at| found.item(at).unwrap().unchecked_into::<Element>().get_attribute(name).unwrap_or_default();
        (0..found.length()).map(value).collect()
    }

    /// The entity whose box has the focus.
    pub fn focus(&self) -> String {
        let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
        active.get_attribute("data-ref").unwrap_or_default()
    }

    pub async fn press(&self, key: &str) {
        let options = KeyboardEventInit::new();
        options.set_key(key);
        options.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
        let active = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
        active.dispatch_event(&event).unwrap();
        settle().await;
    }

    pub async fn click(&self, selector: &str) {
        self.find(selector).dispatch_event(&click()).unwrap();
        settle().await;
    }
}

pub fn click() -> web_sys::Event {
    let options = web_sys::MouseEventInit::new();
    options.set_bubbles(true);
    web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &options).unwrap().unchecked_into()
}

/// Waits until the browser has measured and drawn: two frames, and what follows from them.
pub async fn settle() {
    for _ in 0..3 {
        let frame = js_sys::Promise::new(&mut |done, _| {
            web_sys::window().unwrap().request_animation_frame(&done).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
        any_spawner::Executor::tick().await;
    }
}

/// Notes every change below an element, from now on.
pub struct Changes {
    noted: Rc<RefCell<Vec<String>>>,
    observer: MutationObserver,
    _callback: Closure<dyn FnMut(Vec<MutationRecord>)>,
}

impl Changes {
    pub fn of(element: &Element) -> Self {
        let noted = Rc::new(RefCell::new(Vec::new()));
        let list = noted.clone();
        let callback = Closure::new(move |records: Vec<MutationRecord>| {
            list.borrow_mut().extend(records.iter().map(words));
        });
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).unwrap();
        let options = MutationObserverInit::new();
        options.set_subtree(true);
        options.set_child_list(true);
        options.set_attributes(true);
        options.set_character_data(true);
        observer.observe_with_options(element, &options).unwrap();
        Self { noted, observer, _callback: callback }
    }

    /// What has changed since the last call, a line for each change.
    pub fn take(&self) -> Vec<String> {
        let records = self.observer.take_records();
        let rest: Vec<String> = records.iter().map(|record| words(&record.unchecked_into())).collect();
        let mut noted = self.noted.take();
        noted.extend(rest);
        noted
    }
}

/// The kind of a change, the attribute, and what it is about.
fn words(record: &MutationRecord) -> String {
    let target = record.target().unwrap();
    let about = target.dyn_ref::<Element>().map(Element::tag_name);
    let about = about.or_else(|| target.parent_element().map(|parent| parent.tag_name())).unwrap_or_default();
    format!("{} {} of {about}", record.type_(), record.attribute_name().unwrap_or_default())
}
