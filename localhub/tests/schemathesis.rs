//! The hub keeps to its document: schemathesis sends what the document allows and what it does not,
//! and checks each answer. It needs the program, which `cargo xtask test` installs and names.
#![allow(clippy::expect_used)]

mod support;

use std::{env, fs, path::Path, process::Stdio, time::Duration};

use ops_manifest::contract::{ASSUMED, Contract};
use reqwest::{Method, StatusCode};
use support::{TestHub, manifest_of};
use tokio::process::Command;

/// How long it may take.
const AT_MOST: Duration = Duration::from_secs(240);

/// A hub with a registered extension, two manifests, widgets, a catalog, an event.
async fn registered() -> (TestHub, Vec<String>) {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let draft = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(manifest_of("9.0.0"))).await;
    assert_eq!(draft.status, StatusCode::CREATED);
    let mut ids = vec![hub.with_widget().await];
    for widget in manifest_of("9.0.0")["widgets"].as_array().expect("widgets") {
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
    let report = folder.path().join("report.json");
    let run = Command::new(program)
        .arg("run")
        .arg(format!("{}/api/v2/openapi.json", hub.url))
        .args(["--no-color", "--report", "json", "--report-json-path"])
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
}
