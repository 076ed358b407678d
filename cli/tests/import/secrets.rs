//! User and password in an address are refused, and not shown.

use crate::{Rows, import, support::joined};

#[test]
fn credentials_are_refused_with_place_and_cure() {
    let services = "| Wiki | `prod` | `r` | Up. | |\n";
    let endpoint = "| `http://probe:pa55w0rd-x@wiki.example/` | Wiki web | `prod` | Up | |\n";
    let evidence = "| Mail | `prod` | `r` | Database at postgres://app:pa55w0rd-x@db/app. | |\n";
    let event = "## First Evidence Events\n\n```json\n{\"metadata\": {\"endpoint\": \"https://a:pa55w0rd-x@b.example\"}}\n```\n";
    for rows in [
        Rows { services, endpoints: endpoint, ..Rows::default() },
        Rows { services: evidence, ..Rows::default() },
        Rows { services, end: event, ..Rows::default() },
        Rows { services, end: "See [it](https://pa55w0rd-x@b.example/).\n", ..Rows::default() },
    ] {
        let text = rows.text();
        let (folder, output) = import(&text, &[]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(!folder.path().join("catalog.json").exists());
        let said = joined(&output);
        let line = text.lines().position(|line| line.contains("pa55w0rd-x")).expect("the line") + 1;
        assert!(said.contains(&format!("inventory.md:{line}:")) && said.contains("take them out"), "{said}");
        assert!(!said.contains("pa55w0rd-x"), "{said}");
    }
    let (_, output) =
        import(&Rows { services, end: "Clone ssh://git@git.example/a.git\n", ..Rows::default() }.text(), &[]);
    assert!(output.status.success());
}
