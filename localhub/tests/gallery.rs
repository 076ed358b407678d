//! The gallery's hubs over real HTTP: what each state answers, and that its data is what a hub would accept.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::{collections::BTreeMap, fs, sync::Arc};

use ops_manifest::Manifest;
use ops_model::{Catalog, CatalogIndex, Context, EntityRef, Event, EvidenceLog, Standing, Timestamp, health::health};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use support::{Answer, TestHub, manifest};

/// A hub with a bundle that has the committed manifest; nobody is signed in.
async fn hub() -> TestHub {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("bundle")).unwrap();
    fs::write(folder.path().join("bundle/manifest.json"), manifest().to_string()).unwrap();
    fs::write(folder.path().join("bundle/ops-hub.js"), "// the entry").unwrap();
    TestHub::start_in(folder).await
}

async fn get(hub: &TestHub, path: &str) -> Answer {
    hub.answer(hub.request(Method::GET, path)).await
}

async fn asked(hub: &TestHub, state: &str, part: &str) -> Answer {
    get(hub, &format!("/gallery/answers/{state}/api/v2/hubs/ops-hub/{part}")).await
}

#[tokio::test]
async fn each_state_answers_as_it_says() {
    let hub = hub().await;
    for (state, status) in [
        ("signed-out", StatusCode::UNAUTHORIZED),
        ("forbidden", StatusCode::FORBIDDEN),
        ("no-catalog", StatusCode::NOT_FOUND),
        ("away", StatusCode::SERVICE_UNAVAILABLE),
        ("proven", StatusCode::OK),
    ] {
        assert_eq!(asked(&hub, state, "catalog").await.status, status, "{state}");
    }
    assert!(serde_json::from_value::<Catalog>(asked(&hub, "malformed", "catalog").await.body).is_err());
    let unpacked = get(&hub, "/gallery/answers/not-started/bundle/manifest.json").await;
    assert_eq!(unpacked.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&hub, "/gallery/states/nowhere").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&hub, "/gallery/kinds/nothing").await.status, StatusCode::NOT_FOUND);

    // Whoever has read the catalog once finds the hub away.
    let first = asked(&hub, "last-good", "catalog").await;
    assert_eq!(first.status, StatusCode::OK);
    let path = "/gallery/answers/last-good/api/v2/hubs/ops-hub/catalog";
    let again = hub.request(Method::GET, path).header("if-none-match", &first.headers["etag"]);
    assert_eq!(hub.answer(again).await.status, StatusCode::SERVICE_UNAVAILABLE);

    // One stream stays open, so that a page of frames does not use up a browser's connections.
    assert_eq!(asked(&hub, "failing", "events/stream").await.status, StatusCode::NO_CONTENT);
    let record = hub.request(Method::POST, "/gallery/answers/proven/api/v2/events").body("{}");
    assert_eq!(hub.answer(record).await.status, StatusCode::FORBIDDEN);
    hub.end().await;
}

#[tokio::test]
async fn a_hub_that_is_silent_does_not_keep_the_real_one_from_stopping() {
    let hub = hub().await;
    let path = "/gallery/answers/loading/api/v2/hubs/ops-hub/catalog";
    let asking = tokio::spawn(hub.request(Method::GET, path).send());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!asking.is_finished(), "the silent hub answered");
    tokio::time::timeout(std::time::Duration::from_secs(5), hub.end()).await.expect("the hub stops");
}

#[tokio::test]
async fn pages_are_strict_and_need_no_sign_in() {
    let hub = hub().await;
    for path in
        ["/gallery", "/gallery/kinds/host", "/gallery/states/failing", "/gallery/answers/failing/frame?kind=host"]
    {
        let page = get(&hub, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        let text = page.body.as_str().unwrap();
        assert!(!text.contains(" style=") && !text.contains("<style"), "{path} has inline style");
    }
    let text = get(&hub, "/gallery").await.body;
    assert!(text.as_str().unwrap().contains("Everything shown here is invented."));
}

#[tokio::test]
async fn every_event_is_one_that_a_hub_would_accept() {
    let hub = hub().await;
    let types = manifest()["eventTypes"].as_array().unwrap().clone();
    let mut count = 0;
    for state in ["proven", "failing", "planned", "maintenance", "unfolded"] {
        for event in asked(&hub, state, "events").await.body["items"].as_array().unwrap() {
            let kind = types.iter().find(|kind| kind["name"] == event["eventType"]).expect("a known type");
            let validator = jsonschema::validator_for(&kind["metadataSchema"]).unwrap();
            let errors: Vec<_> = validator.iter_errors(&event["metadata"]).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{event}: {errors:?}");
            count += 1;
        }
    }
    assert!(count > 100, "only {count} events");
}

#[tokio::test]
async fn every_standing_is_there_where_its_state_is_shown() {
    let hub = hub().await;
    for (state, expected) in [
        ("proven", Standing::Proven),
        ("failing", Standing::Failing),
        ("stale", Standing::Stale),
        ("unproven", Standing::Unproven),
    ] {
        for subject in ["environment:harbour", "host:harbour-1", "service:library", "endpoint:library-registry"] {
            assert_eq!(standing(&hub, state, subject).await, expected, "{state} {subject}");
        }
    }
    let mut seen = Vec::new();
    for subject in ["endpoint:library-registry", "service:library", "host:harbour-2", "endpoint:post-counter"] {
        seen.push(standing(&hub, "unfolded", subject).await);
    }
    for one in Standing::ALL {
        assert!(seen.contains(one), "an ordinary day has nothing that is {one}: {seen:?}");
    }
}

/// The standing of an entity as a widget of a state computes it.
async fn standing(hub: &TestHub, state: &str, subject: &str) -> Standing {
    let manifest: Manifest =
        serde_json::from_value(get(hub, &format!("/gallery/answers/{state}/bundle/manifest.json")).await.body).unwrap();
    let index = CatalogIndex::new(serde_json::from_value(asked(hub, state, "catalog").await.body).unwrap());
    let page: Value = asked(hub, state, "events").await.body;
    let rules: BTreeMap<_, _> = manifest.event_types.into_iter().map(|kind| (kind.name, kind.rule)).collect();
    let mut log = EvidenceLog::new(rules, BTreeMap::new());
    for event in page["items"].as_array().unwrap() {
        log.insert(Arc::new(serde_json::from_value::<Event>(event.clone()).unwrap()), &index);
    }
    let now: Timestamp = serde_json::from_value(page["now"].clone()).unwrap();
    let subject: EntityRef = subject.parse().unwrap();
    health(Context { index: &index, log: &log, now }, &subject).standing
}
