//! Services with databases, volumes and releases.

use ops_model::RelationKind::{PartOf, StoredIn};

use crate::{Rows, facts, refs, related};

#[test]
fn a_service_that_names_its_database_stays_a_service() {
    for evidence in [
        "Helm release `wiki`, namespace `web`. Database `wiki_db` on heron.",
        "Database `wiki_db` on heron. Helm release `wiki`, namespace `web`.",
        "Up. Helm release `wiki`, namespace `web`; database `wiki_db`.",
    ] {
        let services = format!("| Wiki | `prod` | `r` | {evidence} | |\n");
        let catalog = Rows { services: &services, ..Rows::default() }.catalog();
        assert_eq!(facts(&catalog, "service:wiki", "helm-release"), ["wiki"], "{evidence}");
        assert_eq!(facts(&catalog, "release:wiki", "namespace"), ["web"], "{evidence}");
        assert_eq!(related(&catalog, "service:wiki", StoredIn), ["data-store:wiki-db"], "{evidence}");
        assert_eq!(related(&catalog, "data-store:wiki-db", StoredIn), ["resource:wiki_db"], "{evidence}");
        assert!(catalog.notes.is_empty(), "{evidence}: {:?}", catalog.notes);
    }
}

#[test]
fn a_database_alone_makes_no_data_store_of_a_service() {
    let services = "| Wiki | `prod` | `r` | Database `wiki_db` in namespace `web`. | |\n\
                    | Wiki database | `prod` | `r` | Database `wiki_db` in namespace `web`. | |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    assert!(refs(&catalog).contains(&"service:wiki".to_owned()), "{:?}", refs(&catalog));
    assert_eq!(related(&catalog, "service:wiki", StoredIn), ["data-store:wiki-database"]);
    assert_eq!(refs(&catalog).iter().filter(|id| id.starts_with("data-store:")).count(), 1);
}

#[test]
fn every_release_and_database_of_a_sentence_is_read() {
    let services = "| Wiki | `prod` | `r` | Helm releases `wiki` and `wiki-search`, namespace `web`. Databases `a`, `b` in namespace `dbs`. | |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    for release in ["release:wiki", "release:wiki-search"] {
        assert_eq!(related(&catalog, release, PartOf), ["service:wiki"]);
        assert_eq!(facts(&catalog, release, "namespace"), ["web"]);
    }
    assert_eq!(related(&catalog, "service:wiki", StoredIn), ["data-store:a", "data-store:b"]);
    for resource in ["resource:a", "resource:b"] {
        assert_eq!(facts(&catalog, resource, "namespace"), ["dbs"]);
    }
    assert_eq!(facts(&catalog, "service:wiki", "namespace"), ["web"]);
}

#[test]
fn claims_of_two_namespaces_are_two() {
    let services = "| A | `prod` | `r` | Up. | |\n| A data | `prod` | `r` | PVC `one/data`. | |\n\
                    | B | `prod` | `r` | Up. | |\n| B data | `prod` | `r` | PVC `two/data`. | |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    assert_eq!(related(&catalog, "data-store:a-data", StoredIn), ["resource:data"]);
    assert_eq!(related(&catalog, "data-store:b-data", StoredIn), ["resource:two/data"]);
}

#[test]
fn releases_of_two_services_are_two() {
    let services = "| A | `prod` | `r` | Helm release `app`. | |\n| B | `prod` | `r` | Helm release `app`. | |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    assert_eq!(related(&catalog, "release:app", PartOf), ["service:a"]);
    assert_eq!(related(&catalog, "release:b/app", PartOf), ["service:b"]);
}
