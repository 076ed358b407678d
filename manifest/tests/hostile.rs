//! Manifests from outside: whatever stands in one, it is taken or refused with words.
#![allow(missing_docs, clippy::unwrap_used)]

use ops_manifest::{Manifest, Served, check::check, source};
use proptest::{prelude::*, sample::Index, test_runner::FileFailurePersistence};
use serde_json::{Value, json};

fn committed() -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(source::MANIFEST);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The strings and values that the catalog's decoders are tried with.
fn corpus() -> Vec<Value> {
    let strings: Vec<Value> = serde_json::from_str(include_str!("../../model/tests/corpus/strings.json")).unwrap();
    let values: Vec<Value> = serde_json::from_str(include_str!("../../model/tests/corpus/values.json")).unwrap();
    strings.into_iter().chain(values).chain([json!("x".repeat(100_000))]).collect()
}

/// The pointer of every place in a document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), value))
            .collect(),
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

/// What once failed is kept with the corpus, shrunk, and tried first.
fn config() -> ProptestConfig {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/tests/corpus/failures-manifest.txt");
    let kept = FileFailurePersistence::Direct(kept);
    ProptestConfig { cases: 60, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_value_in_any_place_is_taken_or_refused_with_words(
        place in any::<Index>(), value in proptest::sample::select(corpus()), also in any::<Index>(), text in any::<String>()
    ) {
        let mut document = committed();
        let mut pointers = Vec::new();
        places(&document, "", &mut pointers);
        let (first, second): (&String, &String) = (place.get(&pointers), also.get(&pointers));
        *document.pointer_mut(first).unwrap() = value;
        // The second place may have gone with the first.
        if let Some(other) = document.pointer_mut(second) {
            *other = Value::from(text);
        }
        match check(&document) {
            Ok(manifest) => prop_assert!(serde_json::to_value(&manifest).is_ok()),
            Err(findings) => {
                prop_assert!(!findings.is_empty());
                prop_assert!(findings.iter().all(|finding| !finding.message.is_empty()));
            }
        }
    }

    #[test]
    fn in_the_browser_one_bad_place_costs_one_entry_which_is_named(
        place in any::<Index>(), value in proptest::sample::select(corpus())
    ) {
        let mut document = committed();
        let mut pointers = Vec::new();
        places(&document, "", &mut pointers);
        // A whole list that is none is one note, and a field of the document itself costs what it holds.
        pointers.retain(|pointer| pointer.matches('/').count() > 1);
        let pointer: &String = place.get(&pointers);
        let whole = Served::read(&document.to_string()).unwrap();
        *document.pointer_mut(pointer).unwrap() = value;
        let served = Served::read(&document.to_string()).unwrap();
        let count = |one: &Served| one.kinds.len() + one.widgets.len() + one.event_types.len();
        let lost = count(&whole) - count(&served);
        prop_assert!(lost <= 1 && lost == served.notes.len(), "{pointer}: {lost} lost, {:?}", served.notes);
        prop_assert!(served.notes.iter().all(|note| !note.reason.is_empty()), "{:?}", served.notes);
        prop_assert!(served.api.len() + 1 >= whole.api.len(), "{pointer}");
    }

    #[test]
    fn any_part_of_its_text_is_read_or_refused(cut in any::<Index>(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = committed().to_string();
        let part = &text.as_bytes()[..cut.index(text.len())];
        prop_assert!(serde_json::from_slice::<Manifest>(part).is_err());
        prop_assert!(serde_json::from_slice::<Manifest>(&bytes).is_err());
    }
}
