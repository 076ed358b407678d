//! Recording and reading events: the blocking rule, schemas, keys, pages, the live stream.
#![allow(clippy::expect_used)]

mod support;

use futures_util::StreamExt;
use reqwest::{Method, StatusCode, Url};
use serde_json::{Value, json};
use support::{TestHub, first_event};

const LIST: &str = "/api/v2/hubs/ops-hub/events";

#[tokio::test]
async fn the_first_event_is_blocked_until_type_and_widget_are_there() {
    let hub = TestHub::start().await;
    let blocked = hub.record(first_event("<ops-endpoint-gitea-registry-widget-id>")).await;
    assert_eq!(blocked.status, StatusCode::CONFLICT);
    assert_eq!(blocked.headers["content-type"], "application/problem+json");
    assert_eq!(blocked.body["type"], "urn:inter-hub:problem:event-blocked");
    assert_eq!(blocked.body["missing"], json!(["event-type", "widget"]));
    assert!(blocked.body["detail"].as_str().is_some_and(|detail| detail.contains("'ops-endpoint-verified'")));

    hub.with_manifest().await;
    let blocked = hub.record(first_event("<ops-endpoint-gitea-registry-widget-id>")).await;
    assert_eq!((blocked.status, &blocked.body["missing"]), (StatusCode::CONFLICT, &json!(["widget"])));

    let id = hub.with_widget().await;
    let recorded = hub.record(first_event(&id)).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    assert_eq!(recorded.body["widget"], "ops-endpoint-gitea-registry");
    let list = hub.send(Method::GET, LIST, None).await;
    assert_eq!(list.body["items"], json!([recorded.body]));
}

#[tokio::test]
async fn metadata_keeps_to_the_schema_and_the_widget_to_what_it_accepts() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let mut event = first_event(&id);
    event["metadata"]["vsmSystem"] = "S2".into();
    event["metadata"]["latencyMs"] = (-1).into();
    let refused = hub.record(event).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pointers: Vec<&Value> =
        refused.body["errors"].as_array().expect("errors").iter().map(|error| &error["pointer"]).collect();
    assert!(pointers.contains(&&json!("/metadata/vsmSystem")) && pointers.contains(&&json!("/metadata/latencyMs")));

    let mut event = first_event(&id);
    event["eventType"] = "ops-drift-detected".into();
    event["metadata"] = json!({ "vsmFunction": "OPS", "vsmSystem": "S1", "drifted": false });
    let refused = hub.record(event).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains("it accepts: ops-endpoint-verified")));
    assert_eq!(hub.send(Method::GET, LIST, None).await.body["items"], json!([]), "nothing was recorded");
}

#[tokio::test]
async fn the_same_key_records_one_event() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let send = |event: Value| {
        let request = hub.request(Method::POST, "/api/v2/events").bearer_auth(&hub.access.token);
        hub.answer(request.header("idempotency-key", "probe-17").json(&event))
    };
    let (one, two) = (send(first_event(&id)).await, send(first_event(&id)).await);
    assert_eq!((one.status, two.status), (StatusCode::CREATED, StatusCode::OK));
    assert_eq!(one.body, two.body);
    let mut other = first_event(&id);
    other["metadata"]["observedStatus"] = 200.into();
    assert_eq!(send(other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = hub.send(Method::GET, LIST, None).await;
    assert_eq!(list.body["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn pages_are_newest_first_and_unchanged_ones_cost_nothing() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    for _ in 0..5 {
        hub.record(first_event(&id)).await;
        hub.send(Method::PUT, "/local/clock", Some(json!({ "advanceSeconds": 60 }))).await;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut path = format!("{LIST}?limit=2");
    loop {
        let page = hub.send(Method::GET, &path, None).await;
        let items = page.body["items"].as_array().expect("items").clone();
        seen.extend(items.iter().filter_map(|item| item["time"].as_str().map(str::to_owned)));
        let Some(next) = page.body["next"].as_str() else { break };
        path = format!("{LIST}?limit=2&cursor={next}");
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|one, other| one > other), "{seen:?}");

    let first = hub.send(Method::GET, LIST, None).await;
    let etag = first.headers["etag"].to_str().expect("an ETag").to_owned();
    let again =
        || hub.answer(hub.request(Method::GET, LIST).bearer_auth(&hub.access.token).header("if-none-match", &etag));
    let unchanged = again().await;
    assert_eq!((unchanged.status, &unchanged.body), (StatusCode::NOT_MODIFIED, &json!("")));
    assert!(unchanged.headers.contains_key("x-hub-time"));
    hub.record(first_event(&id)).await;
    assert_eq!(again().await.status, StatusCode::OK);

    let (bad, other) = (StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [
        (bad, "limit=0", "query limit: 0 is less than"),
        (bad, "limit=1001", "query limit: 1001 is greater than"),
        (bad, "limit=two", "query limit: \"two\" is not of type"),
        (bad, "limit=1&limit=2", "query limit: it is there twice"),
        (other, "cursor=x", "cursor: 'x'"),
        (other, "before=x", "cursor: 'x'"),
    ];
    for (status, query, words) in wrong {
        let refused = hub.send(Method::GET, &format!("{LIST}?{query}"), None).await;
        assert_eq!(refused.status, status, "{query}");
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{}", refused.body);
    }
}

const STREAM: &str = "/api/v2/hubs/ops-hub/events/stream";

/// The events that a stream sends until `count` of them came, as (id, event id).
async fn streamed(
    hub: &TestHub,
    last: Option<&str>,
    count: usize,
    meanwhile: impl Future<Output = ()>,
) -> Vec<(String, String)> {
    streamed_at(hub, STREAM, last, count, meanwhile).await
}

async fn streamed_at(
    hub: &TestHub,
    path: &str,
    last: Option<&str>,
    count: usize,
    meanwhile: impl Future<Output = ()>,
) -> Vec<(String, String)> {
    let text = stream_text(hub, path, last, count, meanwhile).await;
    let messages = text.split("\n\n").filter(|message| message.contains("event: evidence"));
    let field = |message: &str, name: &str| -> String {
        message.lines().find_map(|line| line.strip_prefix(name)).expect("the field").to_owned()
    };
    messages
        .map(|message| {
            let event: Value = serde_json::from_str(&field(message, "data: ")).expect("JSON");
            (field(message, "id: "), event["id"].as_str().expect("an id").to_owned())
        })
        .collect()
}

/// What a stream sends until `count` events came.
async fn stream_text(
    hub: &TestHub,
    path: &str,
    last: Option<&str>,
    count: usize,
    meanwhile: impl Future<Output = ()>,
) -> String {
    let mut request = hub.request(Method::GET, path).bearer_auth(&hub.access.token);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let answer = request.send().await.expect("a stream");
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let read = async {
        let (mut body, mut text) = (answer.bytes_stream(), String::new());
        while text.matches("event: evidence").count() < count || !text.ends_with("\n\n") {
            let chunk = body.next().await.expect("the stream goes on").expect("bytes");
            text.push_str(&String::from_utf8_lossy(&chunk));
        }
        assert!(text.starts_with("event: clock"), "the hub says its time first: {text}");
        text
    };
    let work = async { tokio::join!(read, meanwhile).0 };
    tokio::time::timeout(std::time::Duration::from_secs(20), work).await.expect("the stream sends in time")
}

#[tokio::test]
async fn a_stream_is_live_and_resumes_where_it_was_cut() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let seen = streamed(&hub, None, 2, async {
        hub.record(first_event(&id)).await;
        hub.record(first_event(&id)).await;
    })
    .await;
    assert_eq!(seen.len(), 2);
    // While nobody listens, two more happen.
    let missed =
        [hub.record(first_event(&id)).await.body["id"].clone(), hub.record(first_event(&id)).await.body["id"].clone()];
    let resumed = streamed(&hub, Some(&seen[1].0), 2, async {}).await;
    assert_eq!(resumed.iter().map(|(_, id)| json!(id)).collect::<Vec<_>>(), missed);
}

/// The events of the first page of the listing, and where a stream goes on from it.
async fn listed(hub: &TestHub) -> (Vec<String>, String) {
    let page = hub.send(Method::GET, LIST, None).await.body;
    let ids = page["items"].as_array().expect("events").iter().filter_map(|event| event["id"].as_str());
    (ids.map(str::to_owned).collect(), format!("{STREAM}?after={}", page["latest"].as_str().expect("a number")))
}

#[tokio::test]
async fn a_stream_goes_on_behind_the_page_that_its_reader_has() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let (none, from_start) = listed(&hub).await;
    assert_eq!((none.len(), from_start.as_str()), (0, format!("{STREAM}?after=0").as_str()));
    hub.record(first_event(&id)).await;
    let (before, behind) = listed(&hub).await;
    // Between the page and the stream two happen.
    for _ in 0..2 {
        hub.record(first_event(&id)).await;
    }
    let (after, _) = listed(&hub).await;
    assert_eq!((before.len(), after.len()), (1, 3));
    let ids = |seen: &[(String, String)]| seen.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>();
    let oldest_first = |ids: &[String]| ids.iter().rev().cloned().collect::<Vec<_>>();
    let missed = streamed_at(&hub, &behind, None, 2, async {}).await;
    assert_eq!(ids(&missed), oldest_first(&after[..2]));
    assert_eq!(ids(&streamed_at(&hub, &from_start, None, 3, async {}).await), oldest_first(&after));
    // A browser that reconnects asks at the same address, and says what it has.
    let resumed = streamed_at(&hub, &behind, Some(&missed[0].0), 1, async {}).await;
    assert_eq!(ids(&resumed), oldest_first(&after[..1]));
    let refused = hub.send(Method::GET, &format!("{STREAM}?after=now"), None).await;
    assert_eq!((refused.status, &refused.body["status"]), (StatusCode::BAD_REQUEST, &json!(400)));
}

#[tokio::test]
async fn a_stream_says_at_once_that_its_readers_catalog_was_replaced() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let record = async || {
        hub.record(first_event(&id)).await;
    };
    let with = |etag: &str| Url::parse_with_params(&format!("http://hub{STREAM}"), [("catalog", etag)]).expect("a URL");
    let said = async |etag: &str| {
        let url = with(etag);
        let path = format!("{}?{}", url.path(), url.query().expect("the ETag"));
        stream_text(&hub, &path, None, 1, record()).await
    };
    let put = async |title: &str| {
        let catalog = json!({
            "schema": 1, "source": { "file": "a.md", "title": title, "date": "", "sha256": "", "lines": 1 },
            "entities": [], "relations": []
        });
        let kept = hub.send(Method::PUT, "/api/v2/hubs/ops-hub/catalog", Some(catalog)).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
        kept.etag().to_owned()
    };
    assert!(!said("\"none\"").await.contains("event: catalog"), "there is none to read");
    let before = put("Before").await;
    for known in [before.clone(), format!("W/{before}")] {
        assert!(!said(&known).await.contains("event: catalog"), "{known} is the hub's");
    }
    let after = put("After").await;
    let text = said(&before).await;
    let catalogs: Vec<&str> = text.split("\n\n").filter(|message| message.contains("event: catalog")).collect();
    assert_eq!(catalogs, [format!("event: catalog\ndata: {}", json!({ "etag": after }))]);
    let refused = hub.send(Method::GET, &format!("{STREAM}?catalog=bare"), None).await;
    assert_eq!((refused.status, &refused.body["status"]), (StatusCode::BAD_REQUEST, &json!(400)));
}

#[tokio::test]
async fn a_reader_that_missed_more_than_a_part_gets_all_of_it_in_order_and_none_twice() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let first = streamed(&hub, None, 1, async {
        hub.record(first_event(&id)).await;
    })
    .await;
    // Written by another connection: what matters is that they are there.
    let connection = rusqlite::Connection::open(hub.folder.path().join("hub.sqlite")).expect("the database");
    let missed = "INSERT INTO event (id, hub, widget_id, event_type, metadata, time, actor)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234)
        SELECT 'evt_' || i, hub, widget_id, event_type, metadata, time, actor FROM n, event WHERE id = ?1";
    assert_eq!(connection.execute(missed, [&first[0].1]).expect("the events"), 1234);
    drop(connection);
    let resumed = streamed(&hub, Some(&first[0].0), 1235, async {
        hub.record(first_event(&id)).await;
    })
    .await;
    let sequences: Vec<i64> = resumed.iter().map(|(sequence, _)| sequence.parse().expect("a number")).collect();
    assert_eq!(sequences.len(), 1235);
    assert!(sequences.is_sorted_by(|one, next| *next == one + 1), "{sequences:?}");
}

#[tokio::test]
async fn a_stream_resumes_after_the_hub_was_started_again() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let seen = streamed(&hub, None, 1, async {
        hub.record(first_event(&id)).await;
    })
    .await;
    let missed = hub.record(first_event(&id)).await.body["id"].clone();
    let hub = TestHub::start_in(hub.end().await).await;
    let resumed = streamed(&hub, Some(&seen[0].0), 1, async {}).await;
    assert_eq!(json!(resumed[0].1), missed);
}

#[tokio::test]
async fn a_list_may_be_of_one_widget_or_one_type() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let endpoint = hub.with_widget().await;
    let body = json!({ "kind": "environment", "subject": "environment:local", "title": "Local", "viewContext": "a" });
    let made = hub.send(Method::PUT, "/api/v2/hubs/ops-hub/widgets/ops-env-local", Some(body)).await;
    let environment = made.body["id"].as_str().expect("an id").to_owned();
    let note = |widget: &str| {
        let metadata = json!({ "vsmFunction": "OPS", "vsmSystem": "S1", "text": "Looked at." });
        json!({ "widgetId": widget, "eventType": "ops-note-added", "metadata": metadata })
    };
    let mut ids = Vec::new();
    for event in [first_event(&endpoint), note(&environment), note(&endpoint), first_event(&endpoint)] {
        let recorded = hub.record(event).await;
        assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
        ids.push(recorded.body["id"].clone());
    }
    let [first, second, third, fourth]: &[Value; 4] = ids[..].try_into().expect("four events");
    let list = async |query: &str| hub.send(Method::GET, &format!("{LIST}?{query}"), None).await;
    let found = |list: &support::Answer| -> Vec<Value> {
        list.body["items"].as_array().expect("items").iter().map(|item| item["id"].clone()).collect()
    };
    let cases: [(&str, &[&Value]); 6] = [
        ("widget=ops-env-local", &[second]),
        ("widget=ops-endpoint-gitea-registry", &[fourth, third, first]),
        ("type=ops-note-added", &[third, second]),
        ("widget=ops-endpoint-gitea-registry&type=ops-note-added", &[third]),
        ("widget=ops-unknown", &[]),
        ("type=ops-unknown", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&list(query).await).iter().collect::<Vec<_>>(), expected, "{query}");
    }
    // A page of it leads on within it, and has an ETag of its own.
    let page = list("widget=ops-endpoint-gitea-registry&limit=2").await;
    let next = page.body["next"].as_str().expect("a next page");
    let last = list(&format!("widget=ops-endpoint-gitea-registry&limit=2&cursor={next}")).await;
    assert_eq!((found(&last), &last.body["next"]), (vec![first.clone()], &Value::Null));
    let path = format!("{LIST}?widget=ops-env-local");
    let etag = list("widget=ops-env-local").await.etag().to_owned();
    hub.record(note(&endpoint)).await;
    let unchanged = hub.send_if(Method::GET, &path, ("if-none-match", &etag), None).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED, "another widget's event changes nothing here");
    hub.record(note(&environment)).await;
    assert_eq!(hub.send_if(Method::GET, &path, ("if-none-match", &etag), None).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_events_that_are_recorded_at_once_an_open_stream_misses_none() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let seen = streamed(&hub, None, 200, async {
        let posts = (0..200).map(|_| hub.record(first_event(&id)));
        let answers = futures_util::future::join_all(posts).await;
        assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED));
    })
    .await;
    let numbers: Vec<i64> = seen.iter().map(|(number, _)| number.parse().expect("a number")).collect();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>(), "in order, each once");
}
