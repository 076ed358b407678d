//! Sections and columns by other names.

use std::fs;

use crate::{
    catalog_of, facts, import, read, related,
    support::{ops_hub, stderr},
};

const GERMAN: &str = "# Bestand\n\nStand: 1.9.2026\n\n## Einordnung im VSM\n\n| Feld | Wert |\n|---|---|\n| Hub | `ops-hub` |\n\n\
    ## 1. Umgebungen\n\n| Umgebung | Rolle | Zustand | Notizen |\n|---|---|---|---|\n| `büro` | Arbeit | Aktiv | |\n\n\
    ## 2. Rechner\n\n| Rechner | Umgebung | Adresse | Rolle | Bekannte Lücken |\n|---|---|---|---|---|\n\
    | `reiher` | `büro` | `10.0.0.1` | Alles | Keine |\n\n\
    ## 3. Cluster\n\n| Bemerkungen | Cluster | Umgebung | Rolle |\n|---|---|---|---|\n| Hostet Bäckerei. | Nest | `büro` | Laufzeit |\n\n\
    ## 4. Dienste\n\n| Dienst | Umgebung | Repository | Nachweis | Lücken | Wartung |\n|---|---|---|---|---|---|\n\
    | Bäckerei | `büro` | `ops/b` | Läuft. | Benötigt Sicherungen und Restore-Test. | montags |\n\n\
    ## 5. Endpunkte\n\n| URL | Dienst | Umgebung | Status | Nachweis |\n|---|---|---|---|---|\n\
    | `https://b.example/` | Bäckerei Web | `büro` | Erreichbar | Erwartet `401`. |\n\n\
    ## Fragen\n\n- Was läuft wo?\n- Welche Datenspeicher gehören dazu?\n";

#[test]
fn a_german_inventory_in_another_order_is_read() {
    let catalog = catalog_of(GERMAN);
    assert_eq!(catalog.source.date, "2026-09-01");
    assert_eq!(facts(&catalog, "service:backerei", "wartung"), ["montags"]);
    assert_eq!(facts(&catalog, "endpoint:backerei-web", "expected-status"), ["401"]);
    let places = related(&catalog, "service:backerei", ops_model::RelationKind::RunsOn);
    assert_eq!(places, ["cluster:nest", "environment:buro"]);
    let gaps: Vec<&str> = catalog.gaps.iter().map(|gap| gap.text.as_str()).collect();
    assert_eq!(gaps, ["Sicherungen", "Restore-Test"]);
    assert_eq!(catalog.questions.len(), 2);
    let [note] = catalog.notes.as_slice() else { return crate::missing(&format!("one note: {:?}", catalog.notes)) };
    assert!(note.reason.contains("'Wartung'"), "{}", note.reason);
}

#[test]
fn a_file_gives_further_names() {
    let text = crate::Rows { services: "| Wiki | `prod` | `r` | Up. | |\n", ..crate::Rows::default() }
        .text()
        .replace("## Services", "## Apps")
        .replace("| Owner repo |", "| Team |");
    let (folder, output) = import(&text, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let names = "[sections]\nServices = [\"Apps\"]\n[columns]\n\"Owner repo\" = [\"Team\"]\n";
    fs::write(folder.path().join("names.toml"), names).expect("written");
    let run =
        |arguments: &[&str]| ops_hub().current_dir(folder.path()).args(arguments).output().expect("the program runs");
    let output = run(&["import", "inventory.md", "-o", "catalog.json", "--aliases", "names.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let catalog = read(&folder.path().join("catalog.json"));
    assert_eq!(related(&catalog, "service:wiki", ops_model::RelationKind::OwnedBy), ["repository:r"]);
    let checked =
        run(&["check", "--inventory", "inventory.md", "--aliases", "names.toml", "--catalog", "catalog.json"]);
    assert!(checked.status.success(), "{checked:?}");
    fs::write(folder.path().join("names.toml"), "[sections]\nServces = []\n").expect("written");
    let output = run(&["import", "inventory.md", "-o", "catalog.json", "--aliases", "names.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("did you mean 'Services'"), "{}", stderr(&output));
}
