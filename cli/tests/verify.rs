//! `ops-hub verify`: real requests, verdicts in words, evidence in a real hub.
#![allow(clippy::expect_used)]

mod support;

use std::{
    net::TcpListener,
    process::Output,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use serde_json::{Value, json};
use support::{
    hub::{Hub, committed},
    own_inventory,
    proxy::{Fault, Proxy},
    stderr, stdout,
};

const REGISTRY: &str = "https://gitea.coulomb.social/v2/";
const API: &str = "https://hub.coulomb.social/api/v2/openapi.json";
const UI: &str = "https://hub.coulomb.social/Hubs";
const LOCAL: &str = "http://127.0.0.1:8000/state/health";

/// The inventory with other addresses, which a test can reach.
fn inventory(registry: &str, api: &str, ui: &str, local: &str) -> String {
    own_inventory().replace(REGISTRY, registry).replace(API, api).replace(UI, ui).replace(LOCAL, local)
}

fn verify(hub: &Hub, more: &[&str]) -> Output {
    hub.command(&["verify"]).args(more).output().expect("the program runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_order_and_what_is_not_becomes_evidence() {
    let hub = Hub::start();
    let at = |path: &str| format!("{}{path}", hub.url());
    let text = inventory(&at("/api/v2/hubs"), &at("/api/v2/openapi.json"), &at("/Hubs"), "http://127.0.0.1:1/")
        .replace("Docker-Distribution-Api-Version: registry/2.0", "Content-Type: application/problem+json");
    stdout(&hub.register_with(&committed(), &text, &[]));

    let output = verify(&hub, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for start in [
        "pass endpoint:gitea-oci-registry 401 in ",
        "pass endpoint:inter-hub-api 200 in ",
        "pass endpoint:inter-hub-ui 303 in ",
        "fail endpoint:state-hub-api: connect: ",
    ] {
        assert!(said.lines().any(|line| line.starts_with(start)), "'{start}' is not in {said}");
    }

    let events = hub.events().await;
    let about: Vec<(&Value, &Value)> =
        events.iter().map(|event| (&event["metadata"]["subject"], &event["widget"])).collect();
    let (own, whole) = (json!("ops-endpoint-gitea-registry"), json!("ops-service-catalog"));
    assert_eq!(
        about,
        [
            (&json!("endpoint:gitea-oci-registry"), &own),
            (&json!("endpoint:inter-hub-api"), &whole),
            (&json!("endpoint:inter-hub-ui"), &whole),
            (&json!("endpoint:state-hub-api"), &whole)
        ]
    );
    let registry = &events[0]["metadata"];
    assert_eq!((&registry["expectedStatus"], &registry["observedStatus"]), (&json!(401), &json!(401)));
    assert_eq!(registry["observedHeader"], "Content-Type: application/problem+json");
    assert!(registry["latencyMs"].is_u64());
    assert_eq!(events[0]["viewContext"], "railiance-apps/workplans/RAIL-AP-WP-0001");
    assert_eq!(events[3]["metadata"]["result"], "fail");

    // One by name, in order: exit code 0.
    assert_eq!(stdout(&verify(&hub, &["gitea-oci-registry"])).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_fail_has_its_own_words() {
    let hub = Hub::start();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = format!("http://{}/", silent.local_addr().expect("its address"));
    let tls = hub.url().replace("http:", "https:");
    // The hub's health answers 200, without the registry's header.
    let text = inventory(&format!("{}/healthz", hub.url()), "https://registry.invalid/", &silent, &tls);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let output = verify(&hub, &["--dry-run", "--timeout", "1500"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for words in [
        "status: expected 401, observed 200; header: there is no 'Docker-Distribution-Api-Version'",
        "endpoint:inter-hub-api: DNS: ",
        "endpoint:inter-hub-ui: timeout: no answer within 1500 ms",
        "endpoint:state-hub-api: TLS: ",
    ] {
        assert!(said.contains(words), "'{words}' is not in {said}");
    }
    assert_eq!(hub.events().await, Vec::<Value>::new(), "a dry run records nothing");
}

#[test]
fn what_is_not_registered_or_not_known_is_said() {
    let hub = Hub::start();
    let output = verify(&hub, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("has no catalog"), "{}", stderr(&output));
    stdout(&hub.register(&committed(), &[]));
    let output = verify(&hub, &["gitea-registry"]);
    assert!(stderr(&output).contains("no endpoint 'gitea-registry'"), "{}", stderr(&output));
    assert!(stderr(&output).contains("gitea-oci-registry"), "{}", stderr(&output));
    let output = verify(&hub, &["gitea-nodeport"]);
    assert!(stderr(&output).contains("no web address"), "{}", stderr(&output));
}

/// A port on which nobody listens.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port()
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_followed_only_where_that_is_asked_for() {
    let hub = Hub::start();
    // Signed out, the hubs' page leads to the sign-in page.
    let text =
        inventory(&format!("{}/healthz", hub.url()), "http://127.0.0.1:1/", &format!("{}/Hubs", hub.url()), LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let first = verify(&hub, &["--dry-run", "inter-hub-ui", "--format", "json"]);
    let first: Value = serde_json::from_str(&stdout(&first)).expect("a line of JSON");
    assert_eq!((&first["verdict"], &first["observedStatus"]), (&json!("pass"), &json!(303)));
    // Followed, the last answer counts, and where the first one led to is still compared.
    let last = verify(&hub, &["--dry-run", "inter-hub-ui", "--format", "json", "--follow"]);
    let last: Value = serde_json::from_str(&stdout(&last)).expect("a line of JSON");
    assert_eq!((&last["verdict"], &last["observedStatus"]), (&json!("pass"), &json!(200)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hub_blocks_is_kept_and_sent_once_after_the_cure() {
    let hub = Hub::start();
    let text = inventory(&format!("{}/api/v2/hubs", hub.url()), "http://127.0.0.1:1/", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let kept =
        || serde_json::from_slice::<Value>(&hub.run(&["outbox", "list", "--format", "json"]).stdout).expect("JSON");

    // A manifest that does not know the type: the hub blocks every event of it.
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(committed()).expect("the manifest")).expect("JSON");
    let types = manifest["eventTypes"].as_array_mut().expect("types");
    types.retain(|kind| kind["name"] != "ops-endpoint-verified");
    let less = hub.folder.path().join("less.json");
    for kind in manifest["kinds"].as_array_mut().expect("kinds") {
        kind["accepts"].as_array_mut().expect("a list").retain(|name| name != "ops-endpoint-verified");
    }
    std::fs::write(&less, manifest.to_string()).expect("written");
    stdout(&hub.register_with(&less, &text, &[]));
    let output = verify(&hub, &["gitea-oci-registry"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("no widget of the hub accepts 'ops-endpoint-verified'"), "{}", stderr(&output));
    let first = kept();
    assert_eq!(first["events"][0]["state"], "blocked", "{first}");
    assert_eq!(hub.events().await.len(), 0);

    stdout(&hub.register_with(&committed(), &text, &[]));
    let output = hub.run(&["outbox", "send"]);
    assert!(stdout(&output).contains("1 recorded, 0 kept"), "{}", stdout(&output));
    assert_eq!(kept()["events"], json!([]));
    let sent = hub.events().await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["widget"], "ops-endpoint-gitea-registry");
}

#[tokio::test(flavor = "multi_thread")]
async fn which_half_of_the_blocking_rule_failed_is_said() {
    let hub = Hub::start();
    let text = inventory(&format!("{}/api/v2/hubs", hub.url()), "http://127.0.0.1:1/", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    // As it stands after an answer was lost, for a type and a widget that are no longer there.
    let outbox = hub.folder.path().join("outbox.sqlite");
    assert_eq!(hub.run(&["outbox", "list"]).status.code(), Some(0));
    let connection = rusqlite::Connection::open(&outbox).expect("the outbox");
    let body = json!({ "widgetId": "wgt_gone", "eventType": "ops-nothing", "metadata": {} });
    let sql = "INSERT INTO event VALUES ('key', ?1, 'ops-hub', 'ops-nothing', 'endpoint:x', '{}', '2026-01-01T00:00:00Z', ?2, 'waiting', '', 1)";
    let address = format!("{}/", hub.url());
    for (event, widget, words) in [
        ("ops-nothing", "wgt_gone", "missing is the event type in an active manifest and the widget"),
        ("ops-endpoint-verified", "wgt_gone", "missing is the widget;"),
    ] {
        let mut body = body.clone();
        (body["eventType"], body["widgetId"]) = (event.into(), widget.into());
        connection.execute(sql, [&address, &body.to_string()]).expect("kept");
        let output = hub.run(&["outbox", "send"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        stdout(&hub.run(&["outbox", "drop", "key"]));
    }
    assert!(stdout(&hub.run(&["outbox", "list"])).contains("nothing is kept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_observed_while_the_hub_is_away_is_sent_later_exactly_once() {
    let mut hub = Hub::start();
    let text = inventory("http://127.0.0.1:1/", "http://127.0.0.1:1/api", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    assert_eq!(verify(&hub, &["gitea-oci-registry"]).status.code(), Some(2));
    assert_eq!(hub.events().await.len(), 1);

    let address = hub.url().trim_start_matches("http://").to_owned();
    hub.process.kill().expect("the hub is killed");
    hub.process.wait().expect("it is gone");
    for _ in 0..2 {
        let output = verify(&hub, &["gitea-oci-registry", "--retries", "0"]);
        assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
        assert!(stderr(&output).contains("1 kept in the outbox"), "{}", stderr(&output));
    }
    std::thread::sleep(Duration::from_secs(6));
    let hub = Hub::start_at(hub.folder.clone(), &address);
    // One of this run, two of before; killed in between, or run again, nothing is recorded twice.
    assert_eq!(verify(&hub, &["gitea-oci-registry"]).status.code(), Some(2));
    stdout(&hub.run(&["outbox", "send"]));
    let events = hub.events().await;
    assert_eq!(events.len(), 4);
    let late: Vec<bool> = events.iter().map(|event| event["metadata"]["observedAt"].is_string()).collect();
    assert_eq!(late, [false, true, true, false], "what comes late says of when it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_acknowledgement_was_lost_is_recorded_once() {
    let hub = Hub::start();
    let text = inventory("http://127.0.0.1:1/", "http://127.0.0.1:1/api", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let proxy = Proxy::start(hub.url(), Fault::LoseAnswer { of: "POST /api/v2/events", times: 1 });
    let through = |more: &[&str]| {
        let mut command = hub.command(&["verify", "gitea-oci-registry"]);
        command.env("OPS_HUB_URL", proxy.url()).args(more).output().expect("the program runs")
    };
    assert_eq!(through(&["--retries", "0"]).status.code(), Some(4));
    assert_eq!(hub.events().await.len(), 1, "it arrived, and the program does not know");
    let mut send = hub.command(&["outbox", "send"]);
    stdout(&send.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs"));
    assert_eq!(hub.events().await.len(), 1);
    // With retries the program itself asks again.
    let again = Proxy::start(hub.url(), Fault::LoseAnswer { of: "POST /api/v2/events", times: 2 });
    let mut retried = hub.command(&["verify", "gitea-oci-registry"]);
    assert_eq!(retried.env("OPS_HUB_URL", again.url()).output().expect("the program runs").status.code(), Some(2));
    assert_eq!(hub.events().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_checks_again_and_ends_with_a_signal() {
    let hub = Hub::start();
    let port = free_port();
    let text =
        inventory(&format!("http://127.0.0.1:{port}/"), "http://127.0.0.1:1/api", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let mut command = hub.command(&["verify", "gitea-oci-registry", "--watch", "1s"]);
    let mut process = command.stdout(std::process::Stdio::null()).spawn().expect("the program runs");
    let start = std::time::Instant::now();
    while hub.events().await.len() < 3 {
        assert!(start.elapsed() < Duration::from_secs(20), "it did not check three times");
        std::thread::sleep(Duration::from_millis(100));
    }
    let pid = process.id().to_string();
    std::process::Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
    assert_eq!(process.wait().expect("it ends").code(), Some(2), "the last round's");
    let refused = hub.run(&["verify", "--watch", "10ms"]);
    assert_eq!(refused.status.code(), Some(64), "{}", stderr(&refused));
}

/// An endpoint that takes its time, and counts how many requests it has at once.
async fn slow_endpoint() -> (String, Arc<AtomicUsize>) {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = most.clone();
    let app = axum::Router::new().fallback(move || {
        let (now, most) = (now.clone(), most.clone());
        async move {
            most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
            tokio::time::sleep(Duration::from_millis(600)).await;
            now.fetch_sub(1, SeqCst);
            "ok"
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, counted)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_endpoints_are_requested_at_once_than_allowed() {
    let hub = Hub::start();
    for (allowed, expected) in [("1", 1), ("3", 3), ("8", 4)] {
        let (address, most) = slow_endpoint().await;
        let at = |name: &str| format!("{address}{name}");
        stdout(&hub.register_with(&committed(), &inventory(&at("1"), &at("2"), &at("3"), &at("4")), &[]));
        verify(&hub, &["--dry-run", "--concurrency", allowed]);
        assert_eq!(most.load(SeqCst), expected, "of four endpoints");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_is_a_failure_of_tls() {
    let hub = Hub::start();
    let address = support::tls::start().await;
    let text = inventory(&address, "http://127.0.0.1:1/", "http://127.0.0.1:1/ui", LOCAL);
    stdout(&hub.register_with(&committed(), &text, &[]));
    let output = verify(&hub, &["--dry-run", "gitea-oci-registry", "--format", "json"]);
    let verdict: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    assert_eq!(verdict["verdict"], "tls", "{verdict}");
    assert!(verdict["reason"].as_str().is_some_and(|reason| reason.contains("certificate")), "{verdict}");
}

#[test]
fn an_outbox_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("outbox.sqlite");
    rusqlite::Connection::open(&file).expect("a file").pragma_update(None, "user_version", 99).expect("the version");
    let list =
        || support::ops_hub().args(["outbox", "list", "--outbox"]).arg(&file).output().expect("the program runs");
    let refused = list();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        support::joined(&refused).contains("has version 99 and was written by a newer program"),
        "{}",
        stderr(&refused)
    );
    let version =
        rusqlite::Connection::open(&file).expect("a file").pragma_query_value(None, "user_version", |row| row.get(0));
    assert_eq!(version, Ok(99_i64), "it is as it was");
}
