//! Catalogs of many services, and bodies that are too large.
#![allow(clippy::expect_used)]

mod support;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{StreamExt, stream};
use reqwest::{Body, Method, StatusCode};
use rusqlite::Connection;
use serde_json::{Value, json};
use support::{Answer, TestHub, first_event};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CATALOG: &str = "/api/v2/hubs/ops-hub/catalog";

/// A catalog of services that each have an endpoint.
fn services(count: usize) -> Value {
    let source = json!({ "line": 1 });
    let entity = |kind: &str, number: usize| {
        let facts = [("role", "x".repeat(60)), ("state", "running".to_owned())];
        let facts = facts.map(|(key, value)| json!({ "key": key, "value": value, "source": source }));
        json!({ "ref": format!("{kind}:s-{number}"), "title": format!("{kind} {number}"), "facts": facts, "source": source })
    };
    let relation = |number: usize| {
        json!({
            "from": format!("service:s-{number}"), "type": "exposed-by", "to": format!("endpoint:s-{number}"),
            "source": source
        })
    };
    json!({
        "schema": 1, "source": { "file": "a.md", "title": "A", "date": "", "sha256": "", "lines": 3 },
        "entities": (0..count).flat_map(|at| [entity("service", at), entity("endpoint", at)]).collect::<Vec<_>>(),
        "relations": (0..count).map(relation).collect::<Vec<_>>()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_answered_while_a_large_catalog_is_kept() {
    let hub = Arc::new(TestHub::start().await);
    hub.with_manifest().await;
    let few = hub.send(Method::PUT, CATALOG, Some(services(10))).await;
    let is_kept = Arc::new(AtomicBool::new(false));
    let reading = tokio::spawn({
        let (hub, is_kept, few) = (hub.clone(), is_kept.clone(), few.etag().to_owned());
        async move {
            let (mut reads, mut longest) = (0, Duration::ZERO);
            while !is_kept.load(Ordering::SeqCst) {
                let begun = Instant::now();
                let page = hub.send(Method::GET, &format!("{CATALOG}?limit=1000"), None).await;
                longest = longest.max(begun.elapsed());
                assert_eq!(page.status, StatusCode::OK, "{}", page.body);
                if page.etag() == few {
                    assert_eq!(page.body["totals"]["entities"], 20, "all of the catalog before, or nothing of it");
                    reads += 1;
                }
            }
            (reads, longest)
        }
    });
    let begun = Instant::now();
    let many = services(10_000);
    let kept = hub.send(Method::PUT, CATALOG, Some(many.clone())).await;
    let taken = begun.elapsed();
    is_kept.store(true, Ordering::SeqCst);
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    let (reads, longest) = reading.await.expect("every read");
    assert!(reads >= 10 && longest < taken / 2, "{reads} reads, the longest took {longest:?} of {taken:?}");
    assert_eq!(hub.send(Method::GET, CATALOG, None).await.body, many, "it comes back as it was put");
}

/// Sends the head of a put, whose body has this length.
async fn put_head(hub: &TestHub, length: usize) -> TcpStream {
    let (address, token) = (hub.url.trim_start_matches("http://"), &hub.access.token);
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "PUT {CATALOG} HTTP/1.1\r\nhost: {address}\r\nauthorization: bearer {token}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).await.expect("it is sent");
    socket
}

/// Waits for what comes by itself, 20 s at most.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// How many rows each put has, of those that the file knows.
fn parts(file: &Connection) -> Vec<(i64, u32)> {
    let mut counts = file.prepare("SELECT put, count(*) FROM catalog_part GROUP BY put").expect("the parts");
    let counts = counts.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("their counts");
    counts.collect::<Result<_, _>>().expect("two numbers each")
}

/// Of a catalog, the file has what the hub names, and nothing else.
fn nothing_else_is_kept(file: &Connection, entities: u32) {
    let named: i64 = file.query_row("SELECT put FROM catalog_head", [], |row| row.get(0)).expect("a catalog");
    assert_eq!(parts(file), [(named, entities)]);
    for table in ["catalog_piece", "catalog_inbound"] {
        let others = format!("SELECT count(*) FROM {table} WHERE put <> ?1");
        let others: u32 = file.query_row(&others, [named], |row| row.get(0)).expect("a count");
        assert_eq!(others, 0, "{table}");
    }
    let puts: u32 = file.query_row("SELECT count(*) FROM catalog_put", [], |row| row.get(0)).expect("a count");
    assert_eq!(puts, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_recorded_while_a_large_catalog_comes_in() {
    let hub = Arc::new(TestHub::start().await);
    hub.with_manifest().await;
    let event = first_event(&hub.with_widget().await);
    let file = Connection::open(hub.folder.path().join("hub.sqlite")).expect("the file");
    let put = tokio::spawn({
        let hub = hub.clone();
        async move { hub.send(Method::PUT, CATALOG, Some(services(20_000))).await }
    });
    // Some of the catalog is there, and the hub does not name it yet.
    let coming = "SELECT (SELECT count(*) FROM catalog_put) > (SELECT count(*) FROM catalog_head)";
    let is_coming = || file.query_row(coming, [], |row| row.get::<_, bool>(0)).expect("two counts");
    let mut meanwhile = 0;
    while !put.is_finished() {
        let before = is_coming();
        let recorded = hub.record(event.clone()).await;
        assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
        meanwhile += usize::from(before && is_coming());
    }
    let put = put.await.expect("it is put");
    assert_eq!(put.status, StatusCode::NO_CONTENT, "{}", put.body);
    println!("{meanwhile} events were recorded while it came");
    assert!(meanwhile > 0, "every event waited for the whole catalog");
    nothing_else_is_kept(&file, 40_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalog_whose_sender_has_gone_comes_in_and_one_that_broke_off_goes() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    hub.send(Method::PUT, CATALOG, Some(services(3))).await;
    // What a hub leaves that is killed amid a put.
    let file = Connection::open(hub.folder.path().join("hub.sqlite")).expect("the file");
    let broken = "INSERT INTO catalog_put VALUES (100, 'ops-hub', '', '', '', '');
        INSERT INTO catalog_piece VALUES (100, 0, 'x'), (100, 1, 'x');
        INSERT INTO catalog_part VALUES (100, 0, 'host:one', 1, '', '', ''), (100, 1, 'host:two', 1, '', '', '');
        INSERT INTO catalog_inbound VALUES (100, 'host:one', 1)";
    file.execute_batch(broken).expect("a catalog that broke off");
    assert_eq!(hub.send(Method::GET, CATALOG, None).await.body, services(3), "nobody reads it");

    let body = services(5_000).to_string();
    let mut socket = put_head(&hub, body.len()).await;
    let stream = hub.request(Method::GET, "/api/v2/hubs/ops-hub/events/stream").bearer_auth(&hub.access.token);
    let mut told = stream.send().await.expect("a stream").bytes_stream();
    socket.write_all(body.as_bytes()).await.expect("it is sent");
    until("some of it is there", || parts(&file).iter().any(|(put, _)| *put > 100)).await;
    drop(socket);
    let named = || file.query_row("SELECT put > 100 FROM catalog_head", [], |row| row.get(0)).expect("a catalog");
    until("it is the hub's", named).await;
    assert_eq!(hub.send(Method::GET, CATALOG, None).await.body, services(5_000));
    let mut said = String::new();
    while !said.contains("event: catalog") {
        let some = tokio::time::timeout(Duration::from_secs(20), told.next()).await.expect("readers are told");
        said.push_str(&String::from_utf8_lossy(&some.expect("the stream goes on").expect("bytes")));
    }
    // One put after another: this one waits for the end of that.
    let last = hub.send(Method::PUT, CATALOG, Some(services(4))).await;
    assert_eq!(last.status, StatusCode::NO_CONTENT, "{}", last.body);
    nothing_else_is_kept(&file, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_catalogs_that_are_put_upon_one_state_the_second_is_refused() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let known = hub.send(Method::PUT, CATALOG, Some(services(3))).await;
    let put = |count: usize| hub.send_if(Method::PUT, CATALOG, ("if-match", known.etag()), Some(services(count)));
    let (one, other) = tokio::join!(put(3_000), put(3_001));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [StatusCode::NO_CONTENT, StatusCode::PRECONDITION_FAILED], "{} {}", one.body, other.body);
    let entities = if one.status == StatusCode::NO_CONTENT { 6_000 } else { 6_002 };
    let file = Connection::open(hub.folder.path().join("hub.sqlite")).expect("the file");
    nothing_else_is_kept(&file, entities);
}

#[tokio::test]
async fn what_is_wrong_with_an_item_of_many_is_said_with_its_place() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let mut many = services(2_000);
    many["entities"][3_999]["ref"] = "planet:earth".into();
    many["relations"][1_234]["from"] = 7.into();
    many["source"]["lines"] = "three".into();
    let refused = hub.send(Method::PUT, CATALOG, Some(many.clone())).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let errors = refused.body["errors"].as_array().expect("errors");
    let mut places: Vec<&str> = errors.iter().filter_map(|error| error["pointer"].as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["/entities/3999/ref", "/relations/1234/from", "/source/lines"]);

    // What the schema lets pass, and no reader can read.
    let mut many = services(2_000);
    many["entities"][3_998]["source"]["line"] = json!(1.0);
    let refused = hub.send(Method::PUT, CATALOG, Some(many)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body["detail"].as_str().is_some_and(|said| said.contains("/entities/3998")), "{}", refused.body);
}

fn says(refused: &Answer, words: &[&str]) {
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", refused.body);
    assert_eq!(refused.body["type"], "urn:inter-hub:problem:too-large");
    let detail = refused.body["detail"].as_str().expect("words");
    for word in words {
        assert!(detail.contains(word), "'{word}' is not in {detail}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_limit_size_and_cure() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let mut event = first_event("wgt_none");
    event["metadata"]["reason"] = "x".repeat(5 * 1024 * 1024).into();
    let length = event.to_string().len();
    let refused = hub.record(event).await;
    says(&refused, &[&format!("has {length} bytes"), "at most 4194304 (4 MiB)", "Send less at once"]);
    assert_eq!((&refused.body["limit"], &refused.body["size"]), (&json!(4_194_304), &json!(length)));

    // In pieces, of which nobody knows how many will come: 8 MiB in all.
    let pieces = stream::iter((0..128).map(|_| Ok::<_, std::io::Error>(vec![b' '; 65_536])));
    let request = hub.request(Method::POST, "/api/v2/events").bearer_auth(&hub.access.token);
    let request = request.header("content-type", "application/json").body(Body::wrap_stream(pieces));
    says(&hub.answer(request).await, &["has more bytes", "at most 4194304 (4 MiB)"]);
}

/// It is refused by what it announces, before anything of it has come.
#[tokio::test]
async fn a_catalog_that_is_too_large_is_refused_with_what_to_do_instead() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let mut socket = put_head(&hub, 200_000_000).await;
    socket.shutdown().await.expect("no more comes");
    let mut said = String::new();
    socket.read_to_string(&mut said).await.expect("an answer");
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    for word in ["has 200000000 bytes", "at most 134217728 (128 MiB)", "one hub for each environment"] {
        assert!(said.contains(word), "'{word}' is not in {said}");
    }
}
