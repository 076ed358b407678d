//! Hubs, manifests, widgets, catalogs; what stays when the hub is started again.
#![allow(clippy::expect_used)]

mod support;

use ops_localhub::{Hub, HubError};
use reqwest::{Method, StatusCode};
use serde_json::json;
use support::{TestHub, config, first_event, manifest};

#[tokio::test]
async fn a_manifest_is_a_draft_then_active_then_superseded() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let path = "/api/v2/hubs/ops-hub/manifests";
    let again = hub.send(Method::POST, path, Some(manifest())).await;
    assert_eq!((again.status, &again.body["state"]), (StatusCode::OK, &json!("active")), "the same content again");

    let mut next = manifest();
    next["extension"]["version"] = "9.0.0".into();
    assert_eq!(hub.send(Method::POST, path, Some(next)).await.status, StatusCode::CREATED);
    let active = hub.send(Method::POST, &format!("{path}/9.0.0/activation"), None).await;
    assert_eq!(active.body["state"], "active");
    assert!(active.body["activatedAt"].is_string());
    let rows = hub.send(Method::GET, path, None).await.body["items"].clone();
    let states: Vec<(&str, &str)> = rows
        .as_array()
        .expect("items")
        .iter()
        .map(|row| (row["version"].as_str().unwrap_or_default(), row["state"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(states, [("9.0.0", "active"), (env!("CARGO_PKG_VERSION"), "superseded")]);
    let unknown = hub.send(Method::POST, &format!("{path}/8.0.0/activation"), None).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// What is done to a sound manifest.
type Change = fn(&mut serde_json::Value);

#[tokio::test]
async fn a_broken_manifest_is_refused_with_its_place() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let (shape, rule) = (StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY);
    let cases: [(StatusCode, &str, Change); 6] = [
        (shape, "/extension/version: \"one\" does not match", |m| m["extension"]["version"] = "one".into()),
        (shape, "/: \"kinds\" is a required property", |m| {
            m.as_object_mut().map(|m| m.remove("kinds"));
        }),
        (rule, "/hub/slug: 'other'", |m| m["hub"]["slug"] = "other".into()),
        (rule, "'ops-endpoint-verified'", |m| m["eventTypes"][0]["metadataSchema"]["type"] = 7.into()),
        (rule, "/eventTypes/0/metadataSchema: 'ops-endpoint-verified'", |m| {
            m["eventTypes"][0]["metadataSchema"]["$ref"] = "#/$defs/none".into();
        }),
        (rule, "/widgets/0/kind: 'planet' is not one of", |m| m["widgets"][0]["kind"] = "planet".into()),
    ];
    for (status, words, change) in cases {
        let mut broken = manifest();
        change(&mut broken);
        let refused = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(broken)).await;
        assert_eq!(refused.status, status, "{words}");
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{}", refused.body);
    }
    // All that is wrong is said at once, each with its place.
    let mut broken = manifest();
    broken["widgets"][0]["kind"] = "planet".into();
    broken["kinds"][0]["accepts"][0] = "ops-nothing".into();
    let refused = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(broken)).await;
    let places = refused.body["errors"].as_array().expect("errors").iter().map(|error| error["pointer"].clone());
    assert_eq!(places.collect::<Vec<_>>(), ["/kinds/0/accepts/0", "/widgets/0/kind"]);
}

#[tokio::test]
async fn a_widget_needs_an_active_kind_and_keeps_its_identifier() {
    let hub = TestHub::start().await;
    let path = "/api/v2/hubs/ops-hub/widgets/ops-env-local";
    let widget = json!({ "kind": "environment", "subject": "environment:local", "title": "Local", "viewContext": "a" });
    assert_eq!(hub.send(Method::PUT, path, Some(widget.clone())).await.status, StatusCode::NOT_FOUND, "no hub yet");
    hub.with_manifest().await;
    let mut unknown = widget.clone();
    unknown["kind"] = "clock".into();
    assert_eq!(hub.send(Method::PUT, path, Some(unknown)).await.status, StatusCode::CONFLICT);
    let made = hub.send(Method::PUT, path, Some(widget.clone())).await;
    let mut renamed = widget;
    renamed["title"] = "Here".into();
    let changed = hub.send(Method::PUT, path, Some(renamed)).await;
    assert_eq!((&changed.body["id"], &changed.body["title"]), (&made.body["id"], &json!("Here")));
    let list = hub.send(Method::GET, "/api/v2/hubs/ops-hub/widgets", None).await;
    assert_eq!(list.body["items"], json!([changed.body]));
}

#[tokio::test]
async fn a_catalog_has_an_etag_and_its_entities_an_address() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let path = "/api/v2/hubs/ops-hub/catalog";
    assert_eq!(hub.send(Method::GET, path, None).await.status, StatusCode::NOT_FOUND);
    let catalog = json!({
        "schema": 1, "source": { "file": "a.md", "title": "A", "date": "", "sha256": "", "lines": 3 },
        "entities": [{ "ref": "repository:the-custodian/state-hub", "title": "State Hub", "source": { "line": 2 } }]
    });
    assert_eq!(hub.send(Method::PUT, path, Some(json!({ "schema": "one" }))).await.status, StatusCode::BAD_REQUEST);
    let kept = hub.send(Method::PUT, path, Some(catalog.clone())).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    let read = hub.send(Method::GET, path, None).await;
    assert_eq!((&read.body, &read.headers["etag"]), (&catalog, &kept.headers["etag"]));
    let request = hub.request(Method::GET, path).bearer_auth(&hub.access.token);
    let unchanged = hub.answer(request.header("if-none-match", &kept.headers["etag"])).await;
    assert_eq!((unchanged.status, unchanged.body), (StatusCode::NOT_MODIFIED, json!("")));
    // A name with a slash is one name.
    let path = "/api/v2/hubs/ops-hub/entities/repository/the-custodian/state-hub";
    let entity = hub.send(Method::GET, path, None).await;
    assert_eq!(entity.body["entity"]["title"], "State Hub");
    let unknown = hub.send(Method::GET, "/api/v2/hubs/ops-hub/entities/planet/earth", None).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.body["detail"].as_str().is_some_and(|detail| detail.contains("\"planet\" is not one of")));
    let unknown = hub.send(Method::GET, "/api/v2/hubs/ops-hub/entities/service/none", None).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_accepted_is_there_after_a_restart() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let recorded = hub.record(first_event(&id)).await.body;
    let before = hub.access.token.clone();
    let hub = TestHub::start_in(hub.end().await).await;
    let list = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await;
    assert_eq!(list.body["items"], json!([recorded]));
    assert_eq!(hub.with_widget().await, id, "the widget keeps its identifier");
    // The token of before has ended.
    let old = hub.answer(hub.request(Method::GET, "/api/v2/hubs").bearer_auth(before)).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_newer_database_and_a_taken_port_are_refused_in_words() {
    let hub = TestHub::start().await;
    let mut taken = config(hub.folder.path());
    taken.db = hub.folder.path().join("other.sqlite");
    taken.listen = hub.url.trim_start_matches("http://").parse().expect("an address");
    let other = Hub::open(taken.clone()).await.expect("another database");
    assert!(matches!(other.bind().await, Err(HubError::PortTaken(_))));

    let connection = rusqlite::Connection::open(&taken.db).expect("the database");
    connection.pragma_update(None, "user_version", 999).expect("a newer version");
    let error = Hub::open(taken).await.expect_err("a newer database");
    assert!(error.to_string().contains("version 999"), "{error}");
}
