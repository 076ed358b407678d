//! `ops-hub import` as its users run it: the binary, real files, what it prints, how it ends.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, path::Path, process::Output};

use ops_model::{
    Catalog, CatalogIndex, EntityKind, EntityRef, GapKind, Question, RelationKind,
    entity::keys::{
        ADDRESS, APP_VERSION, COMPONENT, ENVIRONMENT_TEXT, EVIDENCE, EXPECTED_HEADER, EXPECTED_STATUS, HELM_RELEASE,
        MOVES_FROM, NAMESPACE, NODE_PORT, NOTES, OBSERVED_ON, ORDER, PATH, REDIRECTS_TO, REMOTE, RESPONSIBILITY, ROLE,
        STATE, TYPE,
    },
};
use tempfile::TempDir;

use support::{inventories, joined, ops_hub, own_inventory, stderr};

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

/// Every fact of the inventory: the entity, the key, what the value contains, and the row that it stands in.
const FACTS: &[(&str, &str, &str, &str, &str)] = &[
    ("repository:ops-hub", PATH, "/home/worsch/ops-hub", "## Repository Boundary", ""),
    ("repository:ops-hub", REMOTE, "gitea-remote:coulomb/ops-hub.git", "## Repository Boundary", ""),
    (
        "repository:ops-hub",
        RESPONSIBILITY,
        "collectors, adapters, scheduled probes",
        "## Repository Boundary",
        "- `ops-hub`",
    ),
    ("repository:inter-hub", RESPONSIBILITY, "generic hub framework", "## Repository Boundary", "- `inter-hub`"),
    ("repository:helix-forge", RESPONSIBILITY, "readiness vocabulary", "## Repository Boundary", "- `helix-forge`"),
    ("environment:local", ROLE, "Workstation development and local services", "## Environments", "| `local`"),
    ("environment:local", STATE, "Active, important, not production", "## Environments", "| `local`"),
    ("environment:local", NOTES, "State Hub", "## Environments", "| `local`"),
    ("environment:coulombcore", ROLE, "Live transitional production", "## Environments", "| `coulombcore`"),
    ("environment:coulombcore", STATE, "Active, production-like", "## Environments", "| `coulombcore`"),
    ("environment:coulombcore", ADDRESS, "92.205.130.254", "## Environments", "| `coulombcore`"),
    ("environment:coulombcore", NOTES, "experimental operational services", "## Environments", "| `coulombcore`"),
    ("environment:railiance01", ROLE, "Future production foundation", "## Environments", "| `railiance01`"),
    ("environment:railiance01", STATE, "Provisioning target", "## Environments", "| `railiance01`"),
    ("environment:railiance01", ADDRESS, "92.205.62.239", "## Environments", "| `railiance01`"),
    ("environment:railiance01", NOTES, "first server of", "## Environments", "| `railiance01`"),
    ("environment:threephoenix-prod", ROLE, "Target production topology", "## Environments", "| `threephoenix-prod`"),
    ("environment:threephoenix-prod", STATE, "Planned", "## Environments", "| `threephoenix-prod`"),
    (
        "environment:threephoenix-prod",
        NOTES,
        "governed multi-node production",
        "## Environments",
        "| `threephoenix-prod`",
    ),
    ("host:coulombcore", ADDRESS, "92.205.130.254", "## Hosts", "| `coulombcore`"),
    ("host:coulombcore", ROLE, "Current live production-like server", "## Hosts", "| `coulombcore`"),
    ("host:railiance01", ADDRESS, "92.205.62.239", "## Hosts", "| `railiance01`"),
    ("host:railiance01", ROLE, "First ThreePhoenix production foundation node", "## Hosts", "| `railiance01`"),
    ("host:local-workstation", ADDRESS, "local/private", "## Hosts", "| local workstation"),
    ("host:local-workstation", ROLE, "State Hub and development runtime host", "## Hosts", "| local workstation"),
    ("cluster:coulombcore-kubernetes", ROLE, "Current operational Kubernetes runtime", "## Clusters", "| CoulombCore"),
    ("cluster:coulombcore-kubernetes", NOTES, "Hosts current Gitea deployment", "## Clusters", "| CoulombCore"),
    ("cluster:threephoenix-kubernetes", ROLE, "Target production runtime", "## Clusters", "| ThreePhoenix"),
    ("cluster:threephoenix-kubernetes", NOTES, "governed production cluster", "## Clusters", "| ThreePhoenix"),
    ("service:gitea", HELM_RELEASE, "gitea", "## Services", "| Gitea |"),
    ("service:gitea", NAMESPACE, "default", "## Services", "| Gitea |"),
    ("service:gitea", APP_VERSION, "1.25.4", "## Services", "| Gitea |"),
    ("service:gitea", NODE_PORT, "32166", "## Services", "| Gitea |"),
    ("service:gitea", EVIDENCE, "public registry path", "## Services", "| Gitea |"),
    ("release:gitea", HELM_RELEASE, "gitea", "## Services", "| Gitea |"),
    ("release:gitea", APP_VERSION, "1.25.4", "## Services", "| Gitea |"),
    ("release:gitea", NAMESPACE, "default", "## Services", "| Gitea |"),
    ("endpoint:gitea-nodeport", TYPE, "NodePort", "## Services", "| Gitea |"),
    ("endpoint:gitea-nodeport", NODE_PORT, "32166", "## Services", "| Gitea |"),
    (
        "data-store:gitea-database",
        EVIDENCE,
        "Database gitea-db in namespace databases",
        "## Services",
        "| Gitea database",
    ),
    ("resource:gitea-db", TYPE, "database", "## Services", "| Gitea database"),
    ("resource:gitea-db", NAMESPACE, "databases", "## Services", "| Gitea database"),
    ("data-store:gitea-shared-storage", EVIDENCE, "PVC default/gitea-shared-storage", "## Services", "| Gitea shared"),
    ("resource:gitea-shared-storage", TYPE, "PersistentVolumeClaim", "## Services", "| Gitea shared"),
    ("resource:gitea-shared-storage", NAMESPACE, "default", "## Services", "| Gitea shared"),
    ("service:state-hub", EVIDENCE, "Local API and dashboard", "## Services", "| State Hub"),
    ("service:inter-hub", ENVIRONMENT_TEXT, "live public endpoint", "## Services", "| Inter-Hub"),
    ("service:inter-hub", EVIDENCE, "docs are reachable", "## Services", "| Inter-Hub"),
    ("service:ops-bridge", ENVIRONMENT_TEXT, "local/remote bridge", "## Services", "| Ops Bridge"),
    ("service:ops-bridge", EVIDENCE, "Useful", "## Services", "| Ops Bridge"),
    ("endpoint:gitea-oci-registry", ADDRESS, "https://gitea.coulomb.social/v2/", "## Endpoints", "| `https://gitea"),
    ("endpoint:gitea-oci-registry", COMPONENT, "OCI registry", "## Endpoints", "| `https://gitea"),
    ("endpoint:gitea-oci-registry", STATE, "Route fixed", "## Endpoints", "| `https://gitea"),
    ("endpoint:gitea-oci-registry", EXPECTED_STATUS, "401", "## Endpoints", "| `https://gitea"),
    ("endpoint:gitea-oci-registry", EVIDENCE, "OCI registry challenge", "## Endpoints", "| `https://gitea"),
    (
        "endpoint:inter-hub-api",
        ADDRESS,
        "https://hub.coulomb.social/api/v2/openapi.json",
        "## Endpoints",
        "| `https://hub.coulomb.social/api",
    ),
    ("endpoint:inter-hub-api", COMPONENT, "API", "## Endpoints", "| `https://hub.coulomb.social/api"),
    ("endpoint:inter-hub-api", ENVIRONMENT_TEXT, "live Inter-Hub", "## Endpoints", "| `https://hub.coulomb.social/api"),
    ("endpoint:inter-hub-api", STATE, "Reachable", "## Endpoints", "| `https://hub.coulomb.social/api"),
    ("endpoint:inter-hub-api", OBSERVED_ON, "2026-05-16", "## Endpoints", "| `https://hub.coulomb.social/api"),
    (
        "endpoint:inter-hub-ui",
        ADDRESS,
        "https://hub.coulomb.social/Hubs",
        "## Endpoints",
        "| `https://hub.coulomb.social/Hubs",
    ),
    ("endpoint:inter-hub-ui", COMPONENT, "UI", "## Endpoints", "| `https://hub.coulomb.social/Hubs"),
    ("endpoint:inter-hub-ui", ENVIRONMENT_TEXT, "live Inter-Hub", "## Endpoints", "| `https://hub.coulomb.social/Hubs"),
    ("endpoint:inter-hub-ui", STATE, "login", "## Endpoints", "| `https://hub.coulomb.social/Hubs"),
    ("endpoint:inter-hub-ui", REDIRECTS_TO, "/NewSession", "## Endpoints", "| `https://hub.coulomb.social/Hubs"),
    ("endpoint:state-hub-api", ADDRESS, "http://127.0.0.1:8000/state/health", "## Endpoints", "| `http://127"),
    ("endpoint:state-hub-api", COMPONENT, "API", "## Endpoints", "| `http://127"),
    ("endpoint:state-hub-api", STATE, "Reachable locally", "## Endpoints", "| `http://127"),
    ("endpoint:state-hub-api", EVIDENCE, "sync", "## Endpoints", "| `http://127"),
    (
        "migration-wave:coulombcore-to-threephoenix",
        MOVES_FROM,
        "environment:coulombcore",
        "## First Ops Widgets",
        "- `ops-migration",
    ),
];

#[test]
fn every_fact_is_there_with_its_line() {
    for text in inventories() {
        let catalog = catalog_of(&text);
        for (entity, key, value, heading, row) in FACTS {
            let id: EntityRef = entity.parse().expect("a reference");
            let found = catalog.entities.iter().find(|one| one.id == id).unwrap_or_else(|| missing(entity));
            let fact = found
                .facts
                .iter()
                .find(|fact| fact.key == *key && fact.value.contains(value))
                .unwrap_or_else(|| missing(&format!("{entity} {key} {value}: {:?}", found.facts)));
            if !row.is_empty() {
                assert_eq!(fact.source.line, line_of(&text, heading, row), "{entity} {key}");
            }
            let line = text.lines().nth(fact.source.line as usize - 1).expect("the line");
            let at = usize::try_from(fact.source.column).expect("a small number") - 1;
            assert!(line.chars().count() >= at, "{entity} {key}: {:?} is beyond its line", fact.source);
        }
        // The header that the first event observes is what the endpoint is expected to send.
        let id: EntityRef = "endpoint:gitea-oci-registry".parse().expect("a reference");
        let index = CatalogIndex::new(catalog);
        let header = index.fact(&id, EXPECTED_HEADER).expect("the header");
        assert_eq!(header.value, "Docker-Distribution-Api-Version: registry/2.0");
        let line = text.lines().nth(header.source.line as usize - 1).expect("the line");
        assert!(line.contains("\"observedHeader\""), "{line}");
    }
}

#[expect(clippy::panic, reason = "a failing test says what is missing")]
fn missing<T>(what: &str) -> T {
    panic!("missing: {what}")
}

/// Every relation of the inventory.
const RELATIONS: &[(&str, RelationKind, &str)] = &[
    ("host:coulombcore", RelationKind::RunsOn, "environment:coulombcore"),
    ("host:railiance01", RelationKind::RunsOn, "environment:railiance01"),
    ("host:local-workstation", RelationKind::RunsOn, "environment:local"),
    ("cluster:coulombcore-kubernetes", RelationKind::PartOf, "environment:coulombcore"),
    ("cluster:threephoenix-kubernetes", RelationKind::PartOf, "environment:threephoenix-prod"),
    ("service:gitea", RelationKind::RunsOn, "environment:coulombcore"),
    ("service:gitea", RelationKind::RunsOn, "cluster:coulombcore-kubernetes"),
    ("service:gitea", RelationKind::OwnedBy, "repository:railiance-apps"),
    ("service:gitea", RelationKind::ExposedBy, "endpoint:gitea-nodeport"),
    ("service:gitea", RelationKind::ExposedBy, "endpoint:gitea-oci-registry"),
    ("service:gitea", RelationKind::StoredIn, "data-store:gitea-database"),
    ("service:gitea", RelationKind::StoredIn, "data-store:gitea-shared-storage"),
    ("release:gitea", RelationKind::PartOf, "service:gitea"),
    ("endpoint:gitea-nodeport", RelationKind::RunsOn, "environment:coulombcore"),
    ("endpoint:gitea-oci-registry", RelationKind::RunsOn, "environment:coulombcore"),
    ("data-store:gitea-database", RelationKind::RunsOn, "environment:coulombcore"),
    ("data-store:gitea-database", RelationKind::OwnedBy, "repository:railiance-platform"),
    ("data-store:gitea-database", RelationKind::StoredIn, "resource:gitea-db"),
    ("data-store:gitea-shared-storage", RelationKind::RunsOn, "environment:coulombcore"),
    ("data-store:gitea-shared-storage", RelationKind::OwnedBy, "repository:railiance-platform"),
    ("data-store:gitea-shared-storage", RelationKind::OwnedBy, "repository:railiance-apps"),
    ("data-store:gitea-shared-storage", RelationKind::StoredIn, "resource:gitea-shared-storage"),
    ("service:state-hub", RelationKind::RunsOn, "environment:local"),
    ("service:state-hub", RelationKind::OwnedBy, "repository:the-custodian/state-hub"),
    ("service:state-hub", RelationKind::ExposedBy, "endpoint:state-hub-api"),
    ("endpoint:state-hub-api", RelationKind::RunsOn, "environment:local"),
    ("service:inter-hub", RelationKind::OwnedBy, "repository:inter-hub"),
    ("service:inter-hub", RelationKind::ExposedBy, "endpoint:inter-hub-api"),
    ("service:inter-hub", RelationKind::ExposedBy, "endpoint:inter-hub-ui"),
    ("service:ops-bridge", RelationKind::OwnedBy, "repository:ops-bridge"),
    ("migration-wave:coulombcore-to-threephoenix", RelationKind::MovesTo, "environment:threephoenix-prod"),
];

#[test]
fn every_relation_is_there_and_no_other() {
    for text in inventories() {
        let catalog = catalog_of(&text);
        let mut found: Vec<String> = catalog
            .relations
            .iter()
            .filter(|relation| relation.from.kind != EntityKind::Gate)
            .map(|relation| format!("{} {} {}", relation.from, relation.kind, relation.to))
            .collect();
        let mut expected: Vec<String> =
            RELATIONS.iter().map(|(from, kind, to)| format!("{from} {kind} {to}")).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
}

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
                ("package token", &[Release]),
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
        (
            "service:inter-hub",
            &[("Hub bootstrap still depends on authenticated UI or migration", &[Migration, Bootstrap])],
        ),
        (
            "service:ops-bridge",
            &[("Not a service catalog; should emit reachability evidence into ops-hub", &[Catalog, Reachability])],
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

#[test]
fn gates_follow_the_gaps_of_their_service_in_order() {
    for text in inventories() {
        let catalog = catalog_of(&text);
        let gates = |service: &str| -> Vec<(String, String)> {
            let service: EntityRef = service.parse().expect("a reference");
            let index = CatalogIndex::new(catalog.clone());
            let gates =
                index.origins(&service, RelationKind::PartOf).filter(|relation| relation.from.kind == EntityKind::Gate);
            gates
                .map(|relation| {
                    let gate = index.entity(&relation.from).expect("the gate");
                    (gate.fact(ORDER).expect("its place").value.clone(), gate.title.clone())
                })
                .collect()
        };
        let gitea: Vec<String> =
            gates("service:gitea").into_iter().map(|(order, title)| format!("{order} {title}")).collect();
        assert_eq!(
            gitea,
            [
                "1 SOPS Helm values update",
                "2 package token",
                "3 docker login",
                "4 push",
                "5 pull",
                "6 backup coverage",
                "7 restore evidence"
            ]
        );
        assert_eq!(gates("service:state-hub").len(), 2);
        assert_eq!(gates("service:inter-hub").len(), 0);
    }
}

#[test]
fn document_placement_questions_widgets_and_first_event_are_kept() {
    for text in inventories() {
        let catalog = catalog_of(&text);
        assert_eq!(catalog.source.date, "2026-06-06");
        assert_eq!(catalog.source.lines as usize, text.lines().count());
        assert!(catalog.source.title.starts_with("Ops Hub"), "{}", catalog.source.title);
        let placement: Vec<(&str, &str)> =
            catalog.placement.iter().map(|fact| (fact.key.as_str(), fact.value.as_str())).collect();
        assert_eq!(
            placement,
            [
                ("hub", "ops-hub"),
                ("hub-family", "vsm"),
                ("vsm-function", "OPS"),
                ("vsm-system", "S1"),
                ("primary-concern", "Operational truth and evidence")
            ]
        );
        let asked: Vec<Question> = catalog.questions.iter().map(|asked| asked.question).collect();
        assert_eq!(asked, Question::ALL);
        assert_eq!(catalog.widgets.len(), 14);
        for widget in &catalog.widgets {
            assert!(text.lines().nth(widget.source.line as usize - 1).is_some_and(|line| line.contains(&widget.name)));
        }
        let [event] = catalog.first_events.as_slice() else { return missing("one first event") };
        assert_eq!(event.body["eventType"], "ops-endpoint-verified");
        assert_eq!(event.body["metadata"]["expectedStatus"], 401);
        assert_eq!(event.source.line, line_of(&text, "## First Evidence Events", "```json"));
    }
}

#[test]
fn what_cannot_be_placed_is_noted_and_strict_makes_it_an_error() {
    for text in inventories() {
        let (folder, output) = import(&text, &[]);
        let catalog = read(&folder.path().join("catalog.json"));
        let noted: Vec<&str> = catalog.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(
            noted,
            [
                "Hosts current Gitea deployment and related services.",
                "live public endpoint",
                "local/remote bridge",
                "live Inter-Hub",
                "live Inter-Hub"
            ]
        );
        for note in &catalog.notes {
            let place = format!("inventory.md:{}:{}: '{}'", note.source.line, note.source.column, note.text);
            assert!(stderr(&output).contains(&place), "{place} is not in {}", stderr(&output));
        }
        let (folder, output) = import(&text, &["--strict"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("5 things could not be placed"), "{}", stderr(&output));
        assert!(!folder.path().join("catalog.json").exists());
    }
}

/// What is replaced by what, where the error points (heading, start of the line), and what it says.
type Malformed = (&'static str, &'static str, (&'static str, &'static str), &'static [&'static str]);

#[test]
fn a_malformed_inventory_names_place_cell_and_cure_and_writes_nothing() {
    let cases: &[Malformed] = &[
        (
            "| Host | Environment | Address |",
            "| Host | Environmnt | Address |",
            ("## Hosts", "| Host |"),
            &["no column 'Environment'", "did you mean 'Environmnt'"],
        ),
        (
            "| `railiance01` | `railiance01` |",
            "| `railiance01` | `railliance01` |",
            ("## Hosts", "| `railiance01` | `railliance01`"),
            &["unknown environment 'railliance01'", "did you mean 'railiance01'"],
        ),
        (
            "| State Hub | `local` |",
            "| Gitea | `local` |",
            ("## Services", "| Gitea | `local`"),
            &["the service 'Gitea' is there twice", "line 65 already"],
        ),
        (
            "| `threephoenix-prod` | Target production topology | Planned |",
            "| `threephoenix-prod` | Target production topology |",
            ("## Environments", "| `threephoenix-prod` | Target"),
            &["this row has 3 cells where the header has 4"],
        ),
        (
            "NodePort `32166`",
            "NodePort `321660`",
            ("## Services", "| Gitea |"),
            &["'321660' is not a port", "1 to 65535"],
        ),
        ("Expected `401`", "Expected `4001`", ("## Endpoints", "| `https://gitea"), &["'4001' is not an HTTP status"]),
        (
            "| `http://127.0.0.1:8000/state/health` |",
            "| `state/health` |",
            ("## Endpoints", "| `state/health`"),
            &["'state/health' is not an address"],
        ),
        (
            "\"expectedStatus\": 401,",
            "\"expectedStatus\": 401",
            ("## First Evidence Events", "    \"observedHeader\""),
            &["not JSON"],
        ),
        (
            "- `ops-env-railiance01`",
            "- `ops-env-local`",
            ("## First Ops Widgets", "- `ops-env-local`"),
            &["asked for twice"],
        ),
        (
            "coulombcore-to-threephoenix`",
            "coulombcore-to-fourphoenix`",
            ("## First Ops Widgets", "- `ops-migration"),
            &["unknown environment 'fourphoenix'"],
        ),
        ("## Clusters", "## Clustres", ("", ""), &["there is no section 'Clusters'", "did you mean 'Clustres'"]),
    ];
    let own = own_inventory();
    for (from, to, (heading, row), words) in cases {
        assert_eq!(own.matches(from).count(), 1, "'{from}' is in the inventory once");
        let text = own.replace(from, to);
        let (folder, output) = import(&text, &[]);
        assert_eq!(output.status.code(), Some(1), "{to}");
        assert!(!folder.path().join("catalog.json").exists(), "{to}: something was written");
        let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ").replace(" │ ", " ");
        for word in *words {
            assert!(said.contains(word), "'{word}' is not in {said}");
        }
        if !heading.is_empty() {
            let mut line = line_of(&text, heading, row);
            // The last of the rows that start so is the one that was changed.
            if *to == "- `ops-env-local`" {
                line += 2;
            }
            let place = format!("inventory.md:{line}:");
            assert!(said.contains(&place), "'{place}' is not in {said}");
        }
    }
}

#[test]
fn a_failed_import_leaves_the_catalog_of_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = folder.path().join("catalog.json");
    fs::write(&catalog, "before").expect("written");
    let broken = folder.path().join("broken.md");
    fs::write(&broken, "# Nothing\n").expect("written");
    let output = ops_hub().arg("import").arg(&broken).arg("-o").arg(&catalog).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&catalog).expect("the catalog"), "before");
    let output = ops_hub().arg("import").arg("nowhere.md").arg("-o").arg(&catalog).output().expect("the program runs");
    assert!(stderr(&output).contains("cannot read nowhere.md"), "{}", stderr(&output));
}

#[test]
fn surplus_columns_tables_and_code_are_noted_not_lost() {
    let text = own_inventory()
        .replace(
            "| Cluster | Environment | Role | Current notes |\n|---|---|---|---|",
            "| Cluster | Environment | Role | Current notes | Age |\n|---|---|---|---|---|",
        )
        .replace(
            "Hosts current Gitea deployment and related services. |",
            "Hosts current Gitea deployment. | 3 years |",
        )
        .replace("assembled through Railiance repositories. |", "assembled through Railiance repositories. | |")
        + "\n## More\n\n| A | B |\n|---|---|\n| one | two |\n\n```sh\nrun\n```\n\n<div>bold</div>\n";
    let catalog = catalog_of(&text);
    let noted: Vec<&str> = catalog.notes.iter().map(|note| note.text.as_str()).collect();
    for expected in ["3 years", "one | two", "run", "<div>bold</div>"] {
        assert!(noted.contains(&expected), "'{expected}' is not in {noted:?}");
    }
}

/// Several mistakes in one file: each with its line, its column's heading, its value and a cure.
#[test]
fn every_mistake_of_a_file_is_said_in_one_run() {
    let own = own_inventory();
    let changes: &[Malformed] = &[
        (
            "| `threephoenix-prod` | Target production topology | Planned |",
            "| `threephoenix-prod` | Target production topology |",
            ("## Environments", "| `threephoenix-prod`"),
            &["has 3 cells where the header has 4: Environment, Role, Current state, Notes", "'threephoenix-prod'"],
        ),
        (
            "| Address | Role | Known gaps |",
            "| Adress | Role | Known gap |",
            ("## Hosts", "| Host |"),
            &["no column 'Address'", "did you mean 'Adress'", "no column 'Known gaps'", "did you mean 'Known gap'"],
        ),
        (
            "| `railiance01` | `railiance01` |",
            "| `railiance01` | `railliance01` |",
            ("## Hosts", "| `railiance01`"),
            &["column 'Environment': unknown environment 'railliance01'", "did you mean 'railiance01'"],
        ),
        (
            "NodePort `32166`",
            "NodePort `321660`",
            ("## Services", "| Gitea |"),
            &["column 'Current evidence': '321660' is not a port", "1 to 65535"],
        ),
        (
            "| State Hub | `local` |",
            "| Gitea | `locale` |",
            ("## Services", "| Gitea | `locale`"),
            &[
                "column 'Service': the service 'Gitea' is there twice",
                "column 'Current environment': unknown environment 'locale'",
            ],
        ),
        (
            "| `http://127.0.0.1:8000/state/health` |",
            "| `state/health` |",
            ("## Endpoints", "| `state/health`"),
            &["column 'Endpoint': 'state/health' is not an address"],
        ),
        (
            "\"expectedStatus\": 401,",
            "\"expectedStatus\": 401",
            ("## First Evidence Events", "    \"observedHeader\""),
            &["not JSON"],
        ),
    ];
    let text = changes.iter().fold(own, |text, (from, to, ..)| {
        assert_eq!(text.matches(from).count(), 1, "'{from}' is in the inventory once");
        text.replace(from, to)
    });
    let (folder, output) = import(&text, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("catalog.json").exists(), "something was written");
    let said = joined(&output);
    assert!(said.contains("inventory.md: 9 mistakes; nothing was written"), "{said}");
    for (_, to, (heading, row), words) in changes {
        let mut line = line_of(&text, heading, row);
        // The address stands below the one that it was made from.
        if to.contains("locale") {
            line = line_of(&text, heading, "| Gitea | `locale`");
        }
        assert!(said.contains(&format!("inventory.md:{line}:")), "line {line} is not in {said}");
        for word in *words {
            assert!(said.contains(word), "'{word}' is not in {said}");
        }
    }
    // The same by `check`, each a finding of its own.
    let checked = ops_hub().current_dir(folder.path()).args(["check", "--inventory", "inventory.md"]).output();
    let found = String::from_utf8(checked.expect("the program runs").stdout).expect("text");
    assert_eq!(found.matches("error[syntax]").count(), 9, "{found}");
    assert!(found.contains("error[syntax]: column 'Endpoint': 'state/health' is not an address"), "{found}");
    assert!(found.contains("9 errors, 0 warnings"), "{found}");
}

#[test]
fn what_only_follows_from_a_mistake_is_not_said_besides() {
    for (from, to, count) in [
        ("## Environments", "## Environmnts", 1),
        ("| Environment | Role | Current state |", "| Enviroment | Role | Current state |", 1),
        ("| Host | Environment |", "| Hst | Environment |", 1),
        ("| Endpoint | Service |", "| Address | Service |", 1),
    ] {
        let text = own_inventory();
        assert_eq!(text.matches(from).count(), 1, "'{from}' is in the inventory once");
        let (folder, _) = import(&text.replace(from, to), &[]);
        let checked = ops_hub().current_dir(folder.path()).args(["check", "--inventory", "inventory.md"]).output();
        let found = String::from_utf8(checked.expect("the program runs").stdout).expect("text");
        assert_eq!(found.matches("error[syntax]").count(), count, "{to}: {found}");
    }
}

#[test]
fn hundreds_of_mistakes_are_all_said() {
    let head = "| Endpoint | Service | Environment | Current status | Evidence |\n|---|---|---|---|---|\n";
    let rows = |count: usize| {
        (0..count).map(|at| format!("| `path-{at}` | Gitea {at} | `local` | Up | |\n")).collect::<String>()
    };
    let text = own_inventory();
    assert_eq!(text.matches(head).count(), 1, "the head is in the inventory once");
    let (_, output) = import(&text.replace(head, &format!("{head}{}", rows(300))), &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = joined(&output);
    assert!(said.contains("300 mistakes; nothing was written"), "{said}");
    let first = line_of(&text, "## Endpoints", "|---") + 1;
    for at in 0..300 {
        let place = format!("inventory.md:{}:", usize::try_from(first).expect("a small number") + at);
        assert!(
            said.contains(&place) && said.contains(&format!("column 'Endpoint': 'path-{at}' is not")),
            "{at}: {said}"
        );
    }
}

/// Ten times the rows take about ten times as long: what is looked up for each row has an index.
#[test]
fn an_inventory_of_many_services_is_read_in_a_time_that_grows_with_it() {
    let many = |count: usize| {
        let services =
            "| Service | Current environment | Owner repo | Current evidence | Gaps |\n|---|---|---|---|---|\n";
        let endpoints = "| Endpoint | Service | Environment | Current status | Evidence |\n|---|---|---|---|---|\n";
        let rows = |row: &dyn Fn(usize) -> String| (0..count).map(row).collect::<String>();
        let service = rows(&|at| {
            format!(
                "| Number {at} | `local` | `repository-{}` | Helm release `r-{at}` | Needs backup coverage |\n\
                 | Number {at} database | `local` | `repository-1` | Database `d-{at}` in namespace `n` | |\n",
                at / 50
            )
        });
        let endpoint =
            rows(&|at| format!("| `https://s-{at}.example/` | Number {at} | `local` | Up | Expected `200` |\n"));
        let text = own_inventory();
        assert!(text.contains(services) && text.contains(endpoints), "the heads are in the inventory");
        text.replace(services, &format!("{services}{service}")).replace(endpoints, &format!("{endpoints}{endpoint}"))
    };
    let timed = |count: usize| {
        let text = many(count);
        let begun = std::time::Instant::now();
        let catalog = catalog_of(&text);
        let taken = begun.elapsed();
        assert_eq!(catalog.relations.iter().filter(|one| one.kind == RelationKind::ExposedBy).count(), count + 5);
        let stored = catalog.relations.iter().filter(|one| one.kind == RelationKind::StoredIn);
        assert_eq!(stored.count(), 2 * count + 4, "each database and its resource");
        taken
    };
    let (few, many) = (timed(500), timed(5_000));
    assert!(many < few * 30, "500 services took {few:?}, 5,000 {many:?}");
}
