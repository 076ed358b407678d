//! Allowances: what a sender has left, what happens when nothing is, what is not counted.
#![allow(clippy::expect_used)]

mod support;

use std::{num::NonZeroU32, time::Duration};

use ops_localhub::{Limits, Scope};
use reqwest::{Method, StatusCode};
use support::{Answer, TestHub, manifest};

/// A hub that gives each sender `burst` requests at once, and one more each second.
async fn hub(burst: u32) -> TestHub {
    let limits = Limits { burst: NonZeroU32::new(burst).expect("a number"), per_second: NonZeroU32::MIN };
    TestHub::start_with(tempfile::tempdir().expect("a folder"), limits).await
}

async fn read(hub: &TestHub, token: &str) -> Answer {
    hub.answer(hub.request(Method::GET, "/api/v2/hubs").bearer_auth(token)).await
}

#[tokio::test]
async fn a_sender_that_has_used_up_its_allowance_is_told_when_to_come_again() {
    let hub = hub(3).await;
    let (one, other) = (hub.token("one", &[Scope::Read]).await, hub.token("other", &[Scope::Read]).await);
    for left in [2, 1, 0] {
        let answer = read(&hub, &one).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers["ratelimit-policy"], "\"default\";q=3;w=3");
        assert_eq!(answer.headers["ratelimit"], format!("\"default\";r={left};t={}", 3 - left));
    }
    let refused = read(&hub, &one).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.body["type"], "urn:inter-hub:problem:rate-limited");
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    assert!(refused.headers["ratelimit"].to_str().is_ok_and(|left| left.starts_with("\"default\";r=0;")));
    assert_eq!(read(&hub, &other).await.status, StatusCode::OK, "another sender has its own");

    let seconds: u64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=3).contains(&seconds));
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    assert_eq!(read(&hub, &one).await.status, StatusCode::OK, "as it was told");
}

#[tokio::test]
async fn a_refused_write_is_not_done_and_refusals_count() {
    let hub = hub(2).await;
    let (reader, writer) = (hub.token("reader", &[Scope::Read]).await, hub.token("writer", &[Scope::Register]).await);
    let put = || {
        let request = hub.request(Method::PUT, "/api/v2/hubs/ops-hub").bearer_auth(&writer);
        hub.answer(request.json(&manifest()["hub"]))
    };
    for _ in 0..2 {
        assert_eq!(read(&hub, &writer).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(put().await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(read(&hub, &reader).await.body["items"], serde_json::json!([]));
}

#[tokio::test]
async fn streams_pages_and_files_are_not_counted() {
    let hub = hub(4).await;
    let cookie = hub.sign_in().await;
    hub.with_manifest().await;
    for _ in 0..10 {
        let request = hub.request(Method::GET, "/api/v2/hubs/ops-hub/events/stream").header("cookie", &cookie);
        let stream = request.send().await.expect("a stream");
        assert_eq!(stream.status(), StatusCode::OK);
        assert!(!stream.headers().contains_key("ratelimit"));
        for path in ["/Hubs/ops-hub", "/assets/hub.css", "/api/v2/openapi.json", "/healthz"] {
            let answer = hub.answer(hub.request(Method::GET, path).header("cookie", &cookie)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
    }
    // A user and a token of one name would have one allowance each.
    let request = hub.request(Method::GET, "/api/v2/hubs").header("cookie", &cookie);
    assert_eq!(hub.answer(request).await.headers["ratelimit"], "\"default\";r=3;t=1");
}
