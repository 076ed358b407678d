//! The hub keeps to its document: schemathesis sends what the document allows and what it does not,
//! and checks each answer. It needs the program, which `cargo xtask test` installs and names.
#![allow(clippy::expect_used)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    process::Stdio,
    time::Duration,
};

use ops_manifest::contract::{ASSUMED, Contract};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{TestHub, manifest, manifest_of};
use tokio::process::Command;

/// How long it may take.
const AT_MOST: Duration = Duration::from_secs(600);

/// The manifest as another version, with an event type that takes any metadata on every widget: what
/// is sent at random is otherwise never recorded.
fn lenient(version: &str) -> Value {
    let mut manifest = manifest_of(version);
    let mut anything = manifest["eventTypes"][0].clone();
    anything["name"] = "ops-anything".into();
    anything["rule"]["met"] = json!([]);
    anything["metadataSchema"] = json!({ "type": "object" });
    manifest["eventTypes"].as_array_mut().expect("event types").push(anything);
    for kind in manifest["kinds"].as_array_mut().expect("kinds") {
        kind["accepts"] = json!(["ops-endpoint-verified", "ops-anything"]);
    }
    manifest
}

/// A hub with a registered extension in two versions, with its widgets, a catalog, an event.
async fn registered() -> (TestHub, Vec<String>) {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    for version in ["9.0.0", "9.1.0"] {
        let draft = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(lenient(version))).await;
        assert_eq!(draft.status, StatusCode::CREATED, "{}", draft.body);
    }
    let active = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests/9.0.0/activation", None).await;
    assert_eq!(active.status, StatusCode::OK);
    let mut ids = vec![hub.with_widget().await];
    for widget in manifest()["widgets"].as_array().expect("widgets") {
        let mut body = widget.clone();
        let name = body.as_object_mut().and_then(|body| body.remove("name")).expect("a name");
        let path = format!("/api/v2/hubs/ops-hub/widgets/{}", name.as_str().expect("a name"));
        let made = hub.send(Method::PUT, &path, Some(body)).await;
        ids.push(made.body["id"].as_str().expect("an id").to_owned());
    }
    let contract = Contract::new(serde_json::from_str(ASSUMED).expect("JSON")).expect("OpenAPI");
    let put = contract.described("putCatalog").expect("the operation");
    let catalog = put.pointer("/requestBody/content/application~1json/examples/catalog/value").expect("an example");
    let kept = hub.send(Method::PUT, "/api/v2/hubs/ops-hub/catalog", Some(catalog.clone())).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    let recorded = hub.record(support::first_event(&ids[0])).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    (hub, ids)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis, which cargo xtask test installs"]
async fn the_hub_keeps_to_its_document() {
    let program = env::var_os("SCHEMATHESIS").expect("SCHEMATHESIS names the program");
    let (hub, ids) = registered().await;
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis.toml");
    fs::copy(settings, folder.path().join("schemathesis.toml")).expect("the settings");
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"\n")).collect();
    fs::write(folder.path().join("widget-ids.txt"), ids.concat()).expect("the identifiers");
    fs::write(folder.path().join("password.txt"), format!("\"{}\"\n", hub.access.password)).expect("the password");
    // As a file: read from the hub, the operation that serves the document would be left out.
    fs::write(folder.path().join("document.json"), ASSUMED).expect("the document");
    let report = folder.path().join("events.ndjson");
    let run = Command::new(program)
        .args(["run", "document.json", "--url", &hub.url])
        .args(["--no-color", "--report", "ndjson", "--report-ndjson-path"])
        .arg(&report)
        .args(["--header", &format!("Authorization: Bearer {}", hub.access.token)])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(AT_MOST, run).await.expect("it ends in time").expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{said}");

    // That nothing failed says little of an operation that was always refused.
    let answers = answers(&fs::read_to_string(&report).expect("the report"));
    let contract = Contract::new(serde_json::from_str(ASSUMED).expect("JSON")).expect("OpenAPI");
    let never: Vec<&str> = contract
        .operations()
        .filter(|(_, operation)| {
            let key = (operation.method.clone(), operation.path.clone());
            !answers.get(&key).is_some_and(|statuses| statuses.iter().any(|status| (200..400).contains(status)))
        })
        .map(|(id, _)| id)
        .collect();
    assert_eq!(never, Vec::<&str>::new(), "never accepted, of {answers:#?}");
}

/// The statuses that each operation answered, by method and path template.
fn answers(report: &str) -> BTreeMap<(String, String), BTreeSet<u64>> {
    let mut answers = BTreeMap::<_, BTreeSet<u64>>::new();
    for line in report.lines() {
        let message: Value = serde_json::from_str(line).expect("a line of JSON");
        let recorder = &message["ScenarioFinished"]["recorder"];
        for (case, interaction) in recorder["interactions"].as_object().into_iter().flatten() {
            let sent = &recorder["cases"][case]["value"];
            let text = |field: &str| sent[field].as_str().unwrap_or_default().to_owned();
            let status = interaction["response"]["status_code"].as_u64();
            answers.entry((text("method"), text("path"))).or_default().extend(status);
        }
    }
    answers
}
