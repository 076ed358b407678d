//! `ops-hub manifest`: the widgets of any inventory.

use std::{fs, process::Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    Rows,
    support::{ops_hub, own_inventory, stderr, stdout},
};

/// Writes the manifest of an inventory into a folder.
fn written(text: &str) -> (TempDir, Output) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("inventory.md"), text).expect("the inventory is written");
    let output = run(&folder, &["manifest", "--inventory", "inventory.md", "-o", "manifest.json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    (folder, output)
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    ops_hub().current_dir(folder.path()).args(arguments).output().expect("the program runs")
}

/// The manifest of an inventory; `ops-hub check` finds nothing wrong with the two.
fn manifest(text: &str) -> Value {
    let (folder, _) = written(text);
    let checked = run(&folder, &["check", "--inventory", "inventory.md", "--manifest", "manifest.json"]);
    assert!(stdout(&checked).contains("0 errors"), "{checked:?}");
    let file = fs::read(folder.path().join("manifest.json")).expect("the manifest");
    serde_json::from_slice(&file).expect("JSON")
}

#[test]
fn the_manifest_of_the_own_inventory_is_the_own_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../manifest/ops-hub.manifest.json");
    let own: Value = serde_json::from_slice(&fs::read(path).expect("the manifest")).expect("JSON");
    assert_eq!(manifest(&own_inventory()), own);
}

#[test]
fn an_inventory_without_a_list_has_a_widget_for_each_entity() {
    let rows = Rows {
        hosts: "| `heron` | `prod` | `10.0.0.1` | x | |\n",
        services: "| Wiki | `prod` | `r` | Up. | |\n| docs/Wiki_2 | `prod` | `r` | Up. | |\n\
                   | 监控 | `prod` | `r` | Up. | |\n",
        endpoints: "| `https://wiki.example/` | Wiki web | `prod` | Up | |\n",
        ..Rows::default()
    };
    let manifest = manifest(&rows.text().replace("| Hub | `ops-hub` |", "| Hub | `our-hub` |"));
    assert_eq!(manifest["hub"]["slug"], "our-hub");
    assert!(!manifest["api"].to_string().contains("/hubs/ops-hub"), "{}", manifest["api"]);
    let widgets = manifest["widgets"].as_array().expect("widgets").iter();
    let found: Vec<(&str, &str)> = widgets
        .map(|one| (one["name"].as_str().expect("a name"), one["subject"].as_str().unwrap_or_default()))
        .collect();
    for expected in [
        ("ops-env-prod", "environment:prod"),
        ("ops-host-heron", "host:heron"),
        ("ops-service-wiki", "service:wiki"),
        ("ops-service-docs-wiki-2", "service:docs-wiki-2"),
        ("ops-endpoint-wiki-web", "endpoint:wiki-web"),
        ("ops-service-catalog", ""),
        ("ops-evidence-feed", ""),
    ] {
        assert!(found.contains(&expected), "{expected:?} is not in {found:?}");
    }
    assert_eq!(found.len(), 3 + 1 + 3 + 1 + 2);
}

#[test]
fn what_the_inventory_asks_for_and_has_not_is_said() {
    let end = "## First Ops Widgets\n\n- `ops-env-prod`\n- `ops-service-nothing`\n";
    let (_folder, output) = written(&Rows { end, ..Rows::default() }.text());
    assert!(stderr(&output).contains("'ops-service-nothing'"), "{}", stderr(&output));
}
