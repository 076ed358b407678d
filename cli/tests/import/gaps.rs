//! Gaps: what is missing, and cells that say that nothing is.

use ops_model::{CatalogIndex, EntityRef, GapKind};

use crate::{Rows, catalog_of, has, is_noted, support::inventories};

/// The gaps of one subject, each with its kinds.
type Gaps = &'static [(&'static str, &'static [GapKind])];

#[test]
fn every_gap_is_there_with_its_kinds() {
    use GapKind::{
        Backup, Bootstrap, Catalog, Drift, Migration, Other, Ownership, Reachability, Readiness, Release, Restore,
    };
    const GAPS: &[(&str, Gaps)] = &[
        (
            "host:coulombcore",
            &[
                ("service catalog", &[Catalog]),
                ("drift tracking", &[Drift]),
                ("backup/restore evidence", &[Backup, Restore]),
                ("migration disposition", &[Migration]),
            ],
        ),
        (
            "host:railiance01",
            &[
                ("full inventory", &[Catalog]),
                ("readiness gates", &[Readiness]),
                ("cluster/platform bootstrap evidence", &[Bootstrap]),
            ],
        ),
        ("host:local-workstation", &[("explicit service ownership", &[Ownership]), ("backup expectations", &[Backup])]),
        (
            "service:gitea",
            &[
                ("SOPS Helm values update", &[Release]),
                ("package token", &[Other]),
                ("docker login", &[Other]),
                ("push", &[Other]),
                ("pull", &[Other]),
                ("backup coverage", &[Backup]),
                ("restore evidence", &[Restore]),
            ],
        ),
        ("data-store:gitea-database", &[("Backup and restore evidence not recorded here yet", &[Backup, Restore])]),
        (
            "data-store:gitea-shared-storage",
            &[("Package blob backup and restore evidence not confirmed", &[Backup, Restore])],
        ),
        (
            "service:state-hub",
            &[
                ("Future cluster deployment/readiness: gates", &[Readiness]),
                ("Future cluster deployment/readiness: evidence", &[Readiness]),
            ],
        ),
        ("service:inter-hub", &[("Hub bootstrap still depends on authenticated UI or migration", &[Bootstrap])]),
        (
            "service:ops-bridge",
            &[("Not a service catalog; should emit reachability evidence into ops-hub", &[Reachability])],
        ),
    ];
    for text in inventories() {
        let index = CatalogIndex::new(catalog_of(&text));
        let mut count = 0;
        for (subject, expected) in GAPS {
            let id: EntityRef = subject.parse().expect("a reference");
            let gaps: Vec<_> = index.gaps_of(&id).collect();
            let found: Vec<(&str, &[GapKind])> =
                gaps.iter().map(|gap| (gap.text.as_str(), gap.kinds.as_slice())).collect();
            assert_eq!(found, *expected, "{subject}");
            count += found.len();
        }
        assert_eq!(index.to_catalog().gaps.len(), count);
    }
}

/// The gaps of a service whose cell says so.
fn gaps(cell: &str) -> Vec<String> {
    let services = format!("| Wiki | `prod` | `docs/wiki` | Up. | {cell} |\n");
    let catalog = Rows { services: &services, ..Rows::default() }.catalog();
    catalog.gaps.into_iter().map(|gap| gap.text).collect()
}

#[test]
fn a_cell_that_says_nothing_is_no_gap() {
    let cells = [
        "None",
        "none.",
        "-",
        "–",
        "—",
        "n/a",
        "No known gaps.",
        "`None`",
        "Keine",
        "Keine bekannten Lücken.",
        "k. A.",
        "",
    ];
    let services: String =
        cells.iter().enumerate().map(|(at, cell)| format!("| W{at} | `prod` | `r` | – | {cell} |\n")).collect();
    let hosts = "| `heron` | `prod` | - | n/a | none known |\n";
    let catalog = Rows { services: &services, hosts, ..Rows::default() }.catalog();
    assert_eq!(catalog.gaps, []);
    assert!(catalog.notes.is_empty(), "{:?}", catalog.notes);
    assert!(!has(&catalog, "\"–\"") && !has(&catalog, "\"n/a\""), "what says nothing is no fact");
}

#[test]
fn a_remark_beside_none_is_noted() {
    let services = "| Wiki | `prod` | `r` | Up. | None (checked in May). |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    assert_eq!(catalog.gaps, []);
    assert!(is_noted(&catalog, "checked in May"));
}

#[test]
fn lists_are_not_cut_inside_brackets_code_or_sentences() {
    for (cell, expected) in [
        ("Backups (daily, weekly), restore test.", &["Backups (daily, weekly)", "restore test"][..]),
        ("`docker login, push`, pull", &["docker login, push", "pull"]),
        ("Needs backups (full and partial) and `a and b`.", &["backups (full and partial)", "a and b"]),
        ("1. backups<br>2. restore test", &["backups", "restore test"]),
        ("none, except backups", &["except backups"]),
        ("backups<br>restore test", &["backups", "restore test"]),
        ("Backups run, but nobody tested a restore.", &["Backups run, but nobody tested a restore"]),
        ("Benötigt Sicherungen und Restore-Test.", &["Sicherungen", "Restore-Test"]),
        ("Backups, z. B. der Datenbank.", &["Backups", "z. B. der Datenbank"]),
    ] {
        assert_eq!(gaps(cell), expected, "{cell}");
    }
}
