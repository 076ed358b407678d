//! Databases that earlier versions of the tables were written to, by the programs of their times.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, path::Path};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::TestHub;

const HUB: &str = "/api/v2/hubs/ops-hub";
const WIDGET: &str = "wgt_5llyYKSMa2xIXe7e";

/// A hub on a copy of an older database.
async fn upgraded(version: u32) -> TestHub {
    let folder = tempfile::tempdir().expect("a folder");
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/databases/version-{version}.db"));
    fs::copy(older, folder.path().join("hub.sqlite")).expect("the older database");
    TestHub::start_in(folder).await
}

fn column(hub: &Value, field: &str) -> Vec<Value> {
    hub["items"].as_array().expect("items").iter().map(|item| item[field].clone()).collect()
}

#[tokio::test]
async fn what_an_older_version_kept_is_there_and_can_be_gone_on_with() {
    let hub = upgraded(1).await;
    let read = async |path: &str| {
        let answer = hub.send(Method::GET, &format!("{HUB}{path}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    };
    let manifests = read("/manifests").await;
    assert_eq!(column(&manifests, "version"), ["0.0.9", "0.0.8"]);
    assert_eq!(column(&manifests, "state"), ["active", "superseded"]);
    let widgets = read("/widgets").await;
    assert_eq!(column(&widgets, "id"), [WIDGET, "wgt_L2ajd76PuqNg7dIl"]);
    assert_eq!(column(&widgets, "state"), ["active", "active"]);
    let events = read("/events").await;
    assert_eq!(column(&events, "id"), ["evt_IrjUziwcY1UXdAEFY6UJ", "evt_91Q-sbCQAzjstLHOtuZS"]);
    assert_eq!(read("/catalog").await["source"]["title"], "A");
    let page = read("/catalog?limit=1000").await;
    assert_eq!((&page["source"]["title"], &page["next"]), (&json!("A"), &Value::Null), "it is kept in parts since");
    assert_eq!(read("/audit").await["items"], json!([]), "nobody kept it then");

    // The same key is known still, and new events go on from the old ones.
    let mut event = json!({
        "widgetId": WIDGET, "eventType": "ops-endpoint-verified", "viewContext": "a",
        "metadata": { "endpoint": "https://gitea.coulomb.social/v2/", "expectedStatus": 401 }
    });
    let send = async |event: &Value| {
        let request = hub.request(Method::POST, "/api/v2/events").bearer_auth(&hub.access.token);
        hub.answer(request.header("idempotency-key", "key-ops-endpoint-gitea-registry").json(event)).await
    };
    let again = send(&event).await;
    assert_eq!((again.status, &again.body["id"]), (StatusCode::OK, &json!("evt_91Q-sbCQAzjstLHOtuZS")));
    event["viewContext"] = "b".into();
    assert_eq!(send(&event).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hub.record(event).await.status, StatusCode::CREATED);

    // What is new since then works on what is old.
    let back = hub.send(Method::POST, &format!("{HUB}/manifests/0.0.8/activation"), None).await;
    assert_eq!((back.status, &back.body["supersedes"]), (StatusCode::OK, &json!("0.0.9")));
    let path = format!("{HUB}/widgets/ops-endpoint-state-hub");
    assert_eq!(hub.send(Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(column(&read("/audit").await, "action"), ["retireWidget", "activateManifest"]);

    // Once brought to this version, it stays there.
    let hub = TestHub::start_in(hub.end().await).await;
    let widgets = hub.send(Method::GET, &format!("{HUB}/widgets"), None).await.body;
    assert_eq!(column(&widgets, "state"), ["active", "retired"]);
}

/// Version 3 kept one catalog a hub, its parts by the hub's name.
#[tokio::test]
async fn a_catalog_in_parts_is_the_same_after_its_parts_were_made_anew() {
    let hub = upgraded(3).await;
    let catalog = format!("{HUB}/catalog");
    let whole = hub.send(Method::GET, &catalog, None).await;
    assert_eq!(whole.etag(), "\"6d62cb47af1c0694c3f5099bb4c36ff981f7324bfcdcc72053807426dad14fbf\"");
    assert_eq!(whole.body["entities"][1]["title"], "Door");
    let page = hub.send(Method::GET, &format!("{catalog}?limit=1"), None).await;
    assert_eq!((page.etag(), &page.body["entities"][0]), (whole.etag(), &whole.body["entities"][1]));
    assert_eq!(page.body["totals"], json!({ "entities": 2, "relations": 1, "gaps": 0 }));
    let host = hub.send(Method::GET, &format!("{HUB}/entities/host/one"), None).await;
    assert_eq!(host.body["relations"], whole.body["relations"]);
    // Others take its place.
    let put = async |body: &'static str| {
        let request = hub.request(Method::PUT, &catalog).bearer_auth(&hub.access.token);
        hub.answer(request.header("content-type", "application/json").body(body)).await
    };
    let others = r#"{"schema":1,"source":{"file":"a.md","title":"B","date":"","sha256":"","lines":3},"entities":[],"relations":[]}"#;
    assert_ne!(put(others).await.etag(), whole.etag());
    assert_eq!(hub.send(Method::GET, &catalog, None).await.body["source"]["title"], "B");
    assert_eq!(column(&hub.send(Method::GET, &format!("{HUB}/audit"), None).await.body, "action"), ["putCatalog"; 2]);
}
