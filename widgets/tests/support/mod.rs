//! A small hub in memory, and widgets of it in a real document.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::panic
)]

pub mod observe;
pub mod reader;

use std::{collections::BTreeMap, sync::Arc};

use leptos::{mount::mount_to, prelude::*};
use ops_manifest::Served;
use ops_model::{CatalogIndex, Event, EvidenceLog, Timestamp};
use ops_widgets::{Hub, SessionState, Target, Trouble, Widget, WidgetOptions, record::Recorder, texts::Texts};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub const NOW: &str = "2026-06-06T08:00:00Z";

/// What a test lets the hub say.
#[derive(Clone, Debug, Default)]
pub struct HubState {
    pub data: Option<HubData>,
    pub trouble: Option<Trouble>,
    pub live: Option<bool>,
    pub checked: Timestamp,
}

#[derive(Clone, Debug)]
pub struct HubData {
    pub manifest: Arc<Served>,
    pub index: Arc<CatalogIndex>,
    pub log: Arc<EvidenceLog>,
}

/// A small hub with one widget of every kind of the manifest.
pub fn hub(events: &[Value]) -> HubState {
    hub_of(catalog(), events)
}

/// A catalog with one entity of most kinds.
pub fn catalog() -> Value {
    let entity = |name: &str, title: &str, facts: Value| {
        let facts: Vec<Value> = facts
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value, "source": {"line": 7}}))
            .collect();
        json!({"ref": name, "title": title, "facts": facts, "source": {"line": 7}})
    };
    let relation =
        |from: &str, kind: &str, to: &str| json!({"from": from, "type": kind, "to": to, "source": {"line": 8}});
    json!({
        "schema": 1,
        "source": {"file": "inventory.md", "title": "Inventory", "sha256": "", "lines": 9},
        "entities": [
            entity("environment:prod", "prod", json!({"role": "Live production", "state": "Active"})),
            entity("environment:next", "next", json!({"state": "Planned"})),
            entity("host:one", "one", json!({"address": "192.0.2.1", "role": "The only machine"})),
            entity("service:git", "Git", json!({"helm-release": "git", "app-version": "1.2.3", "node-port": "30001"})),
            entity("endpoint:registry", "Git registry", json!({"address": "https://git.example/v2/", "expected-status": "401"})),
            entity("endpoint:odd", "Odd", json!({"address": "javascript:alert(1)"})),
            entity("gate:git-push", "push", json!({"order": "1"})),
            entity("migration-wave:prod-to-next", "prod to next", json!({"moves-from": "environment:prod"})),
        ],
        "relations": [
            relation("host:one", "runs-on", "environment:prod"),
            relation("service:git", "runs-on", "environment:prod"),
            relation("service:git", "exposed-by", "endpoint:registry"),
            relation("gate:git-push", "part-of", "service:git"),
            relation("migration-wave:prod-to-next", "moves-to", "environment:next"),
        ],
        "gaps": [{"subject": "service:git", "text": "restore evidence", "kinds": ["restore"], "source": {"line": 9}}],
        "notes": [{"section": "Services", "text": "<b>odd</b> cell", "reason": "No such environment.", "source": {"line": 5}}]
    })
}

/// The manifest of that hub.
pub fn manifest() -> Arc<Served> {
    let widget = |kind: &str, subject: Option<&str>| json!({"name": kind, "kind": kind, "subject": subject, "title": format!("The {kind}"), "viewContext": "test"});
    let manifest = Served::read(&json!({
        "schemaVersion": 1,
        "hub": {"slug": "ops-hub", "title": "Ops Hub", "family": "vsm", "function": "OPS", "system": "S1"},
        "extension": {"name": "x", "version": "0.1.0", "hubApi": "*"},
        "kinds": [{"name": "endpoint", "title": "Endpoints", "element": "ops-endpoint", "subjects": ["endpoint"], "accepts": ["checked"]}],
        "permissions": [],
        "widgets": [
            widget("environment", Some("environment:prod")),
            widget("host", Some("host:one")),
            widget("service-catalog", None),
            widget("service", Some("service:git")),
            widget("endpoint", Some("endpoint:registry")),
            widget("readiness", Some("service:git")),
            widget("migration", Some("migration-wave:prod-to-next")),
            widget("entity", Some("service:git")),
            widget("evidence-feed", None),
        ],
        "eventTypes": [{
            "name": "checked", "title": "Checked", "metadataSchema": {
                "required": ["vsmFunction", "expectedStatus"],
                "properties": {
                    "vsmFunction": {"const": "OPS"},
                    "subject": {"type": "string"},
                    "endpoint": {"type": "string", "pattern": "^https?://", "maxLength": 30},
                    "expectedStatus": {"type": "integer", "minimum": 100, "maximum": 599},
                    "observedStatus": {"type": "integer", "minimum": 100, "maximum": 599},
                    "result": {"enum": ["pass", "fail"]},
                    "from": {"type": "string", "format": "date-time"},
                    "differences": {"type": "array", "items": {"type": "string"}}
                },
                "anyOf": [{"required": ["observedStatus"]}, {"required": ["result"]}]
            },
            "rule": {"claim": "health", "subjects": ["endpoint"], "freshnessSeconds": 3600,
                     "met": [{"field": "observedStatus", "equalsField": "expectedStatus"}]}
        }, {
            "name": "restored", "title": "Restored", "metadataSchema": {},
            "rule": {"claim": "restore", "subjects": ["service"], "freshnessSeconds": 3600,
                     "met": [{"field": "result", "oneOf": ["pass"]}]}
        }, {
            "name": "planned", "title": "Planned", "metadataSchema": {},
            "rule": {"claim": "maintenance", "subjects": [], "freshnessSeconds": 3600}
        }, {
            "name": "noted", "title": "Noted", "metadataSchema": {},
            "rule": {"claim": "note", "subjects": [], "freshnessSeconds": 3600}
        }]
    }).to_string())
    .unwrap();
    Arc::new(manifest)
}

/// The same hub with another catalog.
pub fn hub_of(catalog: Value, events: &[Value]) -> HubState {
    let manifest = manifest();
    let index = CatalogIndex::new(serde_json::from_value(catalog).unwrap());
    let rules: BTreeMap<_, _> =
        manifest.event_types.iter().map(|kind| (kind.name.clone(), kind.rule.clone())).collect();
    let mut log = EvidenceLog::new(rules, BTreeMap::new());
    for event in events {
        log.insert(Arc::new(serde_json::from_value::<Event>(event.clone()).unwrap()), &index);
    }
    let data = HubData { manifest, index: Arc::new(index), log: Arc::new(log) };
    HubState { data: Some(data), trouble: None, live: Some(true), checked: Timestamp::parse(NOW).unwrap() }
}

pub fn check(time: &str, observed: u32) -> Value {
    json!({
        "id": time, "widgetId": "w", "eventType": "checked", "time": time,
        "metadata": {"endpoint": "https://git.example/v2/", "expectedStatus": 401, "observedStatus": observed, "latencyMs": 87}
    })
}

pub struct Shown {
    pub element: HtmlElement,
    pub state: Setter,
    pub now: ArcRwSignal<Timestamp>,
    _mounted: Box<dyn std::any::Any>,
}

/// Sets the signals of a mounted widget's hub.
pub struct Setter(pub Hub);

impl Setter {
    pub fn set(&self, state: HubState) {
        let hub = &self.0;
        if let Some(data) = state.data {
            hub.catalog.set(data.index);
            hub.evidence.set(data.log);
            hub.is_loaded.set(true);
        }
        hub.trouble.set(state.trouble);
        hub.live.set(state.live);
        hub.checked.set(state.checked);
    }
}

pub fn show(target: Target, state: HubState, lang: &str) -> Shown {
    show_with(target, state, lang, None)
}

pub fn show_with(target: Target, state: HubState, lang: &str, recorder: Option<Recorder>) -> Shown {
    show_kept(target, state, lang, recorder, None)
}

/// The same with what an element keeps over a restart.
pub fn show_kept(
    target: Target,
    state: HubState,
    lang: &str,
    recorder: Option<Recorder>,
    session: Option<SessionState>,
) -> Shown {
    let document = web_sys::window().unwrap().document().unwrap();
    let element: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&element).unwrap();
    let manifest = state.data.as_ref().map_or_else(manifest, |data| data.manifest.clone());
    let hub = Hub::new(manifest);
    hub.now.set(Timestamp::parse(NOW).unwrap());
    let state_of = Setter(hub.clone());
    state_of.set(state);
    let options =
        WidgetOptions { hub: hub.clone(), target, texts: Texts::of(lang), recorder, link_base: String::new(), session };
    let mounted = mount_to(element.clone(), move || view! { <Widget options /> });
    Shown { element, state: state_of, now: hub.now, _mounted: Box::new(mounted) }
}

pub fn instance(kind: &str, state: HubState) -> Shown {
    show(Target::Instance(kind.to_owned()), state, "en")
}

impl Shown {
    pub fn text(&self) -> String {
        self.element.inner_text()
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.element.query_selector_all(selector).unwrap().length()
    }

    pub fn standing(&self) -> Option<String> {
        self.element.query_selector(".card-head [data-standing]").unwrap()?.get_attribute("data-standing")
    }
}

pub async fn settle() {
    any_spawner::Executor::tick().await;
    any_spawner::Executor::tick().await;
}
