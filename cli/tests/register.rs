//! `ops-hub serve` and `ops-hub register` as their users run them.
#![allow(clippy::expect_used)]

mod support;

use std::fs;

use serde_json::Value;
use support::{
    hub::{Hub, committed},
    joined, ops_hub, stdout,
};

#[test]
fn registering_does_what_is_missing_and_then_nothing() {
    let hub = Hub::start();
    let would = stdout(&hub.register(&committed(), &["--dry-run"]));
    assert!(would.contains("would create hub ops-hub"), "{would}");
    assert_eq!(would.lines().filter(|line| line.contains("create widget")).count(), 15);

    let did = stdout(&hub.register(&committed(), &[]));
    assert_eq!(did.lines().filter(|line| line.starts_with("will ")).count(), 19, "{did}");
    assert!(did.contains("done, 19 of 19 steps"), "{did}");
    assert!(stdout(&hub.register(&committed(), &[])).contains("nothing to do"));

    // One title changes: a new manifest, and that widget.
    let mut manifest: Value = serde_json::from_slice(&fs::read(committed()).expect("the manifest")).expect("JSON");
    manifest["widgets"][0]["title"] = "Workstation".into();
    let changed = hub.folder.path().join("manifest.json");
    fs::write(&changed, manifest.to_string()).expect("written");
    let did = stdout(&hub.register(&changed, &[]));
    let steps: Vec<&str> = did.lines().filter(|line| line.starts_with("will ")).collect();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        steps,
        [
            format!("will create manifest {version} as a draft"),
            format!("will activate manifest {version}"),
            "will change widget ops-env-local".to_owned()
        ]
    );
}

#[test]
fn what_stands_in_the_way_is_named_with_its_cure() {
    let hub = Hub::start();
    let broken = hub.folder.path().join("broken.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(committed()).expect("the manifest")).expect("JSON");
    manifest["widgets"][3]["kind"] = "planet".into();
    fs::write(&broken, manifest.to_string()).expect("written");
    let refused = hub.register(&broken, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(joined(&refused).contains("#/widgets/3/kind: 'planet' is not one of the kinds"), "{}", joined(&refused));

    manifest["widgets"][3]["kind"] = "environment".into();
    manifest["extension"]["hubApi"] = ">=3".into();
    fs::write(&broken, manifest.to_string()).expect("written");
    let refused = hub.register(&broken, &[]);
    assert!(joined(&refused).contains("has version '2.1.0'; this extension works with '>=3'"), "{}", joined(&refused));

    let ends = |url: &str, token: &str, code: i32| {
        let mut command = ops_hub();
        command.args(["register", "--retries", "0", "--hub", url, "--manifest"]).arg(committed());
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
