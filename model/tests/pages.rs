//! A catalog in pages is the catalog as a whole: what is read of it, its rows, what is found and how it is sorted.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use ops_model::{
    Catalog, CatalogIndex, CatalogPage, Context, Entity, EntityKind, EntityRef, EvidenceLog, Fact, Gap, GapKind,
    Question, Relation, RelationKind, Source,
    entity::keys,
    questions::answers,
    table::{CatalogView, CellState, Row, Rows, SortKey},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [EntityKind; 8] = [
    EntityKind::Service,
    EntityKind::Service,
    EntityKind::DataStore,
    EntityKind::Endpoint,
    EntityKind::Environment,
    EntityKind::Cluster,
    EntityKind::Repository,
    EntityKind::MigrationWave,
];

/// Few names, so that relations meet.
fn any_ref() -> impl Strategy<Value = EntityRef> {
    (proptest::sample::select(KINDS.to_vec()), "[a-d]").prop_map(|(kind, name)| EntityRef::new(kind, name))
}

fn any_entity() -> impl Strategy<Value = Entity> {
    let key = proptest::sample::select(vec![keys::EVIDENCE, keys::ENVIRONMENT_TEXT, keys::ADDRESS, "made-up"]);
    let fact = (key, "[a-cé]{0,3}").prop_map(|(key, value)| (key.to_owned(), value));
    (any_ref(), "[A-Ca-cÄö \"\\\\]{0,4}", proptest::collection::vec(fact, 0..3)).prop_map(|(id, title, facts)| {
        let mut facts: Vec<Fact> =
            facts.into_iter().map(|(key, value)| Fact { key, value, source: Source::new(7, 2) }).collect();
        if id.kind == EntityKind::MigrationWave {
            facts.push(Fact { key: "moves-from".into(), value: "environment:a".into(), source: Source::new(7, 3) });
        }
        Entity { id, title, facts, source: Source::new(1, 1) }
    })
}

fn any_relation() -> impl Strategy<Value = Relation> {
    let kind = proptest::sample::select(RelationKind::ALL.to_vec());
    (any_ref(), kind, any_ref(), 1_u32..9).prop_map(|(from, kind, to, line)| Relation {
        from,
        kind,
        to,
        source: Source::new(line, 1),
    })
}

fn any_gap() -> impl Strategy<Value = Gap> {
    let kinds = proptest::collection::btree_set(proptest::sample::select(GapKind::ALL.to_vec()), 0..4);
    (any_ref(), "[a-z ]{0,5}", kinds).prop_map(|(subject, text, kinds)| Gap {
        subject,
        text,
        kinds: kinds.into_iter().rev().collect(),
        source: Source::new(3, 1),
    })
}

prop_compose! {
    fn any_catalog()(
        entities in proptest::collection::vec(any_entity(), 0..25),
        relations in proptest::collection::vec(any_relation(), 0..30),
        gaps in proptest::collection::vec(any_gap(), 0..8),
    ) -> Catalog {
        let mut seen = BTreeSet::new();
        let entities = entities.into_iter().filter(|entity| seen.insert(entity.id.clone())).collect();
        Catalog { schema: 1, entities, relations, gaps, ..Catalog::default() }
    }
}

/// The pages of a catalog that end at these entities. A relation or gap is on the page of its entity, or,
/// where `strays` says so, on any.
fn pages(catalog: &Catalog, ends: &BTreeSet<usize>, strays: &[usize]) -> Vec<Catalog> {
    let mut ends: Vec<usize> = ends.iter().copied().filter(|end| *end < catalog.entities.len()).collect();
    ends.push(catalog.entities.len());
    let mut pages = vec![Catalog { schema: 1, ..Catalog::default() }; ends.len()];
    for (at, entity) in catalog.entities.iter().enumerate() {
        let page = ends.iter().position(|end| at < *end).unwrap();
        pages[page].entities.push(entity.clone());
    }
    let home = |id: &EntityRef, nth: usize| {
        let stray = strays.get(nth).map(|stray| stray % ends.len());
        let home = catalog.entities.iter().position(|entity| entity.id == *id);
        let own = home.and_then(|home| ends.iter().position(|end| home < *end));
        stray.or(own).unwrap_or(ends.len() - 1)
    };
    for (nth, relation) in catalog.relations.iter().enumerate() {
        pages[home(&relation.from, nth)].relations.push(relation.clone());
    }
    for (nth, gap) in catalog.gaps.iter().enumerate() {
        pages[home(&gap.subject, nth)].gaps.push(gap.clone());
    }
    pages
}

/// Reads pages; what is there after each page.
fn read(pages: &[Catalog]) -> Vec<CatalogIndex> {
    let mut index = CatalogIndex::default();
    let mut found = Vec::new();
    for (nth, page) in pages.iter().enumerate() {
        let mut page = serde_json::to_value(page).unwrap();
        if nth + 1 < pages.len() {
            page["next"] = json!(format!("page {nth}"));
        }
        let next = CatalogPage::read(page.to_string().as_bytes()).unwrap().add_to(&mut index).unwrap();
        assert_eq!(next.is_some(), nth + 1 < pages.len());
        found.push(index.clone());
    }
    found
}

fn everything() -> impl Iterator<Item = EntityRef> {
    EntityKind::ALL.iter().flat_map(|kind| "abcde".chars().map(|name| EntityRef::new(*kind, name.to_string())))
}

fn sorted<T: std::fmt::Debug>(all: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut all: Vec<String> = all.into_iter().map(|one| format!("{one:?}")).collect();
    all.sort();
    all
}

fn log(index: &CatalogIndex, subjects: &[EntityRef]) -> EvidenceLog {
    let event = |id: &EntityRef| ("checked", 0, json!({"subject": id.to_string(), "observed": 1, "expected": 1}));
    let events: Vec<(&str, i64, Value)> = subjects.iter().map(event).collect();
    support::log(index, &events)
}

fn context<'a>(index: &'a CatalogIndex, log: &'a EvidenceLog) -> Context<'a> {
    Context { index, log, now: support::at(1) }
}

fn cells(row: &Row) -> Vec<CellState> {
    Question::ALL.iter().map(|question| row.cell(*question)).collect()
}

/// A row without what only its index knows.
fn spelled(rows: &Rows, at: usize, row: &Row) -> String {
    let (Row { gaps, standing, .. }, cells, latest) = (row, cells(row), rows.latest(at));
    format!("{} {gaps} {cells:?} {standing} {latest:?} {}", rows.id(row), rows.environment(row))
}

fn all_spelled(rows: &Rows) -> Vec<String> {
    rows.all().iter().enumerate().map(|(at, row)| spelled(rows, at, row)).collect()
}

fn places(rows: &Rows, view: &CatalogView) -> Vec<usize> {
    rows.arrange(view).places().iter().map(|at| *at as usize).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn an_index_answers_like_a_walk_through_the_catalog(catalog in any_catalog()) {
        let index = CatalogIndex::new(catalog.clone());
        prop_assert_eq!(index.entities().cloned().collect::<Vec<_>>(), catalog.entities.clone());
        for id in everything() {
            let entity = catalog.entities.iter().find(|entity| entity.id == id);
            let found = index.entity(&id);
            prop_assert_eq!(found, entity);
            prop_assert_eq!(index.title(&id), entity.map_or(&*id.name, |entity| &*entity.title));
            let from: Vec<Relation> = catalog.relations.iter().filter(|one| one.from == id).cloned().collect();
            prop_assert_eq!(index.relations_from(&id).cloned().collect::<Vec<_>>(), from);
            let to = catalog.relations.iter().filter(|one| one.to == id);
            prop_assert_eq!(sorted(index.relations_to(&id)), sorted(to));
            let gaps: Vec<Gap> = catalog.gaps.iter().filter(|gap| gap.subject == id).cloned().collect();
            prop_assert_eq!(index.gaps_of(&id).cloned().collect::<Vec<_>>(), gaps);
        }
        let kind = EntityKind::Service;
        let services = catalog.entities.iter().filter(|entity| entity.id.kind == kind).cloned().collect::<Vec<_>>();
        prop_assert_eq!(index.of_kind(kind).cloned().collect::<Vec<_>>(), services);
        let endpoint = catalog.entities.iter().find(|one| {
            one.id.kind == EntityKind::Endpoint && one.fact(keys::ADDRESS).is_some_and(|fact| fact.value == "a")
        });
        prop_assert_eq!(index.endpoint_at("a"), endpoint.map(|one| &one.id));
    }

    #[test]
    fn the_union_of_the_pages_is_the_whole(
        catalog in any_catalog(),
        ends in proptest::collection::btree_set(0_usize..25, 0..5),
        strays in prop_oneof![Just(Vec::new()), proptest::collection::vec(0_usize..6, 0..10)],
    ) {
        let whole = CatalogIndex::new(catalog.clone());
        let pages = read(&pages(&catalog, &ends, &strays));
        let read = pages.last().unwrap();
        prop_assert!(read.awaited().is_none());
        prop_assert_eq!(read.len(), whole.len());
        prop_assert_eq!(read.to_catalog().entities, whole.to_catalog().entities);
        for id in everything() {
            prop_assert_eq!(sorted(read.relations_from(&id)), sorted(whole.relations_from(&id)));
            prop_assert_eq!(sorted(read.relations_to(&id)), sorted(whole.relations_to(&id)));
            prop_assert_eq!(sorted(read.gaps_of(&id)), sorted(whole.gaps_of(&id)));
            if strays.is_empty() && whole.has(&id) {
                prop_assert_eq!(read.environment_of(&id), whole.environment_of(&id));
            }
        }
        prop_assert_eq!(read.endpoint_at("a"), whole.endpoint_at("a"));
    }

    #[test]
    fn rows_of_a_catalog_in_pages_are_rows_of_the_whole(
        catalog in any_catalog(),
        ends in proptest::collection::btree_set(0_usize..25, 0..5),
        subjects in proptest::collection::vec(any_ref(), 0..4),
    ) {
        let (whole, read) = (CatalogIndex::new(catalog.clone()), read(&pages(&catalog, &ends, &[])));
        let index = read.last().unwrap();
        let (whole_log, read_log) = (log(&whole, &subjects), log(index, &subjects));
        let (one, two) = (Rows::new(context(&whole, &whole_log)), Rows::new(context(index, &read_log)));
        prop_assert_eq!(all_spelled(&one), all_spelled(&two));
        for view in ["", "q.a", "env.a~group.owner", "owner.b~sort.-env", "gap.backup", "sort.name~group.env"] {
            let view = CatalogView::parse(view);
            prop_assert_eq!(one.arrange(&view), two.arrange(&view));
        }
    }

    #[test]
    fn what_is_shown_of_a_growing_catalog_stays_as_it_was(catalog in any_catalog(), at in 0_usize..25) {
        let mut index = CatalogIndex::new(Catalog { schema: 1, ..Catalog::default() });
        let mut first = catalog.entities.clone();
        let second = first.split_off(at.min(first.len()));
        // All that is said of the entities comes before the second half of them.
        index.extend(first.clone(), catalog.relations.clone(), catalog.gaps.clone());
        let shown = index.clone();
        let told = |index: &CatalogIndex| {
            let of = |id: EntityRef| format!("{:?} {:?} {}", index.entity(&id), index.environment_of(&id), index.title(&id));
            everything().map(of).collect::<Vec<_>>()
        };
        let before = told(&shown);
        let left_out = index.extend([first.clone(), second].concat(), Vec::new(), Vec::new());
        prop_assert_eq!(left_out, first, "what is there already is left out");
        prop_assert_eq!(told(&shown), before);
        prop_assert_eq!(told(&index), told(&CatalogIndex::new(catalog)));
    }

    #[test]
    fn a_row_is_what_the_rules_say(catalog in any_catalog(), subjects in proptest::collection::vec(any_ref(), 0..4)) {
        let index = CatalogIndex::new(catalog);
        let log = log(&index, &subjects);
        let rows = Rows::new(context(&index, &log));
        for (at, row) in rows.all().iter().enumerate() {
            let id = rows.id(row);
            let health = ops_model::health::health(context(&index, &log), id);
            let cells: Vec<CellState> = answers(context(&index, &log), id).iter().map(CellState::of).collect();
            prop_assert_eq!(self::cells(row), cells, "{}", id);
            prop_assert_eq!(row.standing, health.standing);
            prop_assert_eq!(rows.latest(at), health.latest().map(|one| one.event.time));
            let open = self::cells(row).iter().filter(|cell| **cell != CellState::Answered).count();
            prop_assert_eq!(row.gaps as usize, open + index.gaps_of(id).count());
        }
    }

    #[test]
    fn what_is_found_step_by_step_is_what_is_found_at_once(
        mut catalog in any_catalog(),
        others in 0..60_u32,
        queries in proptest::collection::vec("[a-cäöé\" ]{0,3}", 1..6),
    ) {
        // Beside many others, which lead to it, few have what is looked for.
        for nth in 0..others {
            let id = EntityRef::new(EntityKind::Service, format!("other-{nth}"));
            let to = EntityRef::new(EntityKind::Repository, ["a", "b", "c", "d"][nth as usize % 4]);
            let source = Source::new(1, 1);
            catalog.relations.push(Relation { from: id.clone(), kind: RelationKind::OwnedBy, to, source });
            catalog.entities.push(Entity { title: id.name.to_string(), id, facts: Vec::new(), source });
        }
        let index = CatalogIndex::new(catalog);
        let log = support::log(&index, &[]);
        let rows = Rows::new(context(&index, &log));
        // As it is typed, and as it is taken back.
        let typed = queries.iter().flat_map(|query| (0..=query.chars().count()).map(move |most| query.chars().take(most).collect()));
        for query in typed.collect::<Vec<String>>() {
            let view = CatalogView { query: query.clone(), ..CatalogView::default() };
            let anew = Rows::new(context(&index, &log));
            prop_assert_eq!(rows.arrange(&view), anew.arrange(&view));
            let wanted = query.trim().to_lowercase();
            let has = |id: &EntityRef| id.name.contains(&wanted) || index.title(id).to_lowercase().contains(&wanted);
            let is_found = |id: &EntityRef| has(id) || index.relations_from(id).any(|one| has(&one.to));
            let expected: Vec<usize> =
                rows.all().iter().enumerate().filter(|(_, row)| is_found(rows.id(row))).map(|(at, _)| at).collect();
            prop_assert_eq!(places(&rows, &view), expected, "{:?}", query);
        }
    }

    #[test]
    fn a_prepared_order_is_the_plain_one(catalog in any_catalog(), subjects in proptest::collection::vec(any_ref(), 0..4)) {
        let index = CatalogIndex::new(catalog);
        let log = log(&index, &subjects);
        let rows = Rows::new(context(&index, &log));
        for sort in SortKey::ALL.iter().copied().filter(|key| *key != SortKey::Inventory) {
            for reversed in [false, true] {
                let mut plain: Vec<usize> = (0..rows.all().len()).collect();
                plain.sort_by(|a, b| {
                    let latest = |at: &usize| rows.latest(*at);
                    let age = latest(b).cmp(&latest(a));
                    let (a, b) = (&rows.all()[*a], &rows.all()[*b]);
                    let named = |row: &Row| (rows.environment(row).is_empty(), rows.environment(row).to_owned());
                    let title = |row: &Row| index.title(rows.id(row)).to_lowercase();
                    let order = match sort {
                        SortKey::Name => title(a).cmp(&title(b)),
                        SortKey::Kind => rows.kind(a).cmp(&rows.kind(b)),
                        SortKey::Environment => named(a).cmp(&named(b)),
                        SortKey::Standing => b.standing.cmp(&a.standing),
                        SortKey::Age => age,
                        SortKey::Gaps => b.gaps.cmp(&a.gaps),
                        question => {
                            let question: Question = question.question().unwrap();
                            b.cell(question).cmp(&a.cell(question))
                        }
                    };
                    if reversed { order.reverse() } else { order }
                });
                let view = CatalogView { sort, reversed, ..CatalogView::default() };
                prop_assert_eq!(places(&rows, &view), plain, "{:?} {}", sort, reversed);
            }
        }
    }
}

#[test]
fn a_page_that_breaks_off_takes_nothing_of_what_was_there() {
    let page = |name: &str, next: Option<&str>| {
        json!({"schema": 1, "source": {"file": "a", "title": "a", "sha256": "", "lines": 1}, "next": next,
            "totals": {"entities": 2, "relations": 0, "gaps": 0},
            "entities": [{"ref": format!("service:{name}"), "title": name, "source": {"line": 1}}]})
        .to_string()
    };
    let mut index = CatalogIndex::default();
    let (first, second) = (page("a", Some("on")), page("b", None));
    let next = CatalogPage::read(first.as_bytes()).unwrap().add_to(&mut index).unwrap();
    assert_eq!(next.as_deref(), Some("on"));
    assert_eq!(index.awaited().unwrap().entities, 2);
    let cut = CatalogPage::read(&second.as_bytes()[..second.len() - 5]);
    assert!(cut.unwrap_err().contains("EOF while parsing"));
    assert_eq!(index.ids().map(|id| id.to_string()).collect::<Vec<_>>(), ["service:a"]);
    assert!(index.awaited().is_some(), "pages are still to come");
}

#[test]
fn the_first_page_says_what_the_catalog_was_made_from() {
    let read = |page: &Value| CatalogPage::read(page.to_string().as_bytes()).unwrap();
    let mut index = CatalogIndex::default();
    let without = json!({"schema": 1, "next": "on", "totals": "many", "entities": []});
    assert_eq!(read(&without).add_to(&mut index).unwrap_err(), "missing field `source`");
    let mut with = without.clone();
    with["source"] = json!({"file": "a", "title": "a", "sha256": "", "lines": 1});
    assert!(read(&with).add_to(&mut index).is_ok());
    assert!(read(&without).add_to(&mut index).is_ok());
    assert_eq!(index.inventory().source.file, "a");
    assert_eq!(index.awaited().unwrap().entities, 0, "totals that are none are left out");
}

#[test]
fn a_record_that_is_there_twice_is_named_whichever_page_it_is_on() {
    let page = |next: Option<&str>| {
        json!({"schema": 1, "source": {"file": "a", "title": "a", "sha256": "", "lines": 1}, "next": next,
            "entities": [{"ref": "service:a", "title": "A", "source": {"line": 1}}, {"ref": "service:B", "title": "B", "source": {"line": 4}}]})
        .to_string()
    };
    let mut index = CatalogIndex::default();
    for page in [page(Some("on")), page(None)] {
        CatalogPage::read(page.as_bytes()).unwrap().add_to(&mut index).unwrap();
    }
    let notes = &index.inventory().notes;
    assert_eq!(index.len(), 1);
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert!(notes[0].reason.contains("a-z") && notes[0].source.line == 4, "{notes:?}");
    assert!(notes[2].reason.contains("already") && notes[2].text == "service:a", "{notes:?}");
}
