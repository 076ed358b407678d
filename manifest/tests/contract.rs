//! The committed document of the hub's API: complete, and its version says what changed.
#![allow(clippy::expect_used)]

use std::{env, fs, path::Path};

use ops_manifest::{
    check,
    contract::{self, Contract, changes, lint},
};
use serde_json::Value;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> Contract {
    let text = fs::read_to_string(path).expect("the document");
    Contract::new(serde_json::from_str(&text).expect("JSON")).expect("OpenAPI")
}

fn committed() -> Contract {
    read(&folder().join("inter-hub.openapi.json"))
}

fn version(contract: &Contract) -> &str {
    contract.document().pointer("/info/version").and_then(Value::as_str).expect("a version")
}

#[test]
fn the_document_is_complete() {
    let findings: Vec<String> = lint::lint(committed().document()).iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn the_manifest_in_it_is_the_one_of_the_manifests_own_schema() {
    let mut schema: Value = serde_json::from_str(check::SCHEMA).expect("JSON");
    schema.as_object_mut().expect("an object").remove("$schema");
    let committed = committed();
    assert_eq!(committed.document().pointer("/components/schemas/ExtensionManifest"), Some(&schema));
}

/// A baseline is a document as it was published; the version of each later one says what it changes.
#[test]
fn its_version_says_what_changed_since_each_baseline() {
    let (now, baselines) = (committed(), folder().join("baselines"));
    if env::var_os("UPDATE_BASELINE").is_some() {
        let path = baselines.join(format!("{}.openapi.json", version(&now)));
        fs::copy(folder().join("inter-hub.openapi.json"), path).expect("the baseline is written");
    }
    let mut unsaid = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&baselines).expect("the baselines") {
        let path = entry.expect("an entry").path();
        let before = read(&path);
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        assert_eq!(name, format!("{}.openapi.json", version(&before)), "a baseline is named by its version");
        count += 1;
        let changes = changes::unsaid(&before, &now).expect("versions");
        unsaid.extend(changes.iter().map(|change| format!("since {}: {change}", version(&before))));
    }
    assert!(count > 0, "there is no baseline");
    assert!(
        unsaid.is_empty(),
        "version {} of manifest/inter-hub.openapi.json does not say this: {unsaid:#?}\n\
         Take it back, or raise `info.version`: its first number for what breaks, its second for what adds; then keep \
         the new baseline with:\n  UPDATE_BASELINE=1 cargo test -p ops-manifest --test contract",
        version(&now)
    );
}

#[test]
fn the_document_of_this_version_is_a_baseline() {
    let path = folder().join("baselines").join(format!("{}.openapi.json", version(&committed())));
    assert!(path.exists(), "keep it with: UPDATE_BASELINE=1 cargo test -p ops-manifest --test contract");
    assert_eq!(contract::ASSUMED, fs::read_to_string(folder().join("inter-hub.openapi.json")).expect("the document"));
}
