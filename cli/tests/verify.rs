//! `ops-hub verify`: real requests, verdicts in words, evidence in a real hub.
#![allow(clippy::expect_used)]

mod support;

use std::{net::TcpListener, process::Output};

use serde_json::{Value, json};
use support::{
    hub::{Hub, committed},
    ops_hub, own_inventory, stderr, stdout,
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
    let mut command = ops_hub();
    command.args(["verify", "--hub", hub.url()]).args(more);
    command.env("OPS_HUB_TOKEN", hub.token()).output().expect("the program runs")
}

/// Everything that the hub has recorded, oldest first.
async fn events(hub: &Hub) -> Vec<Value> {
    // An error means that another test chose it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let request = reqwest::Client::new().get(format!("{}/api/v2/hubs/ops-hub/events", hub.url()));
    let answer = request.bearer_auth(hub.token()).send().await.expect("an answer");
    let mut items = answer.json::<Value>().await.expect("JSON")["items"].as_array().expect("items").clone();
    items.reverse();
    items
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

    let events = events(&hub).await;
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
    assert_eq!(events(&hub).await, Vec::<Value>::new(), "a dry run records nothing");
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
