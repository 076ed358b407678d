//! Each way in which a schema takes less.

use serde_json::{Value, json};

use super::{Schema, missing, narrowings};
use crate::contract::Contract;

fn found(from: &Value, to: &Value) -> Vec<String> {
    let document = json!({ "paths": {}, "components": { "schemas": {
        "Short": { "type": "string", "maxLength": 3 },
        "Chain": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Chain" } } }
    } } });
    let (one, two) = (Contract(document.clone()), Contract(document));
    let findings = narrowings(Schema::new(&one, from), Schema::new(&two, to));
    findings.into_iter().map(|(place, message)| format!("{place}: {message}")).collect()
}

#[test]
fn what_takes_the_same_or_more_is_no_narrowing() {
    let same = json!({ "type": "string", "minLength": 1, "enum": ["a", "b"] });
    assert_eq!(found(&same, &same), Vec::<String>::new());
    let wider = [
        (json!({ "type": "integer" }), json!({ "type": "number" })),
        (json!({ "type": "string" }), json!({ "type": ["string", "null"] })),
        (json!({ "enum": ["a"] }), json!({ "enum": ["a", "b"] })),
        (json!({ "minLength": 2, "maximum": 3 }), json!({ "minLength": 1, "maximum": 4 })),
        (json!({ "required": ["a"] }), json!({})),
        (json!({ "pattern": "^a$" }), json!({})),
        (json!({ "additionalProperties": false }), json!({})),
        (json!({ "type": "object" }), json!({ "type": "object", "properties": { "new": {} } })),
        (json!({ "type": ["string", "null"] }), json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] })),
        (json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }), json!({ "type": ["string", "null"] })),
        (
            json!({ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            json!({ "anyOf": [{ "required": ["a"], "properties": { "a": true } }, { "required": ["b"] }] }),
        ),
        (json!({ "$ref": "#/components/schemas/Short" }), json!({ "type": "string" })),
        (json!({ "$ref": "#/components/schemas/Chain" }), json!({ "$ref": "#/components/schemas/Chain" })),
    ];
    for (from, to) in wider {
        assert_eq!(found(&from, &to), Vec::<String>::new(), "{from} {to}");
    }
}

#[test]
fn each_way_to_take_less_is_found() {
    let narrower = [
        (json!({ "type": "number" }), json!({ "type": "integer" }), ": no number"),
        (json!({ "type": ["string", "null"] }), json!({ "type": "string" }), ": no null"),
        (json!({}), json!({ "type": "string" }), ": no array, no boolean, no integer, no null, no number, no object"),
        (json!({ "enum": ["a", "b"] }), json!({ "enum": ["a"] }), ": not \"b\""),
        (json!({ "type": "string" }), json!({ "type": "string", "enum": ["a"] }), ": only certain values"),
        (json!({ "enum": ["a", "b"] }), json!({ "const": "a" }), ": not \"b\""),
        (json!({ "pattern": "^a" }), json!({ "pattern": "^b" }), ": only what matches \"^b\""),
        (json!({ "minimum": 0 }), json!({ "minimum": 1 }), ": minimum 1"),
        (json!({}), json!({ "maxLength": 5 }), ": maxLength 5"),
        (json!({}), json!({ "uniqueItems": true }), ": no item twice"),
        (json!({}), json!({ "required": ["a"] }), ": 'a' is required"),
        (json!({}), json!({ "additionalProperties": false }), ": no other fields"),
        (json!({}), json!({ "anyOf": [{}] }), ": another anyOf"),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
            json!({ "anyOf": [{ "type": "string" }] }),
            ": no null",
        ),
        (
            json!({ "anyOf": [{ "required": ["a"] }] }),
            json!({ "anyOf": [{ "required": ["a"], "properties": { "a": { "type": "null" } } }] }),
            ": another anyOf",
        ),
        (json!({ "items": {} }), json!({ "items": { "maxLength": 1 } }), "/*: maxLength 1"),
        (
            json!({ "properties": { "a": { "properties": { "b": {} } } } }),
            json!({ "properties": { "a": { "properties": { "b": { "minimum": 1 } } } } }),
            "/a/b: minimum 1",
        ),
        (json!({ "type": "string" }), json!({ "$ref": "#/components/schemas/Short" }), ": maxLength 3"),
    ];
    for (from, to, expected) in narrower {
        assert_eq!(found(&from, &to), [expected], "{from} {to}");
    }
}

#[test]
fn fields_that_are_gone_are_found_at_any_depth() {
    let contract = Contract(json!({ "paths": {} }));
    let from = json!({ "properties": { "a": { "items": { "properties": { "b": {}, "c": {} } } }, "d": {} } });
    let to = json!({ "properties": { "a": { "items": { "properties": { "c": {} } } } } });
    let gone = missing(Schema::new(&contract, &from), Schema::new(&contract, &to));
    assert_eq!(gone, ["/a/*/b", "/d"]);
    assert_eq!(missing(Schema::new(&contract, &to), Schema::new(&contract, &from)), Vec::<String>::new());
}
