//! Reading the parts of an OpenAPI document: operations, references, what a schema says of a field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// How deep references and combinations are followed; a schema can refer to itself.
const DEPTH: u8 = 16;

/// An operation of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) id: &'a str,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) operation: &'a Value,
    /// The path's own entry, which can have parameters for all of its operations.
    pub(super) shared: &'a Value,
}

/// The operation with one of these ids; the earlier id counts.
pub(super) fn find<'a>(document: &'a Value, ids: &[String]) -> Option<Found<'a>> {
    let paths = || document.get("paths").and_then(Value::as_object).into_iter().flatten();
    ids.iter().find_map(|wanted| {
        paths().find_map(|(path, shared)| {
            shared.as_object().into_iter().flatten().find_map(|(method, operation)| {
                let id = operation.get("operationId")?.as_str()?;
                (id == wanted).then_some(Found { id, method, path, operation, shared })
            })
        })
    })
}

/// What a local reference leads to; anything else is itself.
pub(super) fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..DEPTH {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        let Some(target) = target.and_then(|pointer| document.pointer(pointer)) else { return value };
        value = target;
    }
    value
}

/// The parameters of an operation, those of its path included.
pub(super) fn parameters<'a>(document: &'a Value, found: &Found<'a>) -> Vec<&'a Value> {
    let of = |value: &'a Value| value.get("parameters").and_then(Value::as_array).into_iter().flatten();
    of(found.operation).chain(of(found.shared)).map(|parameter| resolve(document, parameter)).collect()
}

/// The schema of a JSON body: of a request, or of a response.
pub(super) fn body_schema<'a>(document: &'a Value, body: &'a Value) -> Option<&'a Value> {
    let content = resolve(document, body).get("content")?.as_object()?;
    let json = content.iter().find(|(kind, _)| kind.split(';').next().is_some_and(|kind| kind.ends_with("json")))?;
    json.1.get("schema").map(|schema| resolve(document, schema))
}

/// What a schema says of one property.
#[derive(Clone, Debug, Default)]
pub(super) struct Property {
    /// The types that it can have; empty where the schema leaves that open.
    pub(super) types: BTreeSet<String>,
    pub(super) required: bool,
}

/// Whether a schema says anything at all.
pub(super) fn describes(document: &Value, schema: &Value) -> bool {
    !properties(document, schema).is_empty()
}

/// All properties of an object's schema, those of its parts included.
pub(super) fn properties<'a>(document: &'a Value, schema: &'a Value) -> Map<String, Value> {
    let mut all = Map::new();
    collect(document, schema, DEPTH, &mut all);
    all
}

fn collect(document: &Value, schema: &Value, depth: u8, all: &mut Map<String, Value>) {
    if depth == 0 {
        return;
    }
    let schema = resolve(document, schema);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        all.entry(name.clone()).or_insert_with(|| property.clone());
    }
    for part in parts(schema) {
        collect(document, part, depth - 1, all);
    }
}

fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let of = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
    of("allOf").chain(of("anyOf")).chain(of("oneOf"))
}

/// The names that a schema requires of every object.
pub(super) fn required<'a>(document: &'a Value, schema: &'a Value) -> BTreeSet<&'a str> {
    let schema = resolve(document, schema);
    let own = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let of_parts = all.map(|part| resolve(document, part)).flat_map(|part| {
        part.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    });
    own.chain(of_parts).collect()
}

/// One property of an object's schema.
pub(super) fn property(document: &Value, schema: &Value, name: &str) -> Option<Property> {
    let all = properties(document, schema);
    let found = all.get(name)?;
    let mut types = BTreeSet::new();
    types_of(document, found, DEPTH, &mut types);
    Some(Property { types, required: required(document, schema).contains(name) })
}

fn types_of(document: &Value, schema: &Value, depth: u8, types: &mut BTreeSet<String>) {
    if depth == 0 {
        return;
    }
    let schema = resolve(document, schema);
    match schema.get("type") {
        Some(Value::String(one)) => {
            types.insert(one.clone());
        }
        Some(Value::Array(several)) => types.extend(several.iter().filter_map(Value::as_str).map(str::to_owned)),
        _ => {
            let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
            types.extend(values.chain(schema.get("const")).map(|value| type_of(value).to_owned()));
        }
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        types.insert("null".to_owned());
    }
    for part in parts(schema) {
        types_of(document, part, depth - 1, types);
    }
}

/// The type of a value, in JSON Schema's words.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
