//! Requests that are not what the document says, each refused in words with its place.
#![allow(clippy::expect_used)]

mod support;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use support::{Answer, TestHub, first_event};

fn pointers(answer: &Answer) -> Vec<&str> {
    let errors = answer.body["errors"].as_array().expect("errors");
    errors.iter().map(|error| error["pointer"].as_str().expect("a pointer")).collect()
}

async fn post(hub: &TestHub, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = hub.request(Method::POST, "/api/v2/events").bearer_auth(&hub.access.token);
    hub.answer(request.header("content-type", kind).body(body)).await
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_body_is_said_at_once() {
    let hub = TestHub::start().await;
    let widget = json!({ "kind": "No Kind", "title": "", "viewContext": 7, "subject": "planet:earth", "more": 1 });
    let refused = hub.send(Method::PUT, "/api/v2/hubs/ops-hub/widgets/ops-env-local", Some(widget)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    let mut places = pointers(&refused);
    places.sort_unstable();
    assert_eq!(places, ["/", "/kind", "/subject", "/title", "/viewContext"]);
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains("`errors` has the others")));
}

#[tokio::test]
async fn a_refusal_does_not_send_back_all_that_it_refuses() {
    let hub = TestHub::start().await;
    let mut event = first_event("wgt_none");
    event["metadata"] = "x".repeat(1_000_000).into();
    let refused = hub.record(event).await;
    assert_eq!((refused.status, pointers(&refused)), (StatusCode::BAD_REQUEST, vec!["/metadata"]));
    let said = refused.body.to_string();
    assert!(said.len() < 2_000, "{} characters", said.len());
}

#[tokio::test]
async fn what_is_not_json_not_whole_or_too_large_is_refused() {
    let hub = TestHub::start().await;
    let event = first_event("wgt_none").to_string();
    let broken = post(&hub, "application/json", "{\"widgetId\":").await;
    assert_eq!((broken.status, pointers(&broken)), (StatusCode::BAD_REQUEST, vec!["/"]));
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let refused = post(&hub, kind, event.clone()).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(refused.headers["content-type"], "application/problem+json");
    }
    let spelled = post(&hub, "Application/JSON; charset=utf-8", event.clone()).await;
    assert_eq!(spelled.status, StatusCode::CONFLICT, "it is read, and blocked");
    let mut large = first_event("wgt_none");
    large["metadata"]["reason"] = "x".repeat(4 * 1024 * 1024).into();
    let refused = post(&hub, "application/json", large.to_string()).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.body["type"], "urn:inter-hub:problem:too-large");
}

#[tokio::test]
async fn a_catalog_may_be_larger_than_anything_else() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let entity = |number: usize| json!({ "ref": format!("service:s-{number}"), "title": "x".repeat(500), "source": { "line": number } });
    let entities: Vec<Value> = (1..10_000).map(entity).collect();
    let catalog = json!({
        "schema": 1, "source": { "file": "a.md", "title": "A", "date": "", "sha256": "", "lines": 3 },
        "entities": entities
    });
    assert!(catalog.to_string().len() > 5_000_000);
    let kept = hub.send(Method::PUT, "/api/v2/hubs/ops-hub/catalog", Some(catalog.clone())).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    assert_eq!(hub.send(Method::GET, "/api/v2/hubs/ops-hub/catalog", None).await.body, catalog);
}

#[tokio::test]
async fn paths_queries_and_headers_are_held_to_the_document_too() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let token = hub.access.token.clone();
    let get = |path: &str| hub.request(Method::GET, path).bearer_auth(&token);
    let list = "/api/v2/hubs/ops-hub/events";
    let cases: [(RequestBuilder, &[&str]); 5] = [
        (get("/api/v2/hubs/Ops%20Hub"), &["path hub"]),
        (get("/api/v2/hubs/%ff"), &["path"]),
        (get("/api/v2/hubs/ops-hub/manifests/one"), &["path version"]),
        (
            get(&format!("{list}?limit=0&cursor=%20&limit=x")),
            &["query limit", "query cursor", "query limit", "query limit"],
        ),
        (get(&format!("{list}/stream")).header("last-event-id", "last"), &["header last-event-id"]),
    ];
    for (request, places) in cases {
        let refused = hub.answer(request).await;
        assert_eq!(
            (refused.status, pointers(&refused)),
            (StatusCode::BAD_REQUEST, places.to_vec()),
            "{}",
            refused.body
        );
    }
    // What the document does not name is not looked at.
    assert_eq!(hub.answer(get(&format!("{list}?colour=red"))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_says_which_methods_it_takes_and_an_unknown_one_that_it_is_unknown() {
    let hub = TestHub::start().await;
    let refused = hub.send(Method::PATCH, "/api/v2/hubs/ops-hub", None).await;
    assert_eq!(
        (refused.status, &refused.headers["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"GET,HEAD,PUT".parse().expect("a value"))
    );
    assert_eq!(refused.body["type"], "urn:inter-hub:problem:method-not-allowed");
    for method in [Method::GET, Method::POST, Method::DELETE] {
        assert_eq!(hub.send(method, "/api/v2/nothing", None).await.status, StatusCode::NOT_FOUND);
    }
    let head = hub.send(Method::HEAD, "/api/v2/hubs", None).await;
    assert_eq!((head.status, &head.body), (StatusCode::OK, &json!("")));
}
