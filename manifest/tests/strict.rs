//! The published schemas compile under the strict mode of Ajv, which other people's tools use: whatever is
//! required is defined beside it, and no type is a list of types.
#![allow(clippy::expect_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// What of a schema holds schemas by name, and what holds names of properties or any data.
const BY_NAME: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
const DATA: [&str; 4] = ["const", "enum", "default", "examples"];

/// What strict mode refuses, by its place.
fn loose(schema: &Value, place: &str, found: &mut Vec<String>) {
    let Some(fields) = schema.as_object() else { return };
    let names = fields.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for name in names {
        if fields.get("properties").and_then(|all| all.get(name)).is_none() {
            found.push(format!("{place}: '{name}' is required and not defined"));
        }
    }
    if fields.get("type").is_some_and(Value::is_array) {
        found.push(format!("{place}: a type is a list"));
    }
    for (key, value) in fields.iter().filter(|(key, _)| !DATA.contains(&key.as_str())) {
        match value {
            Value::Object(named) if BY_NAME.contains(&key.as_str()) => {
                named.iter().for_each(|(name, schema)| loose(schema, &format!("{place}/{key}/{name}"), found));
            }
            Value::Array(all) => all.iter().for_each(|schema| loose(schema, &format!("{place}/{key}"), found)),
            schema => loose(schema, &format!("{place}/{key}"), found),
        }
    }
}

fn json_files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.to_string_lossy().ends_with(".schema.json"))
}

#[test]
fn every_published_schema_is_strict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    // That of OpenAPI is its authors'.
    let own = json_files(folder).filter(|path| !path.ends_with("openapi-3.1.schema.json"));
    let mut found = Vec::new();
    for path in own.chain(json_files(&folder.join("events"))) {
        let schema = serde_json::from_str(&fs::read_to_string(&path).expect("the schema")).expect("JSON");
        loose(&schema, &path.file_name().expect("a name").to_string_lossy(), &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
    let broken = serde_json::json!({ "properties": { "a": { "anyOf": [{ "required": ["b"] }], "type": ["null"] } } });
    loose(&broken, "broken", &mut found);
    assert_eq!(found.len(), 2, "{found:?}");
}
