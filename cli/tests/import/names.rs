//! Names: every script has identifiers, and no two names share one.

use crate::{Rows, refs};

/// The references of services with these names, in the order of the document.
fn services(names: &[&str]) -> Vec<String> {
    let rows: String = names.iter().map(|name| format!("| {name} | `prod` | `r` | Up. | |\n")).collect();
    let catalog = Rows { services: &rows, ..Rows::default() }.catalog();
    let found: Vec<String> = refs(&catalog).into_iter().filter(|id| id.starts_with("service:")).collect();
    assert_eq!(found.len(), names.len(), "{found:?}");
    found
}

#[test]
fn names_of_every_script_have_identifiers() {
    let names = [
        "监控",
        "Почта",
        "メール",
        "בית",
        "خدمة",
        "Ελλάς",
        "Bäckerei",
        "Bückerei",
        "Straße",
        "C++",
        "C#",
        "C",
        "🚀",
        "事实",
        "实施",
    ];
    let found = services(&names);
    let mut unique = found.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), names.len(), "{found:?}");
    assert_eq!(found[6], "service:backerei");
    assert_eq!(found[11], "service:c", "the name that is exactly the identifier keeps it");
    assert!(found[1].starts_with("service:pochta-"), "readable: {found:?}");
}

#[test]
fn the_order_of_the_rows_changes_no_identifier() {
    let mut forth = services(&["Vault (DR)", "Vault DR", "Bäckerei", "Backerei"]);
    let mut back = services(&["Backerei", "Bäckerei", "Vault DR", "Vault (DR)"]);
    assert!(
        forth.contains(&"service:vault-dr".to_owned()) && forth.contains(&"service:backerei".to_owned()),
        "{forth:?}"
    );
    forth.sort();
    back.sort();
    assert_eq!(forth, back);
}

#[test]
fn a_name_is_found_whatever_its_script() {
    let environments = "| Büro | Work | Active | |\n| 工場 | Work | Active | |\n";
    let services = "| Wiki | Büro, 工場 | `r` | Up. | |\n";
    let endpoints = "| `https://a.example` | Wiki web | büro | Up | |\n";
    let catalog = Rows { environments, services, endpoints, ..Rows::default() }.catalog();
    let places: Vec<String> = catalog
        .relations
        .iter()
        .filter(|one| one.from.to_string() == "service:wiki")
        .map(|one| one.to.to_string())
        .collect();
    assert!(places.contains(&"environment:buro".to_owned()) && places.len() == 4, "{places:?}");
    assert!(catalog.notes.is_empty(), "{:?}", catalog.notes);
}
