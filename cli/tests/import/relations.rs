//! The relations of the project's inventory.

use ops_model::{EntityKind, RelationKind};

use crate::{catalog_of, support::inventories};

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
