//! `ops-hub import` as its users run it: the binary, real files, what it prints, how it ends.
#![allow(clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod aliases;
mod cells;
mod document;
mod encodings;
mod expectations;
mod facts;
mod gaps;
mod manifest;
mod many;
mod markup;
mod mistakes;
mod names;
mod relations;
mod secrets;
mod stores;

use std::{fs, path::Path, process::Output};

use ops_model::{Catalog, EntityRef, RelationKind};
use tempfile::TempDir;

use support::{ops_hub, stderr};

/// Imports a text; gives the folder that holds what was written, and what the program said.
fn import(text: &str, more: &[&str]) -> (TempDir, Output) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("inventory.md");
    fs::write(&file, text).expect("the inventory is written");
    let output = ops_hub()
        .current_dir(folder.path())
        .args(["import", "inventory.md", "-o", "catalog.json"])
        .args(more)
        .output()
        .expect("the program runs");
    (folder, output)
}

fn catalog_of(text: &str) -> Catalog {
    let (folder, output) = import(text, &[]);
    assert!(output.status.success(), "{}", stderr(&output));
    read(&folder.path().join("catalog.json"))
}

fn read(path: &Path) -> Catalog {
    serde_json::from_slice(&fs::read(path).expect("the catalog is there")).expect("a catalog")
}

/// The line, from 1, that starts so; the row of a table in the section after `heading`.
fn line_of(text: &str, heading: &str, start: &str) -> u32 {
    let skipped = text.lines().position(|line| line == heading).expect("the heading");
    let at = text.lines().skip(skipped).position(|line| line.starts_with(start)).expect("the line");
    u32::try_from(skipped + at + 1).expect("a small number")
}

#[expect(clippy::panic, reason = "a failing test says what is missing")]
fn missing<T>(what: &str) -> T {
    panic!("missing: {what}")
}

/// The rows of a small inventory, beside those that it always has.
#[derive(Clone, Copy, Debug, Default)]
struct Rows<'a> {
    environments: &'a str,
    hosts: &'a str,
    clusters: &'a str,
    services: &'a str,
    endpoints: &'a str,
    /// What follows the tables.
    end: &'a str,
}

impl Rows<'_> {
    /// An inventory with the environments `prod`, `dr` and `lab`.
    fn text(self) -> String {
        let Self { environments, hosts, clusters, services, endpoints, end } = self;
        format!(
            "# Case\n\nDate: 2026-09-01\n\n## VSM Placement\n\n| Field | Value |\n|---|---|\n| Hub | `ops-hub` |\n\n\
             ## Environments\n\n| Environment | Role | Current state | Notes |\n|---|---|---|---|\n\
             | `prod` | Live | Active | |\n| `dr` | Standby | Cold | |\n| `lab` | Trials | Active | |\n{environments}\n\
             ## Hosts\n\n| Host | Environment | Address | Role | Known gaps |\n|---|---|---|---|---|\n{hosts}\n\
             ## Clusters\n\n| Cluster | Environment | Role | Current notes |\n|---|---|---|---|\n{clusters}\n\
             ## Services\n\n| Service | Current environment | Owner repo | Current evidence | Gaps |\n\
             |---|---|---|---|---|\n{services}\n\
             ## Endpoints\n\n| Endpoint | Service | Environment | Current status | Evidence |\n|---|---|---|---|---|\n\
             {endpoints}\n{end}"
        )
    }

    fn catalog(self) -> Catalog {
        catalog_of(&self.text())
    }
}

/// The values of an entity's facts with this key.
fn facts<'c>(catalog: &'c Catalog, entity: &str, key: &str) -> Vec<&'c str> {
    let id: EntityRef = entity.parse().expect("a reference");
    let found = catalog.entities.iter().find(|one| one.id == id);
    let found = found.unwrap_or_else(|| missing(&format!("{entity}: {:?}", refs(catalog))));
    found.facts.iter().filter(|fact| fact.key == key).map(|fact| fact.value.as_str()).collect()
}

/// The entities that an entity is related to.
fn related(catalog: &Catalog, from: &str, kind: RelationKind) -> Vec<String> {
    let is = |one: &&ops_model::Relation| one.from.to_string() == from && one.kind == kind;
    catalog.relations.iter().filter(is).map(|one| one.to.to_string()).collect()
}

/// All entities.
fn refs(catalog: &Catalog) -> Vec<String> {
    catalog.entities.iter().map(|one| one.id.to_string()).collect()
}

/// Whether a note is about a text.
fn is_noted(catalog: &Catalog, words: &str) -> bool {
    catalog.notes.iter().any(|note| note.text.contains(words) || note.reason.contains(words))
}

/// Whether the words are anywhere in the catalog.
fn has(catalog: &Catalog, words: &str) -> bool {
    serde_json::to_string(catalog).expect("a catalog").contains(words)
}
