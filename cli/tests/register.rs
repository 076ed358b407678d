//! `ops-hub serve`, `register`, `rollback` and `retire` as their users run them.
#![allow(clippy::expect_used)]

mod support;

use std::{
    fs,
    process::{Output, Stdio},
};

use serde_json::Value;
use support::{
    bundle,
    hub::{Hub, committed},
    joined, ops_hub, own_inventory,
    proxy::{Fault, Proxy},
    state, stderr, stdout,
};

/// The lines of a plan: action, kind and name.
fn lines(said: &str) -> Vec<String> {
    let actions = ["create", "change", "activate", "restore", "retire", "leave"];
    let words = said.lines().map(|line| line.split_whitespace().take(3).collect::<Vec<_>>());
    words
        .filter(|words| words.first().is_some_and(|word| actions.contains(word)))
        .map(|words| words.join(" "))
        .collect()
}

/// Those that are not to be left.
fn changes(output: &Output) -> Vec<String> {
    let all = lines(&String::from_utf8_lossy(&output.stdout));
    all.into_iter().filter(|line| !line.starts_with("leave ")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_does_what_is_missing_and_then_writes_nothing() {
    let hub = Hub::start();
    let would = hub.register(&committed(), &["--dry-run", "--exit-code"]);
    assert_eq!(would.status.code(), Some(2), "{}", stderr(&would));
    assert_eq!(changes(&would).iter().filter(|line| line.starts_with("create widget ")).count(), 15);
    assert_eq!(state::items(&hub.get("/api/v2/hubs").await).count(), 0, "a dry run writes nothing");

    let did = hub.register(&committed(), &[]);
    assert!(stdout(&did).contains("done and read back, 19 writes"), "{}", stdout(&did));
    let plan = changes(&did);
    assert_eq!(plan.len(), 19, "{plan:#?}");
    assert_eq!(
        plan[..3],
        ["create hub ops-hub", "create manifest ops-hub-widgets", "activate manifest ops-hub-widgets"]
    );

    let audit = hub.get("/api/v2/hubs/ops-hub/audit").await;
    let proxy = Proxy::start(hub.url(), Fault::None);
    let mut again = hub.registration(&committed(), &own_inventory(), &[]);
    let again = again.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    assert!(stdout(&again).contains("nothing to do"), "{}", stdout(&again));
    assert_eq!((proxy.writes(), proxy.requests()), (Vec::new(), 5), "the document and four readings");
    assert_eq!(hub.get("/api/v2/hubs/ops-hub/audit").await, audit);
    assert_eq!(hub.register(&committed(), &["--dry-run", "--exit-code"]).status.code(), Some(0));

    // One title changes: a new manifest, and that widget, with the words of the difference.
    let changed =
        state::manifest(hub.folder.path(), "changed.json", |m| m["widgets"][0]["title"] = "Workstation".into());
    let did = hub.register(&changed, &[]);
    assert_eq!(
        changes(&did),
        ["create manifest ops-hub-widgets", "activate manifest ops-hub-widgets", "change widget ops-env-local"]
    );
    assert!(stdout(&did).contains("title: Local → Workstation"), "{}", stdout(&did));
}

#[test]
fn a_plan_as_json_says_what_is_done_to_each_thing() {
    let hub = Hub::start();
    let manifest = bundle::write(&hub.folder.path().join("bundle"));
    let asks = hub.registration(&manifest, &own_inventory(), &["--dry-run"]).args(["--format", "json"]).output();
    let plan: Value = serde_json::from_slice(&asks.expect("the program runs").stdout).expect("JSON");
    assert_eq!(plan["outcome"], "planned");
    let of = |plan: &Value, kind: &str, action: &str| {
        let plan = plan["plan"].as_array().expect("a plan").iter();
        plan.filter(|change| change["kind"] == kind && change["action"] == action).count()
    };
    assert_eq!((of(&plan, "widget", "create"), of(&plan, "file", "create")), (15, 4));
    stdout(&hub.register(&manifest, &["--format", "json"]));
    let settled = stdout(&hub.register(&manifest, &["--format", "json"]));
    let settled: Value = serde_json::from_str(&settled).expect("one document");
    assert_eq!(settled["outcome"], "nothing-to-do");
    assert_eq!((of(&settled, "widget", "leave"), of(&settled, "file", "leave")), (15, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_keeps_identifiers_and_events_and_a_rollback_takes_it_back() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let before = state::of(&hub, "ops-hub").await;
    let ids = state::ids(&hub, "ops-hub").await;
    assert_eq!(hub.run(&["verify", "--timeout", "1000", "state-hub-api"]).status.code(), Some(2));
    let events = hub.events().await;
    assert_eq!(events.len(), 1);

    // One widget goes, one comes, one changes.
    let newer = state::manifest(hub.folder.path(), "newer.json", |manifest| {
        manifest["extension"]["version"] = "0.2.0".into();
        let widgets = manifest["widgets"].as_array_mut().expect("widgets");
        widgets[0]["title"] = "Workstation".into();
        let mut added = widgets[1].clone();
        added["name"] = "ops-env-second".into();
        widgets.retain(|widget| widget["name"] != "ops-service-inter-hub");
        widgets.push(added);
    });
    let up = hub.register(&newer, &[]);
    assert_eq!(
        changes(&up),
        [
            "create manifest ops-hub-widgets",
            "activate manifest ops-hub-widgets",
            "change widget ops-env-local",
            "create widget ops-env-second",
            "retire widget ops-service-inter-hub"
        ],
        "{}",
        stderr(&up)
    );
    let after = state::ids(&hub, "ops-hub").await;
    assert!(ids.iter().all(|(name, id)| after[name] == *id), "an identifier has changed");
    assert_eq!(hub.events().await, events);

    let down = hub.register(&committed(), &[]);
    assert_eq!(down.status.code(), Some(1));
    assert!(
        joined(&down).contains("0.2.0 is active, and 0.1.0 is older") && joined(&down).contains("ops-hub rollback")
    );

    let back = hub.run(&["rollback", "--yes"]);
    assert_eq!(
        changes(&back),
        [
            "activate manifest ops-hub-widgets",
            "change widget ops-env-local",
            "restore widget ops-service-inter-hub",
            "retire widget ops-env-second"
        ],
        "{}",
        stderr(&back)
    );
    let now = state::of(&hub, "ops-hub").await;
    assert_eq!((&now["active"], &now["catalog"]), (&before["active"], &before["catalog"]));
    assert_eq!(hub.events().await, events);
    let again = state::ids(&hub, "ops-hub").await;
    assert_eq!(again, after, "what was retired and restored has its identifier");
    assert!(joined(&hub.run(&["rollback", "--yes"])).contains("no version before 0.1.0 was active"));
    assert!(joined(&hub.run(&["rollback", "--yes", "--to", "0.9.0"])).contains("never had 0.9.0 active"));
    stdout(&hub.run(&["rollback", "--yes", "--to", "0.2.0"]));
    assert_eq!(state::of(&hub, "ops-hub").await["active"]["extension"]["version"], "0.2.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_widget_keeps_its_events_and_comes_back() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let ids = state::ids(&hub, "ops-hub").await;
    hub.run(&["verify", "--timeout", "1000", "state-hub-api"]);
    assert_eq!(hub.events().await.len(), 1);
    // Recorded on the service catalog: the endpoint has no widget of its own.
    let out = hub.run(&["retire", "ops-service-catalog", "--yes"]);
    assert_eq!(changes(&out), ["retire widget ops-service-catalog"], "{}", stderr(&out));
    assert_eq!(hub.events().await.len(), 1);
    assert!(stdout(&hub.run(&["retire", "ops-service-catalog", "--yes"])).contains("nothing to do"));
    let blocked = hub.run(&["verify", "--timeout", "1000", "state-hub-api"]);
    assert_eq!(blocked.status.code(), Some(1), "{}", stderr(&blocked));
    assert!(stderr(&blocked).contains("no widget of the hub accepts"), "{}", stderr(&blocked));

    assert_eq!(changes(&hub.register(&committed(), &[])), ["restore widget ops-service-catalog"]);
    assert_eq!(state::ids(&hub, "ops-hub").await, ids);
    let unknown = hub.run(&["retire", "ops-nothing", "--yes"]);
    assert!(joined(&unknown).contains("the hub has no widget 'ops-nothing'"), "{}", joined(&unknown));
    stdout(&hub.run(&["retire", "--all", "--yes"]));
    let left = state::of(&hub, "ops-hub").await;
    assert!(left["widgets"].as_array().expect("widgets").iter().all(|widget| widget["state"] == "retired"));
}

#[test]
fn without_yes_and_without_a_terminal_nothing_is_written() {
    let hub = Hub::start();
    let mut command = hub.command(&["register", "--manifest"]);
    let output = command.arg(committed()).stdin(Stdio::null()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("--yes applies the plan without asking"), "{}", stderr(&output));
    assert_eq!(changes(&output).len(), 18, "the plan is shown all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_cannot_retire_keeps_the_widget_and_says_so() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let proxy = Proxy::start(
        hub.url(),
        Fault::Document(|document| {
            for path in document["paths"].as_object_mut().expect("paths").values_mut() {
                path.as_object_mut().expect("operations").remove("delete");
            }
        }),
    );
    let fewer = state::manifest(hub.folder.path(), "fewer.json", |manifest| {
        manifest["extension"]["version"] = "0.2.0".into();
        let widgets = manifest["widgets"].as_array_mut().expect("widgets");
        widgets.retain(|widget| widget["name"] != "ops-service-inter-hub");
    });
    let mut command = hub.registration(&fewer, &own_inventory(), &[]);
    let output = command.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    let said = stdout(&output);
    assert!(said.contains("ops-service-inter-hub") && said.contains("this hub cannot retire widgets"), "{said}");
    let mut retire = hub.command(&["retire", "--all", "--yes"]);
    let refused = retire.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    assert_eq!(refused.status.code(), Some(1));
    assert!(joined(&refused).contains("this hub cannot retire widgets"), "{}", joined(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_widgets_than_a_page_of_the_hub_holds_are_registered_once() {
    let hub = Hub::start();
    let many = state::manifest(hub.folder.path(), "many.json", |manifest| {
        let widgets = manifest["widgets"].as_array_mut().expect("widgets");
        let first = widgets[0].clone();
        widgets.extend((0..600).map(|number| {
            let mut widget = first.clone();
            widget["name"] = format!("ops-env-{number}").into();
            widget
        }));
    });
    assert!(stdout(&hub.register(&many, &[])).contains("619 writes"));
    let proxy = Proxy::start(hub.url(), Fault::None);
    let mut again = hub.registration(&many, &own_inventory(), &[]);
    let again = again.env("OPS_HUB_URL", proxy.url()).output().expect("the program runs");
    assert!(stdout(&again).contains("nothing to do"), "{}", stdout(&again));
    assert_eq!((proxy.writes().len(), proxy.requests()), (0, 6), "the widgets come in two pages");
}

#[test]
fn a_reader_that_goes_away_does_not_stop_what_is_under_way() {
    let hub = Hub::start();
    let mut command = hub.registration(&committed(), &own_inventory(), &[]);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    drop((process.stdout.take(), process.stderr.take()));
    assert_eq!(process.wait().expect("it ends").code(), Some(0));
    assert!(stdout(&hub.register(&committed(), &[])).contains("nothing to do"));
}

#[test]
fn what_stands_in_the_way_is_named_with_its_cure() {
    let hub = Hub::start();
    let broken = state::manifest(hub.folder.path(), "broken.json", |m| m["widgets"][3]["kind"] = "planet".into());
    let refused = hub.register(&broken, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(joined(&refused).contains("#/widgets/3/kind: 'planet' is not one of the kinds"), "{}", joined(&refused));

    let far = state::manifest(hub.folder.path(), "far.json", |m| m["extension"]["hubApi"] = ">=3".into());
    let refused = joined(&hub.register(&far, &[]));
    assert!(refused.contains("this extension works with '>=3'"), "{refused}");
    assert!(refused.contains("use a version of the extension that is made for this hub"), "{refused}");

    stdout(&hub.register(&committed(), &[]));
    let other = state::manifest(hub.folder.path(), "other.json", |m| m["extension"]["name"] = "another".into());
    let refused = joined(&hub.register(&other, &[]));
    assert!(refused.contains("the active manifest is that of another extension, 'ops-hub-widgets'"), "{refused}");

    let ends = |url: &str, token: &str, code: i32| {
        let mut command = ops_hub();
        command.args(["register", "--yes", "--retries", "0", "--hub", url, "--manifest"]).arg(committed());
        let output = command.env("OPS_HUB_TOKEN", token).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(code));
        joined(&output)
    };
    let run = |url: &str, token: &str| ends(url, token, 1);
    let url = hub.url();
    assert!(run(url, "wrong").contains("make a new one"), "{}", run(url, "wrong"));
    assert!(run(url, "").contains("OPS_HUB_TOKEN"), "{}", run(url, ""));
    assert!(run("http://hub.example", "x").contains("clear text"));
    let nobody = ends("http://127.0.0.1:1", "x", 4);
    assert!(nobody.contains("cannot reach http://127.0.0.1:1/") && nobody.contains("is the hub running"), "{nobody}");
    let refused = ops_hub().args(["register", "--token", "secret"]).output().expect("the program runs");
    assert_eq!(refused.status.code(), Some(64), "a token is no argument");
}

#[test]
fn a_taken_port_is_said_in_one_line() {
    let hub = Hub::start();
    let address = hub.url().trim_start_matches("http://").to_owned();
    let db = hub.folder.path().join("other.sqlite");
    let output = ops_hub().args(["serve", "--listen", &address, "--db"]).arg(db).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(joined(&output).contains("is taken") && joined(&output).contains("--listen"), "{}", joined(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_for_hand_work_makes_a_hub_that_the_check_approves() {
    let hub = Hub::start();
    let manifest = bundle::write(&hub.folder.path().join("bundle"));
    let folder = hub.folder.path().join("offline");
    let catalog = hub.folder.path().join("catalog.json");
    // The catalog is imported, and no hub is asked.
    stdout(&hub.register(&manifest, &["--dry-run"]));
    let mut command = ops_hub();
    command.args(["register", "--hub", hub.url(), "--offline"]).arg(&folder).arg("--manifest").arg(&manifest);
    stdout(&command.arg("--catalog").arg(&catalog).env_remove("OPS_HUB_TOKEN").output().expect("the program runs"));
    let guide = fs::read_to_string(folder.join("guide.md")).expect("the guide");
    assert!(guide.contains(&format!("1. Sign in at {}/NewSession.", hub.url())), "{guide}");

    // What the guide says, entered as it stands there.
    let rows = |columns: usize| {
        let rows = guide.lines().filter_map(|line| line.trim().strip_prefix("| `"));
        let cells = |row: &str| {
            let row = format!("`{}", row.trim_end_matches('|').trim_end());
            row.split(" | ").map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>()
        };
        rows.map(cells).filter(|cells| cells.len() == columns).collect::<Vec<_>>()
    };
    let client = reqwest::Client::new();
    let send = async |method: reqwest::Method, path: &str, body: Value| {
        let request = client.request(method, format!("{}/api/v2/hubs/ops-hub{path}", hub.url()));
        let answer = request.bearer_auth(hub.token()).json(&body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.expect("words"));
    };
    use reqwest::Method;
    let read = |name: &str| serde_json::from_slice(&fs::read(folder.join(name)).expect("the file")).expect("JSON");
    let identity: serde_json::Map<String, Value> =
        rows(2).into_iter().take(5).map(|row| (row[0].clone(), row[1].clone().into())).collect();
    send(Method::PUT, "", identity.into()).await;
    send(Method::POST, "/manifests", read("manifest.json")).await;
    let version = env!("CARGO_PKG_VERSION");
    assert!(guide.contains(&format!("5. Activate version {version}.")), "{guide}");
    send(Method::POST, &format!("/manifests/{version}/activation"), Value::Null).await;
    let widgets = rows(5);
    assert_eq!(widgets.len(), 15, "{guide}");
    for row in widgets {
        let mut body = serde_json::json!({ "kind": row[1], "title": row[3], "viewContext": row[4] });
        if !row[2].is_empty() {
            body["subject"] = row[2].clone().into();
        }
        send(Method::PUT, &format!("/widgets/{}", row[0]), body).await;
    }
    send(Method::PUT, "/catalog", read("catalog.json")).await;

    let program = std::path::Path::new(env!("CARGO_BIN_EXE_ops-hub")).parent().expect("its folder");
    let mut check = std::process::Command::new("sh");
    check.arg(folder.join("check.sh")).env("OPS_HUB_TOKEN", hub.token()).env("PATH", program);
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a PATH"));
    let checked = check.env("PATH", path).output().expect("the check runs");
    assert!(stdout(&checked).contains("0 not in order"), "{}", stdout(&checked));
    assert!(stdout(&hub.register(&manifest, &[])).contains("nothing to do"));
}
