//! Conditional requests: what has moved on since it was read is not written over.
#![allow(clippy::expect_used)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{TestHub, manifest, manifest_of};

const HUB: &str = "/api/v2/hubs/ops-hub";
const MANIFESTS: &str = "/api/v2/hubs/ops-hub/manifests";
const WIDGETS: &str = "/api/v2/hubs/ops-hub/widgets";
const WIDGET: &str = "/api/v2/hubs/ops-hub/widgets/ops-env-local";
const CATALOG: &str = "/api/v2/hubs/ops-hub/catalog";

fn widget(title: &str) -> Value {
    json!({ "kind": "environment", "subject": "environment:local", "title": title, "viewContext": "a" })
}

fn catalog(title: &str) -> Value {
    json!({
        "schema": 1, "source": { "file": "a.md", "title": title, "date": "", "sha256": "", "lines": 3 },
        "entities": []
    })
}

/// Reads, writes with what was read, and shows that neither the old state nor `*` counts afterwards.
async fn guards(hub: &TestHub, path: &str, first: Value, second: Value) {
    let missing = hub.send_if(Method::PUT, path, ("if-match", "*"), Some(first.clone())).await;
    assert_eq!(missing.status, StatusCode::PRECONDITION_FAILED, "{path}: there is nothing yet");
    assert_eq!(missing.body["type"], "urn:inter-hub:problem:precondition-failed");
    assert_eq!(missing.body["etag"], Value::Null);
    let made = hub.send_if(Method::PUT, path, ("if-none-match", "*"), Some(first.clone())).await;
    assert!(made.status.is_success(), "{path}: {}", made.body);
    let again = hub.send_if(Method::PUT, path, ("if-none-match", "*"), Some(first)).await;
    assert_eq!((again.status, &again.body["etag"]), (StatusCode::PRECONDITION_FAILED, &json!(made.etag())));

    let read = hub.send(Method::GET, path, None).await;
    assert_eq!(read.etag(), made.etag());
    let unchanged = hub.send_if(Method::GET, path, ("if-none-match", read.etag()), None).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    let written = hub.send_if(Method::PUT, path, ("if-match", read.etag()), Some(second.clone())).await;
    assert!(written.status.is_success(), "{path}: {}", written.body);
    assert_ne!(written.etag(), made.etag());
    let late = hub.send_if(Method::PUT, path, ("if-match", read.etag()), Some(second.clone())).await;
    assert_eq!((late.status, &late.body["etag"]), (StatusCode::PRECONDITION_FAILED, &json!(written.etag())));
    assert!(hub.send(Method::PUT, path, Some(second)).await.status.is_success(), "{path}: without a condition");
}

#[tokio::test]
async fn hub_widget_and_catalog_are_written_over_only_as_they_were_read() {
    let hub = TestHub::start().await;
    let identity = manifest()["hub"].clone();
    let mut other = identity.clone();
    other["title"] = "Other".into();
    guards(&hub, HUB, identity, other).await;
    hub.with_manifest().await;
    guards(&hub, WIDGET, widget("Local"), widget("Here")).await;
    guards(&hub, CATALOG, catalog("A"), catalog("B")).await;
}

#[tokio::test]
async fn the_list_of_manifests_changes_its_etag_with_every_state_and_never_goes_back() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let etag = async || hub.send(Method::GET, MANIFESTS, None).await.etag().to_owned();
    let mut seen = vec![etag().await];
    let own = env!("CARGO_PKG_VERSION");
    assert_eq!(hub.send(Method::POST, MANIFESTS, Some(manifest_of("9.0.0"))).await.etag(), etag().await);
    seen.push(etag().await);
    for version in ["9.0.0", own, "9.0.0", own] {
        let active = hub.send(Method::POST, &format!("{MANIFESTS}/{version}/activation"), None).await;
        assert_eq!(active.etag(), etag().await, "the answer has the list's ETag");
        seen.push(etag().await);
    }
    let mut different = seen.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), seen.len(), "{seen:?}");
    // What changes nothing changes no ETag.
    let last = hub.send(Method::POST, &format!("{MANIFESTS}/{own}/activation"), None).await;
    assert_eq!(last.etag(), seen.last().expect("the last"));
    let unchanged = hub.send_if(Method::GET, MANIFESTS, ("if-none-match", last.etag()), None).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn of_two_activations_at_once_one_wins_and_the_other_hears_of_it() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    for version in ["9.0.0", "9.1.0"] {
        hub.send(Method::POST, MANIFESTS, Some(manifest_of(version))).await;
    }
    let list = hub.send(Method::GET, MANIFESTS, None).await;
    let activate = async |version: &str| {
        let path = format!("{MANIFESTS}/{version}/activation");
        hub.send_if(Method::POST, &path, ("if-match", list.etag()), None).await.status
    };
    let (one, two) = tokio::join!(activate("9.0.0"), activate("9.1.0"));
    let mut both = [one, two];
    both.sort();
    assert_eq!(both, [StatusCode::OK, StatusCode::PRECONDITION_FAILED]);
    let rows = hub.send(Method::GET, MANIFESTS, None).await.body["items"].clone();
    let active = rows.as_array().expect("items").iter().filter(|row| row["state"] == "active").count();
    assert_eq!(active, 1);
    // A draft that was read before another change is not kept either.
    let late = hub.send_if(Method::POST, MANIFESTS, ("if-match", list.etag()), Some(manifest_of("9.2.0"))).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn of_many_first_widgets_at_once_one_is_made() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let put = || hub.send_if(Method::PUT, WIDGET, ("if-none-match", "*"), Some(widget("Local")));
    let answers = tokio::join!(put(), put(), put(), put());
    let statuses = [answers.0.status, answers.1.status, answers.2.status, answers.3.status];
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{statuses:?}");
    let list = hub.send(Method::GET, WIDGETS, None).await;
    assert_eq!(list.body["items"].as_array().map(Vec::len), Some(1));
    let etag = list.body["items"][0]["etag"].clone();
    assert_eq!(json!(hub.send(Method::GET, WIDGET, None).await.etag()), etag, "the list says each widget's ETag");
}
