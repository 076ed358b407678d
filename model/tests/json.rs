//! The browser's own reading and writing of JSON against `serde_json`'s.
#![allow(missing_docs, clippy::unwrap_used)]

use ops_model::json::{self, Value, raw};
use proptest::prelude::*;

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has none", |number| number.is_finite()).prop_map(Value::from),
        "[ -~ä€😀\\n\\r\\t]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map("[ -~ä€😀\\n\\r\\t]{0,20}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Texts near JSON, most of them not quite.
fn near_json() -> impl Strategy<Value = String> {
    let parts = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "1",
        "-0",
        "01",
        "1.5e3",
        "1.",
        "true",
        "nul",
        " ",
        "\n",
        "\u{1}",
        "\"",
        "\\",
        "é",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_the_same(value in any_value()) {
        let (line, lines) = (json::write(&value), json::pretty(&value));
        prop_assert_eq!(&line, &serde_json::to_string(&value).unwrap());
        prop_assert_eq!(&lines, &serde_json::to_string_pretty(&value).unwrap());
        // By way of the text: reading floating point numbers is serde_json's, to the last bit or not.
        let (ours, theirs): (_, Value) = (json::read(&line).unwrap(), serde_json::from_str(&line).unwrap());
        prop_assert_eq!(&ours, &theirs);
        prop_assert_eq!(json::read(&lines).unwrap(), ours);
    }

    #[test]
    fn a_text_is_refused_exactly_where_serde_json_refuses_it(text in near_json()) {
        let (ours, theirs) = (json::read(&text), serde_json::from_str::<Value>(&text));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}: {:?} / {:?}", text, ours, theirs);
        prop_assert_eq!(ours.ok(), theirs.ok());
    }

    #[test]
    fn a_document_taken_apart_has_all_of_its_parts(items in proptest::collection::vec(any_value(), 0..6), name in "[ -~ä€😀\\n\\r\\t]{0,20}") {
        let mut fields = json::Map::new();
        fields.insert(name.clone(), Value::from(items.clone()));
        let text = json::pretty(&Value::Object(fields));
        let parts = raw::fields(&text).unwrap();
        prop_assert_eq!(parts.len(), 1);
        prop_assert_eq!(&parts[0].0, &name);
        let read: Vec<Value> = raw::items(parts[0].1).unwrap().into_iter().map(|item| json::read(item).unwrap()).collect();
        let text = json::write(&Value::from(items));
        prop_assert_eq!(read, serde_json::from_str::<Vec<Value>>(&text).unwrap());
    }

    #[test]
    fn any_text_is_taken_apart_or_refused(text in near_json()) {
        // No text keeps it busy for ever, or is taken for a whole where serde_json sees none.
        for part in raw::items(&text).into_iter().flatten().chain(raw::fields(&text).into_iter().flatten().map(|(_, part)| part)) {
            prop_assert!(!part.is_empty());
        }
        if let Ok(Value::Array(items)) = serde_json::from_str(&text) {
            prop_assert_eq!(raw::items(&text).map(|parts| parts.len()), Ok(items.len()));
        }
    }
}

#[test]
fn an_error_says_what_is_wrong() {
    for (text, words) in [
        ("", "the text ends early"),
        ("[1 2]", "unexpected character"),
        (r#"{"a" 1}"#, "unexpected character"),
        ("\"\u{1}\"", "control character in a text"),
        (r#""\x""#, "unknown escape"),
        ("1 1", "something follows the value"),
        ("\"a", "the text ends early"),
    ] {
        assert_eq!(json::read(text).unwrap_err(), words, "{text}");
    }
    let deep = ["[".repeat(200), "]".repeat(200)].concat();
    assert_eq!(json::read(&deep).unwrap_err(), "recursion limit exceeded");
    assert_eq!(raw::items(&deep).unwrap().len(), 1);
    assert_eq!(raw::fields("[]").unwrap_err(), "an object is expected");
    assert_eq!(raw::items("[{\"a\":[1,2}").unwrap_err(), "unexpected character");
}

#[test]
fn texts_are_read_as_they_can_be_shown() {
    let read = json::read(r#"{"a\u202e": "b\u0007", "c": "\ud83d"}"#).unwrap();
    assert_eq!(json::write(&read), "{\"a\u{fffd}\":\"b\u{fffd}\",\"c\":\"\u{fffd}\"}");
}
