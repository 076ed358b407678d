//! What a cell holds beyond its value is kept or noted.

use ops_model::RelationKind::{OwnedBy, PartOf, RunsOn};

use crate::{Rows, facts, has, is_noted, refs, related};

#[test]
fn every_environment_of_a_cell_is_related() {
    for cell in [
        "`prod`, `dr`",
        "`prod` / `dr`",
        "prod and dr",
        "prod, dr",
        "prod/dr",
        "`prod`<br>`dr`",
        "prod und dr",
        "prod & dr",
        "prod<br>dr",
    ] {
        let services = format!("| Wiki | {cell} | `r` | Up. | |\n");
        let catalog = Rows { services: &services, ..Rows::default() }.catalog();
        assert_eq!(related(&catalog, "service:wiki", RunsOn), ["environment:prod", "environment:dr"], "{cell}");
        assert!(catalog.notes.is_empty(), "{cell}: {:?}", catalog.notes);
    }
}

#[test]
fn a_remark_beside_an_environment_is_kept_and_noted() {
    for (cell, environments) in [
        ("`prod` (behind the VPN)", &["environment:prod"][..]),
        ("prod (behind the VPN)", &["environment:prod"]),
        ("`prod`, not `dr` (behind the VPN)", &["environment:prod"]),
        ("prod, the VPN", &["environment:prod"]),
        ("some VPN", &[]),
    ] {
        let services = format!("| Wiki | {cell} | `r` | Up. | |\n");
        let catalog = Rows { services: &services, ..Rows::default() }.catalog();
        assert_eq!(related(&catalog, "service:wiki", RunsOn), environments, "{cell}");
        assert!(has(&catalog, "VPN") && is_noted(&catalog, "VPN"), "{cell}");
    }
}

#[test]
fn a_service_runs_on_the_cluster_that_its_cell_names() {
    let services = "| Wiki | `prod`, Nest | `r` | Up. | |\n";
    let clusters = "| Nest | `prod` | Runtime | |\n";
    let catalog = Rows { services, clusters, ..Rows::default() }.catalog();
    assert_eq!(related(&catalog, "cluster:nest", PartOf), ["environment:prod"]);
    let services = "| Wiki | prod, Nest | `r` | Up. | |\n";
    let catalog = Rows { services, clusters, ..Rows::default() }.catalog();
    assert_eq!(related(&catalog, "service:wiki", RunsOn), ["environment:prod", "cluster:nest"]);
}

#[test]
fn every_repository_of_a_cell_is_an_owner_and_the_rest_is_kept() {
    let services = "| Wiki | `prod` | `a` (charts), `b` | Up. | |\n| Mail | `prod` | the mail team | Up. | |\n\
                    | Chat | `prod` | ops/chat, ops/rooms | Up. | |\n";
    let catalog = Rows { services, ..Rows::default() }.catalog();
    assert_eq!(related(&catalog, "service:wiki", OwnedBy), ["repository:a", "repository:b"]);
    assert_eq!(related(&catalog, "service:chat", OwnedBy), ["repository:ops/chat", "repository:ops/rooms"]);
    assert!(related(&catalog, "service:mail", OwnedBy).is_empty());
    assert_eq!(facts(&catalog, "service:wiki", "owner-remark"), ["a (charts), b"]);
    assert!(is_noted(&catalog, "charts") && is_noted(&catalog, "the mail team"));
}

#[test]
fn a_remark_is_no_part_of_an_address() {
    let hosts = "| `heron` | `prod` | `10.20.0.5` (VPN), `10.20.0.6` | x | |\n| `owl` | `prod` | somewhere | x | |\n";
    let endpoints = "| `https://wiki.example/a` (inside the VPN) | Wiki a | `prod` | Up | |\n\
                     | https://wiki.example/b inside the VPN | Wiki b | `prod` | Up | |\n\
                     | [the wiki](https://wiki.example/c) | Wiki c | `prod` | Up | |\n\
                     | `https://wiki.example/d`, `https://wiki.example/e` | Wiki d | `prod` | Up | |\n\
                     | wiki.example/f | Wiki f | `prod` | Up | |\n| `localhost:8080` | Wiki g | `prod` | Up | |\n\
                     | – | Wiki h | `prod` | Up | |\n| `GET https://wiki.example/i` | Wiki i | `prod` | Up | |\n";
    let services = "| Wiki | `prod` | `r` | Up. | |\n";
    let catalog = Rows { hosts, endpoints, services, ..Rows::default() }.catalog();
    let address = |entity: &str| facts(&catalog, entity, "address");
    assert_eq!(address("host:heron"), ["10.20.0.5", "10.20.0.6"]);
    assert_eq!(facts(&catalog, "host:heron", "address-remark"), ["(VPN),"]);
    assert_eq!(address("host:owl"), ["somewhere"]);
    for (endpoint, path) in [("a", "a"), ("b", "b"), ("c", "c")] {
        assert_eq!(address(&format!("endpoint:wiki-{endpoint}")), [format!("https://wiki.example/{path}")]);
    }
    assert_eq!(facts(&catalog, "endpoint:wiki-a", "address-remark"), ["(inside the VPN)"]);
    assert_eq!(facts(&catalog, "endpoint:wiki-b", "address-remark"), ["inside the VPN"]);
    assert_eq!(address("endpoint:wiki-d"), ["https://wiki.example/d", "https://wiki.example/e"]);
    assert!(is_noted(&catalog, "several addresses"));
    assert_eq!(address("endpoint:wiki-i"), ["https://wiki.example/i"]);
    assert_eq!(facts(&catalog, "endpoint:wiki-i", "address-remark"), ["GET"]);
    assert_eq!(address("endpoint:wiki-f"), ["wiki.example/f"]);
    assert!(is_noted(&catalog, "wiki.example/f") && is_noted(&catalog, "localhost:8080"));
    assert!(address("endpoint:wiki-h").is_empty() && is_noted(&catalog, "there is no address"));
}

#[test]
fn a_cluster_hosts_what_its_notes_name_and_nothing_else() {
    let services = "| Vault | `prod` | `r` | | |\n| Vault (DR) | `dr` | `r` | | |\n| Wiki | `prod` | `r` | | |\n\
                    | Gitea | `prod` | `r` | | |\n";
    for (notes, hosted) in [
        ("Hosts Vault (DR).", &["service:vault-dr"][..]),
        ("Hosts Vault and Wiki.", &["service:vault", "service:wiki"]),
        ("Three nodes. Hosts Wiki. Vault moved away.", &["service:wiki"]),
        ("Hosts Wiki, not Vault.", &["service:wiki"]),
        ("Hosts everything except Vault.", &[]),
        ("Hosts Vault (old).", &[]),
        ("Hosts Vault Agent.", &[]),
        ("Hosts Wiki's search.", &[]),
        ("Hosts: Wiki, Vault.", &["service:wiki", "service:vault"]),
        ("Hosts Vault-2 and Old Wiki.", &[]),
        ("Hosts current Gitea deployment.", &["service:gitea"]),
    ] {
        let clusters = format!("| k1 | `dr` | x | {notes} |\n");
        let catalog = Rows { services, clusters: &clusters, ..Rows::default() }.catalog();
        let is = |one: &&ops_model::Relation| one.to.to_string() == "cluster:k1";
        let found: Vec<String> = catalog.relations.iter().filter(is).map(|one| one.from.to_string()).collect();
        assert_eq!(found, hosted, "{notes}");
        assert!(!hosted.is_empty() || is_noted(&catalog, notes), "{notes}");
    }
}

#[test]
fn an_endpoint_is_of_the_service_that_it_names() {
    let services = "| Vault | `prod` | `r` | | |\n| Wiki | `prod` | `r` | | |\n";
    let endpoints = "| `https://a.example` | Vault (DR) API | `dr` | | |\n| `https://b.example` | Wiki-2 web | `prod` | | |\n\
                     | `https://c.example` | Wiki web | `prod` | | |\n";
    let catalog = Rows { services, endpoints, ..Rows::default() }.catalog();
    let exposed: Vec<String> = ["vault", "wiki"]
        .iter()
        .flat_map(|name| related(&catalog, &format!("service:{name}"), ops_model::RelationKind::ExposedBy))
        .collect();
    assert_eq!(exposed, ["endpoint:wiki-web"], "{:?}", refs(&catalog));
    assert!(is_noted(&catalog, "Vault (DR) API") && is_noted(&catalog, "Wiki-2 web"));
}
