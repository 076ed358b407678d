//! The facts of the project's inventory, each with its line.

use ops_model::{
    CatalogIndex, EntityRef,
    entity::keys::{
        ADDRESS, APP_VERSION, COMPONENT, ENVIRONMENT_TEXT, EVIDENCE, EXPECTED_HEADER, EXPECTED_STATUS, HELM_RELEASE,
        MOVES_FROM, NAMESPACE, NODE_PORT, NOTES, OBSERVED_ON, PATH, REDIRECTS_TO, REMOTE, RESPONSIBILITY, ROLE, STATE,
        TYPE,
    },
};

use crate::{catalog_of, line_of, missing, support::inventories};

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
