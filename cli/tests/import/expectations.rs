//! What an endpoint has to answer is read, or import says that it is not.

use crate::{Rows, facts, is_noted};

#[test]
fn expectations_are_read_or_noted() {
    for (evidence, statuses, redirects, noted) in [
        ("Expected `401` with a challenge.", &["401"][..], &[][..], false),
        ("Expected 401.", &["401"], &[], false),
        ("Expected status `401`.", &["401"], &[], false),
        ("Erwartet wird 401.", &["401"], &[], false),
        ("Expected `200` or `401`.", &["200", "401"], &[], true),
        ("Expected 200/401.", &["200", "401"], &[], true),
        ("Not expected `401`.", &[], &[], true),
        ("Never answers `500`.", &[], &[], true),
        ("Expected `401` at first, `200` with a token.", &["401"], &[], true),
        ("Redirects to /login.", &[], &["/login"], false),
        ("Redirects to `https://login.example/`.", &[], &["https://login.example/"], false),
        ("Redirects to [the login](https://login.example/).", &[], &[], true),
        ("Does not redirect to /login.", &[], &[], true),
        ("Answers within 200 ms.", &[], &[], false),
        ("Expected 2xx.", &[], &[], true),
        ("Any status but `500`.", &[], &[], true),
        ("Should return 404 Not Found.", &["404"], &[], false),
    ] {
        let endpoints = format!("| `https://wiki.example/` | Wiki web | `prod` | Up | {evidence} |\n");
        let services = "| Wiki | `prod` | `r` | Up. | |\n";
        let catalog = Rows { services, endpoints: &endpoints, ..Rows::default() }.catalog();
        assert_eq!(facts(&catalog, "endpoint:wiki-web", "expected-status"), statuses, "{evidence}");
        assert_eq!(facts(&catalog, "endpoint:wiki-web", "redirects-to"), redirects, "{evidence}");
        let words = evidence.split(['[', '.']).next().unwrap_or_default().replace('`', "");
        assert_eq!(!catalog.notes.is_empty(), noted, "{evidence}: {:?}", catalog.notes);
        assert!(!noted || is_noted(&catalog, &words), "{evidence}");
    }
}

#[test]
fn an_expected_header_is_read() {
    let endpoints =
        "| `https://wiki.example/` | Wiki web | `prod` | Up | Expected `200` with header `X-Wiki: yes`. |\n";
    let services = "| Wiki | `prod` | `r` | Up. | |\n";
    let catalog = Rows { services, endpoints, ..Rows::default() }.catalog();
    assert_eq!(facts(&catalog, "endpoint:wiki-web", "expected-status"), ["200"]);
    assert_eq!(facts(&catalog, "endpoint:wiki-web", "expected-header"), ["X-Wiki: yes"]);
}
