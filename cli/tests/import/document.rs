//! What stands beside the entities: placement, questions, widgets, events, gates, notes.

use ops_model::{CatalogIndex, EntityKind, EntityRef, Question, RelationKind, entity::keys::ORDER};

use crate::{
    Rows, catalog_of, facts, import, is_noted, line_of, missing, read,
    support::{inventories, own_inventory, stderr},
};

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

#[test]
fn an_unknown_column_is_a_fact_of_each_row_and_noted_once() {
    let text = Rows::default().text().replace(
        "| Service | Current environment | Owner repo | Current evidence | Gaps |\n|---|---|---|---|---|\n",
        "| Service | Current environment | Cost centre | Owner repo | Current evidence | Gaps |\n|---|---|---|---|---|---|\n\
         | Wiki | `prod` | 4711 | `r` | Up. | |\n| Mail | `prod` | 4712 | `r` | Up. | |\n| Chat | `prod` | - | `r` | Up. | |\n",
    );
    let catalog = catalog_of(&text);
    assert_eq!(facts(&catalog, "service:wiki", "cost-centre"), ["4711"]);
    assert_eq!(facts(&catalog, "service:mail", "cost-centre"), ["4712"]);
    assert!(facts(&catalog, "service:chat", "cost-centre").is_empty());
    assert_eq!(catalog.notes.iter().filter(|note| note.reason.contains("'Cost centre'")).count(), 1);
}

#[test]
fn an_unknown_table_is_noted_once_with_its_rows() {
    let end = "## Certificates\n\n| Name | Until |\n|---|---|\n| wiki.example | May |\n| mail.example | June |\n";
    let catalog = Rows { end, ..Rows::default() }.catalog();
    let [note] = catalog.notes.as_slice() else { return missing("one note") };
    assert_eq!(note.text, "wiki.example | May; mail.example | June");
    assert!(note.reason.contains("Name | Until"), "{}", note.reason);
}

#[test]
fn a_question_ends_where_it_ends() {
    let end = "## Service Catalog Gap\n\n- What runs where?\nThe hub answers it.\n";
    let catalog = Rows { end, ..Rows::default() }.catalog();
    let [asked] = catalog.questions.as_slice() else { return missing("one question") };
    assert_eq!(asked.text, "What runs where?");
    assert!(catalog.context.iter().any(|statement| statement.text == "The hub answers it."));
}

#[test]
fn an_event_belongs_to_an_endpoint_or_is_noted() {
    let endpoints = "| `https://wiki.example/login` | Wiki web | `prod` | Up | |\n";
    let services = "| Wiki | `prod` | `r` | Up. | |\n";
    let event = |address: &str| {
        format!(
            "## First Evidence Events\n\n```json\n{{\"eventType\": \"ops-endpoint-verified\", \"metadata\": \
             {{\"endpoint\": \"{address}\", \"observedHeader\": \"X-Wiki: yes\"}}}}\n```\n"
        )
    };
    for (address, belongs) in [
        ("https://wiki.example/login", true),
        ("https://wiki.example/login/", true),
        ("https://WIKI.example/login", true),
        ("https://wiki.example/", false),
        ("https://wiki.example/login?a", false),
    ] {
        let end = event(address);
        let catalog = Rows { services, endpoints, end: &end, ..Rows::default() }.catalog();
        assert_eq!(!facts(&catalog, "endpoint:wiki-web", "expected-header").is_empty(), belongs, "{address}");
        assert_eq!(is_noted(&catalog, address), !belongs, "{address}");
    }
}
