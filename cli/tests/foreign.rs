//! A hub that someone else wrote: what it offers is said, and nothing is begun that it would not take.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, process::Output};

use serde_json::{Value, json};
use support::{
    hub::{Hub, committed},
    joined, own_inventory,
    proxy::{Fault, Proxy},
    state, stderr, stdout,
};

fn through(hub: &Hub, proxy: &Proxy, arguments: &[&str]) -> Output {
    hub.command(arguments).env("OPS_HUB_URL", proxy.url()).output().expect("the program runs")
}

/// A check of a report, by the start of its name.
fn check(report: &Value, name: &str) -> (String, String) {
    let mut checks = report["checks"].as_array().into_iter().flatten();
    let found = checks.find(|check| check["name"].as_str().is_some_and(|one| one.starts_with(name)));
    let found = found.expect("a check of that name");
    let details = found["details"].as_array().into_iter().flatten().filter_map(Value::as_str);
    (found["verdict"].as_str().unwrap_or_default().to_owned(), details.collect::<Vec<_>>().join(" | "))
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("a report")
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_says_what_a_hub_offers_under_no_name() {
    let hub = Hub::start();
    let change = |document: &mut Value| {
        for path in document["paths"].as_object_mut().expect("paths").values_mut() {
            for operation in path.as_object_mut().expect("operations").values_mut() {
                if let Some(operation) = operation.as_object_mut() {
                    operation.remove("operationId");
                }
            }
        }
        document["components"]["securitySchemes"] =
            json!({ "key": { "type": "apiKey", "in": "header", "name": "X-API-Key" } });
    };
    let proxy = Proxy::start(hub.url(), Fault::Document(change));
    let report = report(&through(&hub, &proxy, &["doctor", "--format", "json"]));
    let (verdict, details) = check(&report, "operation ids");
    assert!(verdict == "missing" && details.contains("have no operationId"), "{verdict}: {details}");
    let (verdict, details) = check(&report, "authentication");
    assert!(verdict == "different" && details.contains("X-API-Key in the header"), "{verdict}: {details}");
    for (name, candidate) in [
        ("record-event", "POST /api/v2/events"),
        ("list-widgets", "GET /api/v2/hubs/{hub}/widgets"),
        ("write-widget", "PUT /api/v2/hubs/{hub}/widgets/{name}"),
        ("read-hub", "GET /api/v2/hubs/{hub}"),
        ("write-catalog", "PUT /api/v2/hubs/{hub}/catalog"),
    ] {
        let (_, details) = check(&report, name);
        assert!(details.contains(candidate), "{name}: {details}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_finished_is_not_begun() {
    let hub = Hub::start();
    let require = |document: &mut Value| {
        let schema = json!({
            "type": "object", "required": ["tenant"],
            "properties": { "tenant": { "type": "string" }, "kind": { "type": "string" }, "subject": { "type": "string" },
                "title": { "type": "string" }, "viewContext": { "type": "string" } },
        });
        let body = json!({ "content": { "application/json": { "schema": schema } } });
        document["paths"]["/api/v2/hubs/{hub}/widgets/{name}"]["put"]["requestBody"] = body;
        let body = json!({ "content": { "application/json": { "schema": { "type": "object", "required": ["hubId"],
            "properties": { "hubId": { "type": "string" } } } } } });
        document["paths"]["/api/v2/hubs/{hub}/manifests"]["post"]["requestBody"] = body;
    };
    let lose = |document: &mut Value| {
        let paths = document["paths"].as_object_mut().expect("paths");
        paths.remove("/api/v2/hubs/{hub}/manifests/{version}/activation");
    };
    let manifest = committed().display().to_string();
    for (change, words) in [
        (
            require as fn(&mut Value),
            vec!["write-widget: request field 'tenant'", "requires 'hubId', which is not sent"],
        ),
        (lose, vec!["activate-manifest: the hub's API has no operation activateManifest"]),
    ] {
        let proxy = Proxy::start(hub.url(), Fault::Document(change));
        let output = through(&hub, &proxy, &["register", "--yes", "--manifest", &manifest]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        for words in words {
            assert!(joined(&output).contains(words), "'{words}' is not in {}", joined(&output));
        }
        assert_eq!(proxy.writes(), Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_nothing_but_a_list_is_read() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let proxy = Proxy::start(hub.url(), Fault::Bare("/widgets"));
    let report = report(&through(&hub, &proxy, &["doctor", "--format", "json"]));
    assert_eq!(check(&report, "15 widgets").0, "found");
    let proxy = Proxy::start(hub.url(), Fault::None);
    let own = fs::read_to_string(committed().with_file_name("hub-mapping.toml")).expect("the mapping");
    let mapping = hub.folder.path().join("mapping.toml");
    fs::write(&mapping, own.replace("items = \"items\"", "items = \"data\"")).expect("written");
    let output = through(&hub, &proxy, &["retire", "--all", "--dry-run", "--mapping", &mapping.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(joined(&output).contains("the answer is no list, nor one in 'data'"), "{}", stderr(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_in_numbered_pages_is_read_to_its_end() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let own = fs::read_to_string(committed().with_file_name("hub-mapping.toml")).expect("the mapping");
    let (before, after) = own.split_once("[operations.list-widgets]").expect("the operation");
    let numbered = after.replacen("items = \"items\"\nnext = \"next\"", "items = \"data\"\nnext = \"page\"", 1);
    let mapping = hub.folder.path().join("mapping.toml");
    let with = |operation: &str| {
        fs::write(&mapping, format!("{before}[operations.list-widgets]{operation}")).expect("written");
        let proxy = Proxy::start(hub.url(), Fault::Numbered("/widgets"));
        let mapping = mapping.display().to_string();
        through(&hub, &proxy, &["doctor", "--format", "json", "--mapping", &mapping])
    };
    assert_eq!(check(&report(&with(&numbered)), "15 widgets").0, "found");
    // Half a list is not taken for the whole.
    let output = with(&numbered.replacen("next = \"page\"", "", 1));
    assert_eq!(output.status.code(), Some(1));
    assert!(joined(&output).contains("the hub gave 4 of 15 and has more"), "{}", stderr(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_is_optional_is_done_without() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let change = |document: &mut Value| {
        document["paths"].as_object_mut().expect("paths").remove("/api/v2/hubs/{hub}/catalog");
    };
    let proxy = Proxy::start(hub.url(), Fault::Document(change));
    let own = fs::read_to_string(committed().with_file_name("hub-mapping.toml")).expect("the mapping");
    let optional = own
        .replace("ids = [\"getCatalog\"]", "ids = [\"getCatalog\"]\noptional = true")
        .replace("ids = [\"putCatalog\"]", "ids = [\"putCatalog\"]\noptional = true");
    let mapping = hub.folder.path().join("mapping.toml");
    fs::write(&mapping, optional).expect("written");
    let mapping = mapping.display().to_string();
    let report = report(&through(&hub, &proxy, &["doctor", "--format", "json", "--mapping", &mapping]));
    assert_eq!(check(&report, "catalog").0, "note");
    let manifest = committed().display().to_string();
    stdout(&through(&hub, &proxy, &["register", "--yes", "--manifest", &manifest, "--mapping", &mapping]));
    // A catalog is given, and the hub takes none: nothing is begun.
    let mut command = hub.registration(&committed(), &own_inventory(), &["--mapping", &mapping]);
    let output = command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(joined(&output).contains("no operation putCatalog"), "{}", stderr(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_names_the_widgets_whose_subject_goes() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let before = state::of(&hub, "ops-hub").await;
    let folder = hub.folder.path();
    let catalog = folder.join("other.json");
    let source = json!({ "file": "x", "title": "", "date": "", "sha256": "", "lines": 0 });
    fs::write(&catalog, json!({ "schema": 1, "source": source }).to_string()).expect("written");
    let mut command = hub.command(&["register", "--dry-run", "--format", "json", "--manifest"]);
    let output = command.arg(committed()).arg("--catalog").arg(&catalog).output().expect("the program runs");
    let plan: Value = serde_json::from_str(&stdout(&output)).expect("a plan");
    let changes = plan["plan"].as_array().expect("changes");
    let of_catalog = changes.iter().find(|change| change["kind"] == "catalog").expect("the catalog");
    let details = of_catalog["details"].to_string();
    assert!(details.contains("widgets whose subject it takes away: "), "{details}");
    assert!(details.contains("ops-endpoint-gitea-registry (endpoint:gitea-oci-registry)"), "{details}");
    assert_eq!(state::of(&hub, "ops-hub").await, before, "a dry run changes nothing");
}
