//! The span of every value of a JSON or TOML text, by JSON Pointer.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use jsonc_parser::{CollectOptions, ParseOptions, ast, common::Ranged, parse_to_ast};
use toml::de::{DeTable, DeValue};

/// Spans in bytes, by JSON Pointer (RFC 6901).
pub(super) type Spans = BTreeMap<String, Range<usize>>;

/// A key that an object has twice: the pointer's span is that of the second.
pub(super) type Twice = (String, Range<usize>);

/// One step of a JSON Pointer.
pub(super) fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The spans of a JSON text that is known to be sound.
pub(super) fn json(text: &str) -> (Spans, Vec<Twice>) {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let (mut spans, mut twice) = (Spans::new(), Vec::new());
    if let Ok(parsed) = parse_to_ast(text, &CollectOptions::default(), &strict)
        && let Some(value) = &parsed.value
    {
        json_value(value, String::new(), &mut spans, &mut twice);
    }
    (spans, twice)
}

fn json_value(value: &ast::Value<'_>, pointer: String, spans: &mut Spans, twice: &mut Vec<Twice>) {
    match value {
        ast::Value::Object(object) => {
            let mut names = BTreeSet::new();
            for property in &object.properties {
                let name = property.name.as_str();
                if !names.insert(name) {
                    twice.push((name.to_owned(), property.name.start()..property.name.end()));
                }
                json_value(&property.value, step(&pointer, name), spans, twice);
            }
        }
        ast::Value::Array(array) => {
            for (at, element) in array.elements.iter().enumerate() {
                json_value(element, format!("{pointer}/{at}"), spans, twice);
            }
        }
        _ => {}
    }
    spans.insert(pointer, value.start()..value.end());
}

/// The spans of a TOML text, and what is wrong with its syntax.
pub(super) fn toml(text: &str) -> (Spans, Vec<(Range<usize>, String)>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut spans = Spans::new();
    spans.insert(String::new(), table.span());
    toml_table(table.get_ref(), "", &mut spans);
    let said = |error: &toml::de::Error| (error.span().unwrap_or_default(), error.message().replace('\n', ", "));
    (spans, errors.iter().map(said).collect())
}

fn toml_table(table: &DeTable<'_>, pointer: &str, spans: &mut Spans) {
    for (key, value) in table {
        let pointer = step(pointer, key.get_ref());
        toml_value(value.get_ref(), &pointer, spans);
        // A table's own span is that of its header; a key names a value better than the value does itself.
        spans.insert(pointer, key.span().start..value.span().end.max(key.span().end));
    }
}

fn toml_value(value: &DeValue<'_>, pointer: &str, spans: &mut Spans) {
    match value {
        DeValue::Table(table) => toml_table(table, pointer, spans),
        DeValue::Array(array) => {
            for (at, element) in array.iter().enumerate() {
                let pointer = format!("{pointer}/{at}");
                toml_value(element.get_ref(), &pointer, spans);
                spans.insert(pointer, element.span());
            }
        }
        _ => {}
    }
}
