//! Inventories that cannot be read: every mistake with place and cure.

use std::fs;

use crate::{
    import, line_of,
    support::{joined, ops_hub, own_inventory, stderr},
};

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
