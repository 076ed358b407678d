//! `ops-hub doctor` on a real hub: what it serves, and what is taken from it on the way.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, process::Output};

use serde_json::{Value, json};
use support::{
    bundle,
    hub::{Hub, committed},
    proxy::{Fault, Proxy},
    stderr, stdout,
};

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| Value::String(stderr(output)))
}

/// What is not in order, as `area name: details`.
fn amiss(report: &Value) -> Vec<String> {
    let checks = report["checks"].as_array().expect("checks").iter();
    let bad = checks.filter(|check| check["verdict"] == "different" || check["verdict"] == "missing");
    let words = |check: &Value| {
        let details = check["details"].as_array().expect("details").iter();
        let details: Vec<&str> = details.filter_map(Value::as_str).collect();
        let text = |name: &str| check[name].as_str().unwrap_or_default().to_owned();
        format!("{} {}: {}", text("area"), text("name"), details.join(" | "))
    };
    bad.map(words).collect()
}

#[test]
fn a_hub_with_all_that_is_needed_is_in_order() {
    let hub = Hub::start();
    let manifest = bundle::write(&hub.folder.path().join("bundle"));
    // Before: everything is offered, nothing is registered.
    let before = hub.run(&["doctor", "--format", "json"]);
    assert_eq!(before.status.code(), Some(2));
    assert_eq!(
        amiss(&report(&before)),
        ["registered active manifest: none; register one: ops-hub register"],
        "{}",
        stderr(&before)
    );

    stdout(&hub.register(&manifest, &[]));
    let after = hub.run(&["doctor", "--format", "json", "--manifest", &manifest.display().to_string()]);
    assert_eq!(amiss(&report(&after)), Vec::<String>::new());
    assert_eq!((after.status.code(), &report(&after)["inOrder"]), (Some(0), &json!(true)));
    let table = stdout(&hub.run(&["doctor"]));
    for words in ["read-hub (register, doctor)", "ops_hub-0123456789abcdef.wasm", "/Hubs/ops-hub", "0 not in order"] {
        assert!(table.contains(words), "'{words}' is not in\n{table}");
    }
    let other = hub.run(&["doctor", "--format", "json", "--manifest", &committed().display().to_string()]);
    assert_eq!(
        amiss(&report(&other)),
        [format!("registered active manifest: {}, with another content than the given one", env!("CARGO_PKG_VERSION"))]
    );
}

#[test]
fn a_bundle_that_is_not_served_as_registered_is_named_file_by_file() {
    let hub = Hub::start();
    let folder = hub.folder.path().join("bundle");
    let manifest = bundle::write(&folder);
    stdout(&hub.register(&manifest, &[]));
    let name = |end: &str| format!("ops_hub-0123456789abcdef.{end}");
    fs::write(folder.join(name("css")), "changed").expect("written");
    fs::remove_file(folder.join(name("wasm"))).expect("removed");
    for twin in ["js.br", "js.gz"] {
        fs::remove_file(folder.join(name(twin))).expect("removed");
    }
    let found = amiss(&report(&hub.run(&["doctor", "--format", "json"])));
    let starts = [
        format!("bundle {}: compression: none, neither brotli nor gzip", name("js")),
        format!("bundle {}: http", name("wasm")),
        format!("bundle {}: content, as it is: sha384-", name("css")),
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(&starts) {
        assert!(found.starts_with(start), "{found} does not start with {start}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_names_types_and_caching_otherwise_is_told_what_is_needed() {
    let hub = Hub::start();
    stdout(&hub.register(&bundle::write(&hub.folder.path().join("bundle")), &[]));
    let proxy = Proxy::start(hub.url(), Fault::Files { kind: "text/plain", caching: "max-age=600" });
    let mut command = hub.command(&["doctor", "--format", "json"]);
    let found = amiss(&report(&command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs")));
    let of = |name: &str| {
        let start = format!("bundle {name}: ");
        found.iter().find_map(|found| found.strip_prefix(&start)).expect("the file is named").to_owned()
    };
    let nosniff = "x-content-type-options: nosniff is not sent";
    assert_eq!(
        of("ops-hub.js"),
        format!(
            "content-type: needed is text/javascript, observed 'text/plain' | \
             cache-control: needed is no-cache, observed 'max-age=600' | {nosniff}"
        )
    );
    assert_eq!(
        of("ops_hub-0123456789abcdef.wasm"),
        format!(
            "content-type: needed is application/wasm, observed 'text/plain' | \
             cache-control: needed is max-age=31536000, immutable, observed 'max-age=600' | {nosniff}"
        )
    );
    assert!(of("ops_hub-0123456789abcdef.css").starts_with("content-type: needed is text/css"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_with_another_shape_is_reported_operation_by_operation() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let change = |document: &mut Value| {
        let paths = document["paths"].as_object_mut().expect("paths");
        // A parameter that the extension does not send, an operation that is gone, a type that changed.
        let widgets = paths.remove("/api/v2/hubs/{hub}/widgets/{name}").expect("the path");
        let mut widgets = widgets;
        widgets["put"]["parameters"]
            .as_array_mut()
            .expect("parameters")
            .push(json!({ "name": "tenant", "in": "query", "required": true, "schema": { "type": "string" } }));
        paths.insert("/api/v2/hubs/{hub}/widgets/{name}".into(), widgets);
        paths.remove("/api/v2/hubs/{hub}/manifests/{version}/activation");
        let schema =
            &document["paths"]["/api/v2/events"]["post"]["requestBody"]["content"]["application/json"]["schema"];
        let at = schema["$ref"].as_str().expect("a reference").trim_start_matches('#').to_owned();
        document.pointer_mut(&at).expect("the schema")["properties"]["widgetId"] = json!({ "type": "integer" });
        document["info"]["version"] = "3.0.0".into();
    };
    let proxy = Proxy::start(hub.url(), Fault::Document(change));
    let mut command = hub.command(&["doctor", "--format", "json"]);
    let output = command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let found = amiss(&report(&output));
    for words in [
        "contract activate-manifest (register, rollback): no activateManifest",
        "contract record-event (verify, outbox, browser): request field 'widgetId': needed is string, the hub has integer",
        "contract write-widget (register, rollback): parameter 'tenant': needed is none, the hub has a required one in the query",
        "contract API version >=2.4.0, <3.0.0: the hub's API has version '3.0.0'; this extension works with '>=2.4.0, <3.0.0'",
    ] {
        assert!(found.iter().any(|found| found == words), "'{words}' is not in {found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_calls_things_otherwise_is_reached_through_another_mapping() {
    let hub = Hub::start();
    let change = |document: &mut Value| {
        let text = document.to_string().replace("\"listWidgets\"", "\"widgets_index\"");
        *document = serde_json::from_str(&text).expect("JSON");
    };
    stdout(&hub.register(&committed(), &[]));
    let proxy = Proxy::start(hub.url(), Fault::Document(change));
    let doctor = |more: &[&str]| {
        let mut command = hub.command(&["doctor", "--format", "json"]);
        command.args(more).env("OPS_HUB_URL", proxy.url()).output().expect("the program runs")
    };
    assert_eq!(doctor(&[]).status.code(), Some(1), "the widgets cannot be listed");
    let own = fs::read_to_string(committed().with_file_name("hub-mapping.toml")).expect("the mapping");
    let mapping = hub.folder.path().join("mapping.toml");
    fs::write(&mapping, own.replace("\"listWidgets\"", "\"widgets_index\"")).expect("written");
    let found = report(&doctor(&["--mapping", &mapping.display().to_string()]));
    let listed = found["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .find(|check| check["name"].as_str().is_some_and(|name| name.starts_with("list-widgets")));
    assert_eq!(listed.expect("the check")["details"], json!(["widgets_index"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_under_which_the_widgets_do_not_run_is_named() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let proxy = Proxy::start(hub.url(), Fault::Policy("default-src 'none'; script-src 'self'"));
    let mut command = hub.command(&["doctor", "--format", "json"]);
    let output = command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    let found = amiss(&report(&output));
    let policy = found.iter().find(|found| found.starts_with("policy /Hubs/ops-hub: ")).expect("the policy");
    assert!(policy.contains("add 'wasm-unsafe-eval'") && policy.contains("connect-src"), "{policy}");
    assert!(!policy.contains("scripts from"), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_hubs_page_needs_a_session_the_sign_in_page_is_looked_at() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let proxy = Proxy::start(hub.url(), Fault::Withhold("/Hubs/"));
    let mut command = hub.command(&["doctor", "--format", "json"]);
    let output = command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    let found = report(&output);
    let of_policy: Vec<&Value> =
        found["checks"].as_array().expect("checks").iter().filter(|c| c["area"] == "policy").collect();
    assert_eq!(of_policy.len(), 2, "{found}");
    assert_eq!(of_policy[0]["details"], json!(["/Hubs/ops-hub needs a session; what follows is of /NewSession"]));
    assert_eq!((&of_policy[1]["name"], &of_policy[1]["verdict"]), (&json!("/NewSession"), &json!("found")));
}

#[test]
fn a_token_that_the_hub_does_not_know_is_one_finding_among_others() {
    let hub = Hub::start();
    let output = hub.command(&["doctor", "--format", "json"]).env("OPS_HUB_TOKEN", "x").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let found = amiss(&report(&output));
    assert!(found.iter().any(|found| found.starts_with("access the token may read: ")), "{found:#?}");
    let nobody = hub.run(&["doctor", "--hub", "http://127.0.0.1:1", "--retries", "1"]);
    assert_eq!(nobody.status.code(), Some(4));
    assert!(stderr(&nobody).contains("trying again in"), "{}", stderr(&nobody));
}
