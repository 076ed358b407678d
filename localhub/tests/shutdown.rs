//! Stopping in order: what is under way is answered, streams are closed, the port is free again.
#![allow(clippy::expect_used)]

mod support;

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::{Method, StatusCode};
use support::{TestHub, first_event};
use tokio::{io::AsyncWriteExt, net::TcpStream};

#[tokio::test]
async fn a_hub_that_stops_answers_what_is_under_way_and_closes_its_streams() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let recorded = hub.record(first_event(&id)).await.body;
    let stream = hub.request(Method::GET, "/api/v2/hubs/ops-hub/events/stream").bearer_auth(&hub.access.token);
    let mut stream = stream.send().await.expect("a stream").bytes_stream();
    stream.next().await.expect("the time comes first").expect("bytes");
    // A wrong password is answered late on purpose: the hub is told to stop before.
    let sign_in = hub.request(Method::POST, "/NewSession").header("sec-fetch-site", "same-origin");
    let slow = tokio::spawn(sign_in.form(&[("user", "operator"), ("password", "wrong")]).send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!slow.is_finished(), "it is under way");

    let url = hub.url.clone();
    let ended = tokio::time::timeout(Duration::from_secs(10), hub.end());
    let (folder, rest, slow) = tokio::join!(ended, stream.collect::<Vec<_>>(), slow);
    assert!(rest.iter().all(Result::is_ok), "the stream ends in order: {rest:?}");
    let slow = slow.expect("the task").expect("an answer");
    assert_eq!(slow.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reqwest::get(format!("{url}/healthz")).await.is_err(), "nothing listens any more");
    let hub = TestHub::start_in(folder.expect("the hub stops in time")).await;
    let list = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await;
    assert_eq!(list.body["items"], serde_json::json!([recorded]));
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_hub() {
    let hub = TestHub::start().await;
    let address = hub.url.trim_start_matches("http://").to_owned();
    let mut socket = TcpStream::connect(&address).await.expect("a connection");
    let token = &hub.access.token;
    let begun = format!(
        "POST /api/v2/events HTTP/1.1\r\nhost: {address}\r\nauthorization: bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    socket.write_all(begun.as_bytes()).await.expect("it is sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    tokio::time::timeout(Duration::from_secs(10), hub.end()).await.expect("the hub stops in time");
    drop(socket);
}
