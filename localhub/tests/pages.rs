//! Listings, page by page: each row once, whatever is inserted meanwhile.
#![allow(clippy::expect_used)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{TestHub, first_event, manifest, manifest_of};

/// Reads a listing to its end by the pages' `next`, and by their `Link` too; gives one field of each
/// item. `between` runs after each page.
async fn read(hub: &TestHub, listing: &str, field: &str, between: impl AsyncFn(usize)) -> Vec<String> {
    let mut seen = Vec::new();
    let mut path = format!("{listing}?limit=2");
    for turn in 0.. {
        let page = hub.send(Method::GET, &path, None).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let items = page.body["items"].as_array().expect("items");
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|item| item[field].as_str().expect("the field").to_owned()));
        between(turn).await;
        let Some(next) = page.body["next"].as_str() else {
            assert!(page.body["next"].is_null() && !page.headers.contains_key("link"));
            return seen;
        };
        path = format!("{listing}?limit=2&cursor={next}");
        assert_eq!(page.headers["link"], format!("<{path}>; rel=\"next\""));
    }
    seen
}

async fn nothing(_: usize) {}

#[tokio::test]
async fn every_listing_is_read_to_its_end_page_by_page() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    for number in 1..5 {
        let (slug, version) = (format!("hub-{number}"), format!("9.0.{number}"));
        let mut identity = manifest()["hub"].clone();
        identity["slug"] = slug.clone().into();
        hub.send(Method::PUT, &format!("/api/v2/hubs/{slug}"), Some(identity)).await;
        hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(manifest_of(&version))).await;
        let widget = json!({ "kind": "environment", "title": "A", "viewContext": "a" });
        hub.send(Method::PUT, &format!("/api/v2/hubs/ops-hub/widgets/ops-env-{number}"), Some(widget)).await;
        hub.record(first_event(&id)).await;
    }
    assert_eq!(
        read(&hub, "/api/v2/hubs", "slug", nothing).await,
        ["hub-1", "hub-2", "hub-3", "hub-4", "ops-hub"],
        "by name"
    );
    let own = env!("CARGO_PKG_VERSION");
    let versions = read(&hub, "/api/v2/hubs/ops-hub/manifests", "version", nothing).await;
    assert_eq!(versions, ["9.0.4", "9.0.3", "9.0.2", "9.0.1", own], "newest first");
    let widgets = read(&hub, "/api/v2/hubs/ops-hub/widgets", "name", nothing).await;
    assert_eq!(widgets, ["ops-endpoint-gitea-registry", "ops-env-1", "ops-env-2", "ops-env-3", "ops-env-4"]);
    assert_eq!(read(&hub, "/api/v2/hubs/ops-hub/events", "id", nothing).await.len(), 4);
    assert_eq!(read(&hub, "/api/v2/hubs/ops-hub/audit", "action", nothing).await.len(), 12);
}

#[tokio::test]
async fn what_is_inserted_meanwhile_shifts_nothing() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let mut before = Vec::new();
    for _ in 0..6 {
        before.push(hub.record(first_event(&id)).await.body["id"].as_str().expect("an id").to_owned());
    }
    before.reverse();
    let meanwhile = async |_| {
        hub.record(first_event(&id)).await;
    };
    assert_eq!(read(&hub, "/api/v2/hubs/ops-hub/events", "id", meanwhile).await, before, "newest first");
    // Widgets come oldest first: what is made before the last page is read is on it, and none comes twice.
    let make = async |number: usize| {
        let widget = json!({ "kind": "environment", "title": "A", "viewContext": "a" });
        let path = format!("/api/v2/hubs/ops-hub/widgets/ops-env-{number}");
        hub.send(Method::PUT, &path, Some(widget)).await;
    };
    make(0).await;
    make(1).await;
    let names = read(&hub, "/api/v2/hubs/ops-hub/widgets", "name", async |turn| make(turn + 2).await).await;
    assert_eq!(names, ["ops-endpoint-gitea-registry", "ops-env-0", "ops-env-1", "ops-env-2"]);
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_listing_only() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(manifest_of("9.0.0"))).await;
    let page = hub.send(Method::GET, "/api/v2/hubs/ops-hub/manifests?limit=1", None).await;
    let next: &Value = &page.body["next"];
    let next = next.as_str().expect("a second page");
    for path in ["events", "widgets", "audit"] {
        let refused = hub.send(Method::GET, &format!("/api/v2/hubs/ops-hub/{path}?cursor={next}"), None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.starts_with("cursor: ")));
    }
    for query in ["limit=0", "limit=1001", "cursor=%ff", "cursor="] {
        let refused = hub.send(Method::GET, &format!("/api/v2/hubs?{query}"), None).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn a_hub_page_shows_all_its_widgets_however_many_they_are() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    // More than one page of a listing: written to the file, as 1,001 requests would take long.
    let file = rusqlite::Connection::open(hub.folder.path().join("hub.sqlite")).expect("the file");
    file.execute_batch(
        "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1001)
         INSERT INTO widget (id, hub, name, kind, title, view_context, created_at, position)
         SELECT 'wgt_' || n, 'ops-hub', 'ops-env-' || n, 'environment', 'E', 'a', '2026-01-01T00:00:00Z', n FROM number",
    )
    .expect("the widgets");
    let cookie = hub.sign_in().await;
    let page = hub.answer(hub.request(Method::GET, "/Hubs/ops-hub").header("cookie", &cookie)).await;
    let page = page.body.as_str().expect("a page").to_owned();
    assert_eq!(page.matches("<ops-widget ").count(), 1001);
    assert!(page.contains("name=\"ops-env-1001\""));
}
