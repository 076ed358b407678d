//! Data from outside, in every field: nothing panics, the bad record is named, the others are read.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use ops_model::{
    Catalog, CatalogIndex, CatalogPage, EntityRef, Event, EventPage, EvidenceLog, problem::refusal, table::CatalogView,
};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use serde_json::{Value, json};

fn corpus() -> Vec<Value> {
    let strings: Vec<Value> = serde_json::from_str(include_str!("corpus/strings.json")).unwrap();
    let values: Vec<Value> = serde_json::from_str(include_str!("corpus/values.json")).unwrap();
    strings.into_iter().chain(values).chain([json!("x".repeat(1_000_000)), deep(100)]).collect()
}

fn deep(levels: usize) -> Value {
    (0..levels).fold(json!(1), |inner, _| json!([inner]))
}

fn good() -> Value {
    json!({
        "schema": 1,
        "source": { "file": "a.md", "title": "A", "date": "2026-06-06", "sha256": "00", "lines": 9 },
        "placement": [{ "key": "system", "value": "S1", "source": { "line": 1 } }],
        "entities": [
            { "ref": "service:good", "title": "Good", "source": { "line": 2 }, "facts": [{ "key": "state", "value": "up", "source": { "line": 2 } }] },
            { "ref": "service:other", "title": "Other", "source": { "line": 3 }, "facts": [{ "key": "state", "value": "up", "source": { "line": 3 } }] },
        ],
        "relations": [{ "from": "service:good", "type": "runs-on", "to": "service:other", "source": { "line": 2 } }],
        "gaps": [], "questions": [], "widgets": [{ "name": "ops-a", "source": { "line": 4 } }],
        "firstEvents": [], "notes": [],
        "context": [{ "section": "A", "text": "words", "source": { "line": 5 } }],
    })
}

/// A catalog as it is read from text, and given back.
fn read(catalog: &Value) -> Result<Catalog, String> {
    index(catalog.to_string().as_bytes()).map(|index| index.to_catalog())
}

fn index(text: &[u8]) -> Result<CatalogIndex, String> {
    let mut index = CatalogIndex::default();
    CatalogPage::read(text)?.add_to(&mut index)?;
    Ok(index)
}

fn event(id: &str) -> Value {
    json!({ "id": id, "widgetId": "w", "widget": "ops-a", "eventType": "ops-note-added", "viewContext": "a/b",
        "metadata": { "subject": "service:good", "status": 200, "nested": { "a": [1] } }, "time": "2026-06-06T08:00:00Z", "actor": "me" })
}

/// The pointer of every place in a document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)).collect()
        }
        _ => Vec::new(),
    };
    for (pointer, child) in children {
        found.push(pointer.clone());
        places(child, &pointer, found);
    }
}

/// What every screen can hold of what was read.
fn is_tame(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.chars().count() <= 20_001
                && text.chars().all(|one| matches!(one, '\n' | '\r' | '\t') || !one.is_control())
                && !text.contains(['\u{202e}', '\u{2066}', '\u{2067}', '\u{200f}', '\u{feff}'])
        }
        Value::Array(items) => items.iter().all(is_tame),
        Value::Object(fields) => fields.values().all(is_tame),
        _ => true,
    }
}

#[test]
fn what_is_good_is_read_as_it_is_written() {
    let read = index(good().to_string().as_bytes()).unwrap();
    assert_eq!(read.to_catalog(), serde_json::from_value::<ops_model::Catalog>(good()).unwrap());
    let read = Event::read(&event("a").to_string()).unwrap();
    assert_eq!(read, serde_json::from_value::<ops_model::Event>(event("a")).unwrap());
}

#[test]
fn every_hostile_value_in_every_place_of_a_catalog_leaves_the_others_readable() {
    let (good, mut pointers) = (good(), Vec::new());
    assert!(read(&good).unwrap().notes.is_empty());
    places(&good, "", &mut pointers);
    for pointer in &pointers {
        for value in corpus() {
            let mut bad = good.clone();
            *bad.pointer_mut(pointer).unwrap() = value.clone();
            let read = read(&bad);
            let is_record = pointer.matches('/').count() >= 2 && !pointer.starts_with("/source");
            match read {
                Ok(catalog) => {
                    assert!(is_tame(&serde_json::to_value(&catalog).unwrap()), "{pointer}");
                    let whole = [catalog.entities.len(), catalog.relations.len(), catalog.context.len()];
                    let lost = 4 - whole.iter().sum::<usize>()
                        + usize::from(catalog.widgets.is_empty())
                        + usize::from(catalog.placement.is_empty());
                    if is_record {
                        assert!(lost <= 1, "{pointer}: {lost} records are lost to one bad value");
                    }
                    // What is lost is named, with a reason.
                    if lost > 0 && is_record {
                        assert!(
                            catalog.notes.iter().any(|note| !note.reason.is_empty()),
                            "{pointer}: lost without a word"
                        );
                    }
                    let _ = CatalogIndex::new(catalog);
                }
                Err(words) => assert!(!is_record && !words.is_empty(), "{pointer}: {words}"),
            }
        }
    }
}

#[test]
fn every_hostile_value_in_every_place_of_an_event_leaves_the_others_readable() {
    let page = json!({ "now": "2026-06-06T09:00:00Z", "items": [event("a"), event("b"), event("c")] });
    let mut pointers = Vec::new();
    places(&event("b"), "/items/1", &mut pointers);
    for pointer in &pointers {
        for value in corpus() {
            let mut bad = page.clone();
            *bad.pointer_mut(pointer).unwrap() = value;
            let read = EventPage::read(bad.to_string().as_bytes()).unwrap();
            let ids: Vec<&str> = read.events.iter().map(|event| event.id.as_str()).collect();
            assert_eq!((ids.first(), ids.last()), (Some(&"a"), Some(&"c")), "{pointer}");
            assert_eq!(read.events.len() + read.notes.len(), 3, "{pointer}");
            assert!(read.events.iter().all(|event| is_tame(&serde_json::to_value(event).unwrap())), "{pointer}");
        }
    }
}

#[test]
fn one_record_that_nests_without_end_is_named_and_the_others_are_read() {
    let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        r#"{{"now":"2026-06-06T09:00:00Z","items":[{},{{"id":"b","metadata":{{"a":{nested}}}}},{}]}}"#,
        event("a"),
        event("c")
    );
    let read = EventPage::read(text.as_bytes()).unwrap();
    assert_eq!(read.events.len(), 2);
    assert!(read.notes[0].reason.contains("recursion"), "{:?}", read.notes[0].reason);
    assert!(read.notes[0].text.chars().count() <= 161);
}

#[test]
fn an_event_that_cannot_be_read_is_named_by_its_identifier_and_the_latest_fifty_are_kept() {
    let long = format!(r#"{{"metadata":"{}","id":"late-1","time":"soon"}}"#, "x".repeat(1_000));
    let page = format!(r#"{{"now":"2026-06-06T09:00:00Z","items":[{long},{}]}}"#, event("a"));
    let note = EventPage::read(page.as_bytes()).unwrap().notes.remove(0);
    assert!(note.text.starts_with("late-1: {"), "{}", note.text);
    assert!(note.text.chars().count() <= 161);
    assert_eq!(Event::read(&long).unwrap_err().text, note.text);

    let mut log = EvidenceLog::default();
    for number in 0..70 {
        let note = Event::read(&format!(r#"{{"id":"{number}"}}"#)).unwrap_err();
        log.name_unread(note.clone());
        log.name_unread(note);
    }
    let ids: Vec<&str> = log.unread().iter().filter_map(|note| note.text.split(':').next()).collect();
    assert_eq!(ids, (20..70).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(log.unread().iter().all(|note| note.reason.contains("missing field")), "{:?}", log.unread());
    let again = log.placed_by(&CatalogIndex::default());
    assert_eq!(again.unread(), log.unread(), "another reading of the catalog takes no name away");
}

#[test]
fn what_is_there_twice_counts_once() {
    let mut twice = good();
    let first = twice["entities"][0].clone();
    twice["entities"].as_array_mut().unwrap().push(first);
    let catalog = read(&twice).unwrap();
    assert_eq!(catalog.entities.len(), 2);
    assert!(catalog.notes[0].reason.contains("already"), "{:?}", catalog.notes);
    let page = json!({ "now": "2026-06-06T09:00:00Z", "items": [event("a"), event("a")] });
    assert_eq!(EventPage::read(page.to_string().as_bytes()).unwrap().events.len(), 1);
}

#[test]
fn a_catalog_of_another_version_is_no_catalog() {
    let mut other = good();
    other["schema"] = json!(2);
    assert!(read(&other).unwrap_err().contains("schema 2"));
    assert!(index(b"[]").is_err());
    assert!(index(b"\xff\xfe").is_err());
    assert!(EventPage::read(b"<!doctype html>").is_err());
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_document() {
    let marked = |document: &Value| format!("\u{feff}{document}").into_bytes();
    assert_eq!(index(&marked(&good())).unwrap().len(), 2);
    let page = json!({ "now": "2026-06-06T09:00:00Z", "items": [event("a")] });
    assert_eq!(EventPage::read(&marked(&page)).unwrap().events.len(), 1);
}

#[test]
fn what_follows_a_document_or_a_record_is_refused() {
    assert!(index(format!("{} {{}}", good()).as_bytes()).is_err());
    assert!(Event::read(&format!("{} 1", event("a"))).is_err());
}

#[test]
fn texts_are_read_as_they_can_be_shown() {
    let mut hidden = event("a");
    hidden["metadata"] = json!({ "a\u{202e}": ["b\u{7}"] });
    let raw = hidden.to_string();
    let escaped = raw.replace('\u{202e}', "\\u202e");
    assert_ne!(raw, escaped);
    for text in [raw, escaped] {
        assert_eq!(Value::Object(Event::read(&text).unwrap().metadata), json!({ "a\u{fffd}": ["b\u{fffd}"] }));
    }
    // Half of a pair of surrogates is no text: the event is named.
    assert!(Event::read(&event("a").to_string().replace("service:good", "\\ud83d")).is_err());
}

#[test]
fn a_note_says_which_field_is_wrong_and_where_its_record_stands() {
    let mut bad = good();
    bad["entities"][0]["facts"][0]["value"] = json!(5);
    bad["relations"][0]["type"] = json!("beside");
    bad["gaps"] = json!({});
    let notes = read(&bad).unwrap().notes;
    let said: Vec<_> =
        notes.iter().map(|note| (note.section.as_str(), note.source.line, note.reason.as_str())).collect();
    assert_eq!(said[0], ("entities", 2, "facts[0].value: invalid type: integer `5`, expected a string"));
    assert_eq!((said[1].0, said[1].1), ("relations", 2));
    assert!(said[1].2.starts_with("type: unknown variant `beside`, expected one of `runs-on`"), "{}", said[1].2);
    assert!(said[2].0 == "gaps" && said[2].2.contains("expected a sequence"), "{said:?}");
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        proptest::sample::select(corpus()),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(".*", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// What once failed is kept with the corpus, shrunk, and tried first.
fn config() -> ProptestConfig {
    let kept = FileFailurePersistence::Direct(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/failures.txt"));
    ProptestConfig { cases: 200, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = index(&bytes);
        let _ = EventPage::read(&bytes);
    }

    #[test]
    fn any_values_in_a_catalogs_lists_are_read_or_named(entities in proptest::collection::vec(any_value(), 0..4), gaps in any_value()) {
        let mut catalog = good();
        let count = entities.len();
        catalog["entities"].as_array_mut().unwrap().extend(entities);
        catalog["gaps"] = gaps;
        let read = read(&catalog).unwrap();
        prop_assert!(read.entities.len() >= 2);
        prop_assert!(read.entities.len() + read.notes.len() >= 2 + count);
        prop_assert!(is_tame(&serde_json::to_value(&read).unwrap()));
    }

    #[test]
    fn any_half_of_a_document_is_refused_or_read(cut in 0_usize..2_000) {
        let text = good().to_string();
        let read = index(&text.as_bytes()[..cut.min(text.len())]);
        prop_assert_eq!(read.is_ok(), cut >= text.len());
    }

    #[test]
    fn any_event_of_a_stream_is_read_or_named(value in any_value(), text in any::<String>(), at in 0_usize..400) {
        let whole = event("a").to_string();
        let half: String = whole.chars().take(at).collect();
        for text in [value.to_string(), text, half] {
            match Event::read(&text) {
                Ok(event) => prop_assert!(is_tame(&serde_json::to_value(&event).unwrap())),
                Err(note) => prop_assert!(!note.reason.is_empty() && note.text.chars().count() <= 161, "{:?}", note),
            }
        }
    }

    #[test]
    fn any_field_of_an_event_of_a_stream_is_read_or_named(value in any_value(), field in 0_usize..8) {
        let mut bad = event("a");
        let name = bad.as_object().unwrap().keys().nth(field).unwrap().clone();
        bad[&name] = value;
        match Event::read(&bad.to_string()) {
            Ok(event) => prop_assert!(is_tame(&serde_json::to_value(&event).unwrap())),
            Err(note) => prop_assert!(!note.reason.is_empty(), "{:?}", note),
        }
    }

    #[test]
    fn any_refusal_has_words_that_can_be_shown(value in any_value(), detail in any_value(), errors in any_value(), text in any::<String>()) {
        let problem = json!({ "type": "about:blank", "detail": detail, "errors": errors });
        let listed = json!({ "errors": [{ "message": value }, value] });
        for body in [problem.to_string(), listed.to_string(), value.to_string(), text] {
            let words = refusal(422, body.as_bytes());
            prop_assert!(!words.is_empty() || problem["detail"] == "", "{}", body);
            prop_assert!(is_tame(&Value::String(words)));
        }
    }

    #[test]
    fn any_text_of_an_address_is_a_view(text in any::<String>()) {
        // What a page's address says of the catalog, and what an attribute says of an entity.
        let view = CatalogView::parse(&text);
        prop_assert_eq!(CatalogView::parse(&view.print()).print(), view.print());
        if let Ok(id) = text.parse::<EntityRef>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn any_event_is_read_or_named(items in proptest::collection::vec(any_value(), 0..5)) {
        let count = items.len();
        let page = json!({ "now": "2026-06-06T09:00:00Z", "items": items });
        let read = EventPage::read(page.to_string().as_bytes()).unwrap();
        prop_assert_eq!(read.events.len() + read.notes.len(), count);
    }
}
