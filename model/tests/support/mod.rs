//! A small catalog in the inventory's shape, and evidence for it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::missing_panics_doc)]

use std::{collections::BTreeMap, sync::Arc};

use ops_model::*;
use serde_json::{Value, json};

pub const HOUR: i64 = 3_600_000;

pub fn id(text: &str) -> EntityRef {
    text.parse().unwrap()
}

pub fn at(hours: i64) -> Timestamp {
    Timestamp::from_ms(1_780_000_000_000 + hours * HOUR)
}

pub fn catalog() -> CatalogIndex {
    let entity = |name: &str, facts: &[(&str, &str)]| {
        let facts: Vec<Value> =
            facts.iter().map(|(key, value)| json!({"key": key, "value": value, "source": {"line": 1}})).collect();
        json!({"ref": name, "title": name, "facts": facts, "source": {"line": 1}})
    };
    let relation =
        |from: &str, kind: &str, to: &str| json!({"from": from, "type": kind, "to": to, "source": {"line": 2}});
    let gap = |subject: &str, text: &str, kinds: &[&str]| json!({"subject": subject, "text": text, "kinds": kinds, "source": {"line": 3}});
    let catalog = json!({
        "schema": 1,
        "source": {"file": "inventory.md", "title": "Inventory", "sha256": "", "lines": 9},
        "entities": [
            entity("environment:prod", &[]),
            entity("environment:next", &[("state", "Planned")]),
            entity("host:one", &[("address", "192.0.2.1")]),
            entity("cluster:kube", &[]),
            entity("service:git", &[("evidence", "It runs.")]),
            entity("service:lost", &[("environment-text", "somewhere public")]),
            entity("data-store:db", &[]),
            entity("data-store:disk", &[]),
            entity("endpoint:api", &[("address", "https://git.example/v2/")]),
            entity("endpoint:port", &[]),
            entity("release:git", &[]),
            entity("repository:apps", &[]),
            entity("gate:git-push", &[("order", "1")]),
            entity("gate:git-backup", &[("order", "2")]),
            entity("migration-wave:prod-to-next", &[("moves-from", "environment:prod")]),
        ],
        "relations": [
            relation("host:one", "runs-on", "environment:prod"),
            relation("cluster:kube", "part-of", "environment:prod"),
            relation("service:git", "runs-on", "environment:prod"),
            relation("service:git", "runs-on", "cluster:kube"),
            relation("data-store:db", "runs-on", "environment:prod"),
            relation("data-store:disk", "runs-on", "environment:prod"),
            relation("service:git", "stored-in", "data-store:db"),
            relation("service:git", "stored-in", "data-store:disk"),
            relation("service:git", "exposed-by", "endpoint:api"),
            relation("service:git", "exposed-by", "endpoint:port"),
            relation("service:git", "owned-by", "repository:apps"),
            relation("release:git", "part-of", "service:git"),
            relation("gate:git-push", "part-of", "service:git"),
            relation("gate:git-backup", "part-of", "service:git"),
            relation("migration-wave:prod-to-next", "moves-to", "environment:next"),
        ],
        "gaps": [
            gap("service:git", "gate:git-push", &["other"]),
            gap("service:git", "gate:git-backup", &["backup"]),
        ]
    });
    CatalogIndex::new(serde_json::from_value(catalog).unwrap())
}

pub fn rules() -> BTreeMap<String, EventRule> {
    let rule = |claim: &str, hours: u32, met: Value| {
        serde_json::from_value(json!({"claim": claim, "subjects": [], "freshnessSeconds": hours * 3600, "met": met}))
            .unwrap()
    };
    let pass = || json!([{"field": "result", "oneOf": ["pass"]}]);
    BTreeMap::from([
        ("checked".into(), rule("health", 24, json!([{"field": "observed", "equalsField": "expected"}]))),
        ("released".into(), rule("health", 100, pass())),
        ("backup".into(), rule("backup", 26, pass())),
        ("restore".into(), rule("restore", 720, pass())),
        ("gate".into(), rule("readiness", 720, pass())),
        ("step".into(), rule("migration", 2160, json!([{"field": "step", "oneOf": ["planned", "started", "done"]}]))),
    ])
}

pub fn event(number: i64, kind: &str, time: Timestamp, metadata: Value) -> Arc<Event> {
    let event = json!({
        "id": format!("evt-{number}"), "widgetId": "w", "eventType": kind, "time": time, "metadata": metadata
    });
    Arc::new(serde_json::from_value(event).unwrap())
}

pub fn log(index: &CatalogIndex, events: &[(&str, i64, Value)]) -> EvidenceLog {
    let mut log = EvidenceLog::new(rules(), BTreeMap::new());
    for (number, (kind, hours, metadata)) in (0..).zip(events) {
        log.insert(event(number, kind, at(*hours), metadata.clone()), index);
    }
    log
}
