//! `ops-hub check` on the project's own files, and on files with everything wrong at once.
#![allow(clippy::expect_used)]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::{Value, json};
use support::{hub::committed, ops_hub, own_inventory, stderr, stdout};
use tempfile::TempDir;

/// Files with a change each.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let files = Self(tempfile::tempdir().expect("a folder"));
        files.write("inventory.md", &own_inventory());
        let output =
            ops_hub().current_dir(files.0.path()).args(["import", "inventory.md", "-o", "catalog.json"]).output();
        assert!(output.expect("the program runs").status.success());
        files.write("manifest.json", &fs::read_to_string(committed()).expect("the manifest"));
        files.write("mapping.toml", &fs::read_to_string(mapping()).expect("the mapping"));
        files
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("the file")
    }

    /// Changes a text in a file; it has to be there.
    fn change(&self, name: &str, from: &str, to: &str) -> usize {
        let text = self.read(name);
        let at = text.find(from).expect("what is changed is there");
        self.write(name, &text.replacen(from, to, 1));
        text[..at].matches('\n').count() + 1
    }

    fn check(&self, arguments: &[&str]) -> Output {
        ops_hub().current_dir(self.0.path()).arg("check").args(arguments).output().expect("the program runs")
    }

    /// The findings, as `file:line rule`.
    fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.check(&[arguments, &["--format", "json"]].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| Value::String(stderr(&output)));
        let one = |found: &Value| {
            let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
            format!("{}:{} {}", text("file"), found["line"], text("rule"))
        };
        report["findings"].as_array().expect("findings").iter().map(one).collect()
    }
}

fn mapping() -> PathBuf {
    committed().with_file_name("hub-mapping.toml")
}

const ALL: [&str; 8] = [
    "--inventory",
    "inventory.md",
    "--catalog",
    "catalog.json",
    "--manifest",
    "manifest.json",
    "--mapping",
    "mapping.toml",
];

#[test]
fn the_projects_own_files_are_sound() {
    let files = Files::new();
    let output = files.check(&ALL);
    let said = stdout(&output);
    assert!(said.contains("0 errors, "), "{said}");
    // What the importer could not place stands there with its place.
    assert!(said.contains("inventory.md:69:15: warning[unplaced]: 'live public endpoint'"), "{said}");
    assert_eq!(files.check(&[&ALL[..], &["--deny-warnings"]].concat()).status.code(), Some(2));
    assert_eq!(files.check(&["--mapping", "mapping.toml"]).status.code(), Some(0));
    assert_eq!(files.check(&[]).status.code(), Some(64), "nothing to check");
    let missing = files.check(&["--manifest", "nothing.json"]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn all_that_is_wrong_is_named_at_once_with_file_and_line() {
    let files = Files::new();
    let name = files.change("manifest.json", "\"ops-env-coulombcore\"", "\"ops-env-local\"");
    let subject = files.change("manifest.json", "\"environment:railiance01\"", "\"environment:railiance02\"");
    let kind = files.change("manifest.json", "\"kind\": \"host\"", "\"kind\": \"planet\"");
    let range = files.change("manifest.json", "\">=2.", "\"two.");
    let relation = files.change("catalog.json", "\"from\": \"host:coulombcore\"", "\"from\": \"host:coulombcure\"");
    let status = files.change("catalog.json", "\"value\": \"401\"", "\"value\": \"401 or so\"");
    let unknown = files.change("catalog.json", "\"title\": \"Gitea\"", "\"titel\": \"Gitea\"");
    let method = files.change("mapping.toml", "method = \"PUT\"", "method = \"POST\"");
    let ids = files.change("mapping.toml", "[\"listWidgets\"]", "[\"widgets\"]");
    let found =
        files.findings(&["--catalog", "catalog.json", "--manifest", "manifest.json", "--mapping", "mapping.toml"]);
    let has = |wanted: String| assert!(found.contains(&wanted), "'{wanted}' is not in {found:#?}");
    has(format!("manifest.json:{name} duplicate-name"));
    has(format!("manifest.json:{kind} unknown-reference"));
    has(format!("manifest.json:{range} version"));
    has(format!("catalog.json:{unknown} schema"));
    has(format!("mapping.toml:{ids} operation-missing"));
    // The operation's table starts some lines above its method.
    assert!(found.iter().any(|found| found.ends_with(" operation-different")), "{found:#?} {method}");

    // Without the broken title the catalog can be read, and its references are looked at.
    files.change("catalog.json", "\"titel\": \"Gitea\"", "\"title\": \"Gitea\"");
    let found = files.findings(&["--catalog", "catalog.json", "--manifest", "manifest.json"]);
    let has = |wanted: String| assert!(found.contains(&wanted), "'{wanted}' is not in {found:#?}");
    has(format!("manifest.json:{subject} widget-subject"));
    has(format!("catalog.json:{relation} unknown-reference"));
    has(format!("catalog.json:{status} endpoint"));
    assert!(
        found.iter().any(|found| found.ends_with(" widget-missing")),
        "one that the inventory asks for: {found:#?}"
    );
}

#[test]
fn a_broken_syntax_is_shown_at_its_column() {
    let files = Files::new();
    files.write("manifest.json", "{\n  \"hub\": {\"a\": 1, \"a\": 2},\n  \"ä\": oh\n}\n");
    files.write("mapping.toml", "document = \"/x\"\npages = {\nfoo = = 1\n");
    files.write("inventory.md", &own_inventory().replacen("| `local` | Workstation", "| `local` Workstation", 1));
    let said =
        files.check(&["--manifest", "manifest.json", "--mapping", "mapping.toml", "--inventory", "inventory.md"]);
    assert_eq!(said.status.code(), Some(2));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("manifest.json:3:8: error[syntax]: not JSON: expected"), "{said}");
    assert!(said.contains("mapping.toml:3:7: error[syntax]: not TOML:"), "{said}");
    assert!(said.contains("inventory.md:") && said.contains("error[syntax]:"), "{said}");
    files.write("manifest.json", "{\n  \"hub\": {\"a\": 1, \"a\": 2}\n}\n");
    let found = files.findings(&["--manifest", "manifest.json"]);
    assert!(found.contains(&"manifest.json:2 duplicate-key".to_owned()), "{found:#?}");
}

#[test]
fn gates_and_gaps_without_an_event_type_and_entities_that_nothing_leads_to_are_named() {
    let files = Files::new();
    let mut manifest: Value = serde_json::from_str(&files.read("manifest.json")).expect("JSON");
    let types = manifest["eventTypes"].as_array_mut().expect("types");
    types.retain(|kind| kind["name"] != "ops-readiness-gate-assessed");
    for kind in manifest["kinds"].as_array_mut().expect("kinds") {
        kind["accepts"].as_array_mut().expect("a list").retain(|name| name != "ops-readiness-gate-assessed");
    }
    files.write("manifest.json", &manifest.to_string());
    let found = files.findings(&["--inventory", "inventory.md", "--manifest", "manifest.json"]);
    // At the inventory's own lines: the gates of Gitea stand in its row.
    assert_eq!(
        found.iter().filter(|found| *found == "inventory.md:65 gate-without-event-type").count(),
        7,
        "{found:#?}"
    );
    assert!(found.iter().any(|found| found.ends_with(" gap-without-event-type")), "{found:#?}");
    assert!(found.contains(&"inventory.md:70 unreachable-entity".to_owned()), "{found:#?}");
    // The inventory goes on, the catalog does not.
    files.write("inventory.md", &format!("{}\nOne more line.\n", own_inventory()));
    let found = files.findings(&["--inventory", "inventory.md", "--catalog", "catalog.json"]);
    assert!(found.iter().any(|found| found.ends_with(" stale-catalog")), "{found:#?}");
}

#[test]
fn samples_of_events_are_judged_by_their_types() {
    let files = Files::new();
    let sound = json!({
        "widget": "ops-endpoint-gitea-registry", "eventType": "ops-endpoint-verified",
        "metadata": {
            "vsmFunction": "OPS", "vsmSystem": "S1", "endpoint": "https://gitea.coulomb.social/v2/",
            "expectedStatus": 401, "observedStatus": 401, "subject": "endpoint:gitea-oci-registry"
        }
    });
    let with = |change: fn(&mut Value)| {
        let mut event = sound.clone();
        change(&mut event);
        event
    };
    let lines = [
        sound.clone(),
        with(|event| event["eventType"] = "ops-nothing".into()),
        with(|event| event["metadata"]["expectedStatus"] = "401".into()),
        with(|event| event["metadata"]["subject"] = "host:coulombcore".into()),
        with(|event| event["metadata"]["subject"] = "endpoint:nowhere".into()),
        with(|event| event["widget"] = "ops-host-coulombcore".into()),
    ];
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    files.write("events.jsonl", &format!("{text}not JSON\n"));
    let arguments = ["--manifest", "manifest.json", "--catalog", "catalog.json", "--events", "events.jsonl"];
    let found = files.findings(&arguments);
    let of_events: Vec<&str> = found.iter().filter_map(|found| found.strip_prefix("events.jsonl:")).collect();
    assert_eq!(
        of_events,
        ["2 event-type", "3 event-metadata", "4 event-subject", "5 event-subject", "6 event-widget", "7 syntax"]
    );
    files.write("events.json", &json!({ "items": lines }).to_string());
    let arguments = ["--manifest", "manifest.json", "--events", "events.json"];
    assert_eq!(files.findings(&arguments).iter().filter(|found| found.starts_with("events.json:")).count(), 4);
    files.write("events.json", &sound.to_string());
    assert_eq!(files.check(&arguments).status.code(), Some(0));
}

#[test]
fn sarif_has_every_finding_with_its_rule_and_region() {
    let files = Files::new();
    let line = files.change("manifest.json", "\"kind\": \"host\"", "\"kind\": \"planet\"");
    let output = files.check(&[&ALL[..], &["--format", "sarif"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == "unknown-reference").expect("the result");
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "unknown-reference");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
        (&json!("manifest.json"), &json!(line))
    );
    assert_eq!((&result["level"], &run["columnKind"]), (&json!("error"), &json!("unicodeCodePoints")));
    assert!(results.iter().any(|result| result["level"] == "warning"));
}

#[test]
fn another_hubs_document_is_compared_with_its_mapping() {
    let files = Files::new();
    let contract = committed().with_file_name("inter-hub.openapi.json");
    let text = fs::read_to_string(contract).expect("the contract").replace("\"listWidgets\"", "\"widgets_index\"");
    files.write("openapi.json", &text);
    let arguments = ["--mapping", "mapping.toml", "--openapi", "openapi.json"];
    let found = files.findings(&arguments);
    assert!(found.len() == 1 && found[0].ends_with("operation-missing"), "{found:#?}");
    files.change("mapping.toml", "\"listWidgets\"", "\"listWidgets\", \"widgets_index\"");
    assert_eq!(files.findings(&arguments), Vec::<String>::new());
}

#[test]
fn what_is_wrong_in_the_manifests_source_is_shown_where_it_is_written() {
    let files = Files::new();
    fs::create_dir(files.0.path().join("events")).expect("a folder");
    let folder = committed().parent().expect("its folder").to_owned();
    for entry in fs::read_dir(folder.join("events")).expect("the schemas") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), files.0.path().join("events").join(entry.file_name())).expect("copied");
    }
    for name in ["ops-hub.toml", "inter-hub.openapi.json"] {
        fs::copy(folder.join(name), files.0.path().join(name)).expect("copied");
    }
    let arguments = ["--manifest", "ops-hub.toml", "--catalog", "catalog.json"];
    assert_eq!(files.check(&arguments).status.code(), Some(0));
    let kind = files.change("ops-hub.toml", "kind = \"host\"", "kind = \"planet\"");
    let subject = files.change("ops-hub.toml", "\"environment:railiance01\"", "\"environment:nowhere\"");
    let field = files.change("ops-hub.toml", "equals_field = \"expectedHeader\"", "equals_field = \"expected\"");
    let found = files.findings(&arguments);
    for wanted in [
        format!("ops-hub.toml:{kind} unknown-reference"),
        format!("ops-hub.toml:{subject} widget-subject"),
        format!("ops-hub.toml:{field} unknown-reference"),
    ] {
        assert!(found.contains(&wanted), "'{wanted}' is not in {found:#?}");
    }
    let claim = files.change("ops-hub.toml", "claim = \"backup\"", "claim = \"luck\"");
    assert_eq!(files.findings(&["--manifest", "ops-hub.toml"]), [format!("ops-hub.toml:{claim} schema")]);
}

/// `register`, `verify` and `doctor`, and the browser too, find operations by the hub's document.
#[test]
fn no_other_place_than_mapping_and_contract_names_a_path_of_the_api() {
    let mut open: Vec<PathBuf> = ["src", "../src", "../widgets/src"].map(own).to_vec();
    let mut looked_at = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("a source");
                assert!(!text.contains("/api/"), "{} names a path of the API", path.display());
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} sources were found");
}

fn own(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man");
    let run = |arguments: &[&str]| stdout(&ops_hub().args(arguments).output().expect("the program runs"));
    run(&["man", "--output", &pages.display().to_string()]);
    for command in ["check", "register", "rollback", "retire", "doctor", "verify", "outbox", "import", "serve"] {
        assert!(Path::new(&pages).join(format!("ops-hub-{command}.1")).exists(), "no page of {command}");
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            assert!(run(&["completions", shell]).contains(command), "{command} in {shell}");
        }
    }
    let help = run(&["register", "--help"]);
    for words in ["--dry-run", "--offline", "Exit codes:", "an operator enters by hand"] {
        assert!(help.contains(words), "'{words}' is not in {help}");
    }
    assert!(run(&["man"]).contains(".TH ops-hub 1"));
}
