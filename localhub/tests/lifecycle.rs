//! Going back to an older version, retiring and reviving widgets, and the trail that both leave.
#![allow(clippy::expect_used)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{TestHub, first_event, manifest_of};

const MANIFESTS: &str = "/api/v2/hubs/ops-hub/manifests";
const WIDGETS: &str = "/api/v2/hubs/ops-hub/widgets";
const WIDGET: &str = "/api/v2/hubs/ops-hub/widgets/ops-endpoint-gitea-registry";
const EVENTS: &str = "/api/v2/hubs/ops-hub/events";

#[tokio::test]
async fn a_superseded_manifest_can_be_active_again_and_ids_and_events_stay() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let recorded = hub.record(first_event(&id)).await;
    let own = env!("CARGO_PKG_VERSION");
    hub.send(Method::POST, MANIFESTS, Some(manifest_of("9.0.0"))).await;
    let next = hub.send(Method::POST, &format!("{MANIFESTS}/9.0.0/activation"), None).await;
    assert_eq!((&next.body["state"], &next.body["supersedes"]), (&json!("active"), &json!(own)));
    let back = hub.send(Method::POST, &format!("{MANIFESTS}/{own}/activation"), None).await;
    assert_eq!((back.status, &back.body["supersedes"]), (StatusCode::OK, &json!("9.0.0")));
    let again = hub.send(Method::POST, &format!("{MANIFESTS}/{own}/activation"), None).await;
    assert_eq!(again.body, back.body, "what is active stays as it is");

    let read = hub.send(Method::GET, &format!("{MANIFESTS}/9.0.0"), None).await;
    assert_eq!(read.body["state"], "superseded");
    assert_eq!(hub.with_widget().await, id);
    assert_eq!(hub.send(Method::GET, EVENTS, None).await.body["items"], json!([recorded.body]));
    assert_eq!(hub.record(first_event(&id)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_retired_widget_keeps_its_events_takes_no_more_and_can_be_revived() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    assert_eq!(hub.send(Method::DELETE, WIDGET, None).await.status, StatusCode::NOT_FOUND);
    let id = hub.with_widget().await;
    let recorded = hub.record(first_event(&id)).await;
    let cookie = hub.sign_in().await;
    let page = async || {
        let page = hub.answer(hub.request(Method::GET, "/Hubs/ops-hub").header("cookie", &cookie)).await;
        page.body.as_str().expect("a page").contains("ops-endpoint-gitea-registry")
    };
    assert!(page().await);

    let active = hub.send(Method::GET, WIDGET, None).await;
    assert_eq!(active.body["state"], "active");
    let list = hub.send(Method::GET, WIDGETS, None).await;
    let stale = hub.send_if(Method::DELETE, WIDGET, ("if-match", "\"stale\""), None).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let retired = hub.send_if(Method::DELETE, WIDGET, ("if-match", active.etag()), None).await;
    assert_eq!((retired.status, &retired.body), (StatusCode::NO_CONTENT, &json!("")));
    assert_eq!(hub.send(Method::DELETE, WIDGET, None).await.status, StatusCode::NO_CONTENT, "again");
    let after = hub.send(Method::GET, WIDGETS, None).await;
    assert_ne!(after.etag(), list.etag());
    assert_eq!((&after.body["items"][0]["state"], &after.body["items"][0]["id"]), (&json!("retired"), &json!(id)));
    assert!(after.body["items"][0]["retiredAt"].is_string());
    assert!(!page().await, "the hub's page shows active widgets only");

    let blocked = hub.record(first_event(&id)).await;
    assert_eq!((blocked.status, &blocked.body["missing"]), (StatusCode::CONFLICT, &json!(["active-widget"])));
    assert!(blocked.body["detail"].as_str().is_some_and(|detail| detail.contains("is retired since")));
    assert_eq!(hub.send(Method::GET, EVENTS, None).await.body["items"], json!([recorded.body]));

    assert_eq!(hub.with_widget().await, id, "the revived widget is the same");
    assert_eq!(hub.send(Method::GET, WIDGET, None).await.body, active.body);
    assert_eq!(hub.record(first_event(&id)).await.status, StatusCode::CREATED);
    assert!(page().await);
}

#[tokio::test]
async fn what_was_registered_by_whom_is_kept_and_what_changes_nothing_is_not() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    for _ in 0..2 {
        hub.with_widget().await;
        hub.send(Method::DELETE, WIDGET, None).await;
        hub.send(Method::DELETE, WIDGET, None).await;
    }
    hub.send(Method::PUT, "/api/v2/hubs/ops-hub", Some(manifest_of("1.0.0")["hub"].clone())).await;
    let audit = hub.send(Method::GET, "/api/v2/hubs/ops-hub/audit", None).await;
    let entries = audit.body["items"].as_array().expect("items");
    let told: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry["action"].as_str().expect("an action"), entry["target"].as_str().expect("a target")))
        .collect();
    let own = env!("CARGO_PKG_VERSION");
    let name = "ops-endpoint-gitea-registry";
    let expected = [
        ("retireWidget", name),
        ("putWidget", name),
        ("retireWidget", name),
        ("putWidget", name),
        ("activateManifest", own),
        ("createManifest", own),
        ("putHub", "ops-hub"),
    ];
    assert_eq!(told, expected);
    assert!(entries.iter().all(|entry| entry["actor"] == "local maintainer" && entry["time"].is_string()));
    let etags = entries.iter().filter(|entry| entry["action"] == "putWidget").map(|entry| &entry["etag"]);
    assert!(etags.clone().all(Value::is_string), "{entries:?}");
}

#[tokio::test]
async fn an_event_whose_acknowledgement_was_lost_is_acknowledged_also_when_it_would_be_refused_by_now() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let send = |key: &'static str| {
        hub.send_if(Method::POST, "/api/v2/events", ("idempotency-key", key), Some(first_event(&id)))
    };
    let recorded = send("one").await;
    assert_eq!(recorded.status, StatusCode::CREATED);
    assert_eq!(hub.send(Method::DELETE, WIDGET, None).await.status, StatusCode::NO_CONTENT);
    let again = send("one").await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &recorded.body));
    assert_eq!(send("two").await.status, StatusCode::CONFLICT);
    // A refused event leaves its key free for the time when it is accepted.
    hub.with_widget().await;
    assert_eq!(send("two").await.status, StatusCode::CREATED);
}
