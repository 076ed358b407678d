//! The table of services: found, counted, sorted, grouped, exported.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use ops_model::{
    Context, GapKind, Question, Standing,
    table::{Age, CatalogView, Facet, Grouping, Layout, Line, Rows, SortKey, csv, json, table},
};
use proptest::prelude::*;
use serde_json::json as value;
use support::*;

fn rows() -> Rows {
    let index = catalog();
    let log =
        log(&index, &[("checked", 0, value!({"endpoint": "https://git.example/v2/", "observed": 1, "expected": 2}))]);
    Rows::new(Context { index: &index, log: &log, now: at(1) })
}

fn names(rows: &Rows, view: &str) -> Vec<String> {
    let arranged = rows.arrange(&CatalogView::parse(view));
    assert_eq!(arranged.lines().count(), arranged.len());
    assert_eq!(arranged.line(arranged.len()), None);
    for (at, line) in arranged.lines().enumerate() {
        if let Line::Row(place) = line {
            assert_eq!(arranged.line_of(place), Some(at));
            assert_eq!(rows.place(rows.id(&rows.all()[place])), Some(place));
        }
    }
    arranged
        .lines()
        .map(|line| match line {
            Line::Group(value, count) => format!("[{value} {count}]"),
            Line::Row(at) => rows.id(&rows.all()[at]).name.to_string(),
        })
        .collect()
}

fn count(rows: &Rows, view: &str, facet: Facet, value: &str) -> usize {
    let counts = rows.arrange(&CatalogView::parse(view)).counts;
    counts[facet as usize].iter().find(|(name, _)| name == value).map_or(usize::MAX, |(_, count)| *count)
}

#[test]
fn search_finds_names_and_what_is_related() {
    assert_eq!(names(&rows(), "q.LOST"), ["lost"]);
    assert_eq!(names(&rows(), "q.apps"), ["git"]);
    assert_eq!(names(&rows(), "q.nothing like this"), Vec::<String>::new());
}

#[test]
fn values_of_a_facet_add_up_and_facets_narrow_each_other() {
    let rows = rows();
    assert_eq!(names(&rows, ""), ["git", "lost", "db", "disk"]);
    assert_eq!(names(&rows, "env.prod"), ["git", "db", "disk"]);
    assert_eq!(names(&rows, "env.prod!*_"), ["git", "lost", "db", "disk"]);
    assert_eq!(names(&rows, "env.prod~owner.*_"), ["db", "disk"]);
    assert_eq!(names(&rows, "gap.backup"), ["git"]);
    assert_eq!(names(&rows, "age.day"), ["git"]);
}

#[test]
fn a_count_follows_the_other_facets_and_not_its_own() {
    let rows = rows();
    assert_eq!(count(&rows, "", Facet::Environment, "prod"), 3);
    assert_eq!(count(&rows, "owner.*_", Facet::Environment, "prod"), 2);
    assert_eq!(count(&rows, "owner.*_", Facet::Owner, "apps"), 1);
    assert_eq!(count(&rows, "env.gone", Facet::Environment, "gone"), 0);
    assert_eq!(count(&rows, "env.gone", Facet::Environment, "prod"), 3);
    assert_eq!(count(&rows, "env.gone", Facet::Owner, "apps"), 0);
}

#[test]
fn rows_are_sorted_stably_and_grouped() {
    let rows = rows();
    assert_eq!(names(&rows, "sort.name"), ["db", "disk", "git", "lost"]);
    assert_eq!(names(&rows, "sort.standing"), ["git", "lost", "db", "disk"]);
    assert_eq!(names(&rows, "sort.-standing"), ["lost", "db", "disk", "git"]);
    assert_eq!(names(&rows, "sort.env"), ["git", "db", "disk", "lost"]);
    assert_eq!(names(&rows, "sort.age"), ["git", "lost", "db", "disk"]);
    assert_eq!(names(&rows, "sort.-inventory"), ["disk", "db", "lost", "git"]);
    assert_eq!(names(&rows, "group.env~sort.-name"), ["[prod 3]", "git", "disk", "db", "[ 1]", "lost"]);
    assert_eq!(names(&rows, "group.standing"), ["[failing 1]", "git", "[unproven 3]", "lost", "db", "disk"]);
    assert_eq!(names(&rows, "group.kind"), ["[service 2]", "git", "lost", "[data-store 2]", "db", "disk"]);
}

#[test]
fn rows_are_sorted_by_how_far_a_question_is_answered() {
    let rows = rows();
    let arranged = rows.arrange(&CatalogView::parse("sort.owned-by"));
    let owned = |at: usize| rows.all()[at].cell(Question::OwnedBy);
    let cells: Vec<_> = arranged.places().iter().map(|at| owned(*at as usize)).collect();
    assert_eq!(cells.len(), 4);
    assert!(cells.is_sorted_by(|a, b| a >= b), "open ones first: {cells:?}");
    assert_eq!(names(&rows, "sort.-owned-by")[0], "git");
    for question in Question::ALL {
        assert_eq!(SortKey::of(*question).question(), Some(*question));
    }
}

#[test]
fn answers_are_counted_over_what_is_shown() {
    let rows = rows();
    let answered = |view: &str| rows.arrange(&CatalogView::parse(view)).answered[Question::RunsWhere as usize];
    assert_eq!(answered(""), 3);
    assert_eq!(answered("q.lost"), 0);
}

#[test]
fn what_is_exported_is_what_is_shown() {
    let index = catalog();
    let log = log(&index, &[]);
    let context = Context { index: &index, log: &log, now: at(1) };
    let rows = Rows::new(context);
    let view = CatalogView::parse("q.git~group.kind~hide.stored-in!moves-to");
    let table = table(context, &rows, &rows.arrange(&view), &view);
    let expected = ["ref", "name", "kind", "environment", "standing", "evidence"];
    assert_eq!(table[0][..6], expected);
    assert_eq!(table[0][6..], ["runs-where", "owned-by", "exposed-by", "covered-by", "proven-by"]);
    assert_eq!(table.len(), 2, "groups are no rows: {table:?}");
    assert_eq!(table[1][..6], ["service:git", "service:git", "service", "prod", "unproven", ""]);
    assert_eq!(table[1][7], "repository:apps");
    assert_eq!(table[1].last().unwrap(), "It runs.; [no-evidence]");
}

#[test]
fn what_cannot_be_read_is_left_out() {
    for broken in ["", "~~~", "...", "sort.", "standing.shiny", "as.pie~hide.what", "env.*", "q.*9", "%%%", "age"] {
        assert_eq!(CatalogView::parse(broken), CatalogView::default(), "{broken}");
    }
}

#[test]
fn exports_are_quoted_and_run_no_formula() {
    let rows = vec![vec!["a".to_owned(), "b".to_owned()], vec!["=SUM(\"1\")".to_owned(), "two\nlines".to_owned()]];
    assert_eq!(csv(&rows), "a,b\r\n\"'=SUM(\"\"1\"\")\",\"two\nlines\"\r\n");
    for sign in ["+1", "-1", "@x", "\tx"] {
        assert_eq!(csv(&[vec![sign.to_owned()]]), format!("'{sign}\r\n"));
    }
    let read: serde_json::Value = serde_json::from_str(&json(&rows)).unwrap();
    assert_eq!(read, value!([{"a": "=SUM(\"1\")", "b": "two\nlines"}]));
}

fn any_view() -> impl Strategy<Value = CatalogView> {
    let some = |all: Vec<&'static str>| {
        proptest::collection::btree_set(proptest::sample::select(all).prop_map(str::to_owned), 0..4)
    };
    let open = || proptest::collection::btree_set("\\PC{0,6}", 0..4);
    let facets = (
        open(),
        open(),
        some(Standing::ALL.iter().map(|one| one.as_str()).collect()),
        some(Age::ALL.iter().map(|one| one.as_str()).collect()),
        some(GapKind::ALL.iter().map(|one| one.as_str()).collect()),
    );
    let sort = (proptest::sample::select(SortKey::ALL.to_vec()), any::<bool>());
    let group = proptest::sample::select(Grouping::ALL.to_vec());
    let hidden = proptest::collection::btree_set(proptest::sample::select(Question::ALL.to_vec()), 0..7);
    let layout = proptest::sample::select(Layout::ALL.to_vec());
    ("[a-z~!*. _%&\\-ä]{0,12}", facets, sort, group, hidden, layout).prop_map(
        |(query, (env, owner, standing, age, gap), (sort, reversed), group, hidden, layout)| {
            let chosen = [env, owner, standing, age, gap].map(|set| set.into_iter().collect());
            let hidden = hidden.into_iter().collect();
            CatalogView { query, chosen, sort, reversed, group, hidden, layout }
        },
    )
}

proptest! {
    #[test]
    fn a_printed_view_reads_as_the_same(view in any_view()) {
        prop_assert_eq!(CatalogView::parse(&view.print()), view);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}") {
        let view = CatalogView::parse(&text);
        prop_assert_eq!(CatalogView::parse(&view.print()), view);
    }
}
