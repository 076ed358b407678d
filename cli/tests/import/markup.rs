//! Markup is no text: comments, breaks, anchors, links, footnotes, what is struck out.

use crate::{Rows, catalog_of, facts, has, is_noted, refs};

#[test]
fn comments_reach_nobody() {
    let services = "| Wiki <!-- secret 1 --> | `prod` <!-- secret 2 --> | `r` | Up. <!-- secret 3 --> | |\n";
    let end = "<!-- secret 4 -->\n\nRacks are in the cellar. <!-- secret\n5 -->\n\n<!--\nsecret 6\n\nsecret 7\n-->\n\n\
               - item <!-- secret 8 -->\n\n<!-- secret 9 --> behind\n\n## More <!-- secret 10 -->\n";
    let catalog = Rows { services, end, ..Rows::default() }.catalog();
    assert!(!has(&catalog, "secret"), "{catalog:?}");
    assert!(has(&catalog, "Racks are in the cellar.") && has(&catalog, "behind"));
    assert!(refs(&catalog).contains(&"service:wiki".to_owned()));
}

#[test]
fn a_break_parts_words_and_an_anchor_is_none() {
    let services = "| Wiki<br>(intranet) | `prod` | `a`<br/>`b` | Up.<br>Fast. | |\n";
    let text = Rows { services, ..Rows::default() }.text().replace("## Hosts", "## <a id=\"hosts\"></a>Hosts");
    let text = text
        .replace("## Clusters", "## 4. Clusters {#clusters}")
        .replace("## Endpoints", "<a name=\"e\"></a>\n## Endpoints:");
    let catalog = catalog_of(&text);
    let wiki = catalog.entities.iter().find(|one| one.id.to_string() == "service:wiki-intranet").expect("the service");
    assert_eq!(wiki.title, "Wiki (intranet)");
    assert_eq!(facts(&catalog, "service:wiki-intranet", "evidence"), ["Up. Fast."]);
    assert!(catalog.notes.is_empty(), "{:?}", catalog.notes);
}

#[test]
fn links_and_footnotes_are_kept() {
    let services =
        "| [Wiki](https://wiki.example/) | `prod` | `r` | see [runbook](https://wiki.example/a) and [b][b][^1] | |\n";
    let end = "Read <https://c.example/> and ![plan](https://d.example/plan.png).\n\n[b]: https://b.example/\n\
               [unused]: https://unused.example/\n\n[^1]: platform@example.org\n\n[^2]: nobody refers to it\n";
    let catalog = Rows { services, end, ..Rows::default() }.catalog();
    assert_eq!(
        facts(&catalog, "service:wiki", "link"),
        ["https://wiki.example/", "https://wiki.example/a", "https://b.example/"]
    );
    assert_eq!(facts(&catalog, "service:wiki", "footnote"), ["platform@example.org"]);
    for words in ["https://c.example/", "https://d.example/plan.png", "nobody refers to it", "https://unused.example/"]
    {
        assert!(has(&catalog, words), "{words}");
    }
    assert!(is_noted(&catalog, "https://unused.example/"));
}

#[test]
fn what_is_struck_out_is_noted_and_not_read() {
    let services = "| Wiki | ~~`dr`~~ `prod` | `r` | Up. | ~~backups~~, owner |\n| ~~Old~~ | `prod` | `r` | Up. | a gap |\n\
                    | Mail | `prod` | `r` | <del>Down.</del> Up. | |\n";
    let catalog = Rows { services, end: "We ~~never~~ test restores.\n", ..Rows::default() }.catalog();
    assert!(!refs(&catalog).iter().any(|id| id.contains("old")), "{:?}", refs(&catalog));
    assert_eq!(facts(&catalog, "service:mail", "evidence"), ["Up."]);
    for words in ["dr", "backups", "Old", "Down.", "never"] {
        assert!(catalog.notes.iter().any(|note| note.text.contains(words)), "{words}: {:?}", catalog.notes);
    }
    let gaps: Vec<&str> = catalog.gaps.iter().map(|gap| gap.text.as_str()).collect();
    assert_eq!(gaps, ["owner"]);
}

#[test]
fn text_in_a_list_item_goes_on_after_code() {
    let end = "- before\n  ```sh\n  run\n  ```\n  behind\n";
    let catalog = Rows { end, ..Rows::default() }.catalog();
    for words in ["before", "run", "behind"] {
        assert!(has(&catalog, words), "{words}");
    }
}
