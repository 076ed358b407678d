//! Whether a hub's document is OpenAPI 3.1 and complete: all findings at once, each with its place.

mod examples;
mod operations;
mod references;

use serde_json::{Map, Value};

use crate::check::Finding;

/// The schema of OpenAPI 3.1 documents as its authors publish it under Apache-2.0:
/// <https://spec.openapis.org/oas/3.1/schema/2022-10-07>.
pub const OPENAPI: &str = include_str!("../../../openapi-3.1.schema.json");

/// Everything that is wrong with a document, or missing from it. Empty where nothing is.
#[must_use]
pub fn lint(document: &Value) -> Vec<Finding> {
    let mut findings = official(document);
    findings.extend(references::lint(document));
    findings.extend(examples::lint(document));
    findings.extend(operations::lint(document));
    findings
}

/// What the official schema finds.
fn official(document: &Value) -> Vec<Finding> {
    let broken = |error: &dyn core::fmt::Display| vec![Finding::new("", format!("the schema of OpenAPI: {error}"))];
    let schema = match serde_json::from_str(OPENAPI) {
        Ok(schema) => schema,
        Err(error) => return broken(&error),
    };
    match jsonschema::draft202012::new(&schema) {
        Ok(schema) => {
            let errors = schema.iter_errors(document);
            errors.map(|error| Finding::new(error.instance_path().to_string(), error.to_string())).collect()
        }
        Err(error) => broken(&error),
    }
}

/// A place within another, as a JSON Pointer (RFC 6901).
fn within(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// What a value stands for: the value at its `$ref`, otherwise itself.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

/// The members of an object at a field; none where there is no such object.
fn members<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(field).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// Calls `see` with every value of a document that describes rather than shows: what is sent as an
/// example is not looked into.
fn walk(value: &Value, pointer: &str, see: &mut impl FnMut(&str, &Value)) {
    see(pointer, value);
    match value {
        Value::Object(fields) => {
            // In a schema's `properties` the keys are names that the API chose.
            let shows = |key: &str, value: &Value| !is_names(pointer) && is_example(key, value);
            for (key, value) in fields.iter().filter(|(key, value)| !shows(key, value)) {
                walk(value, &within(pointer, key), see);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, &within(pointer, &at.to_string()), see);
            }
        }
        _ => {}
    }
}

/// Whether the keys at this place are names of properties.
fn is_names(pointer: &str) -> bool {
    pointer.ends_with("/properties")
}

fn is_example(key: &str, value: &Value) -> bool {
    matches!(key, "example" | "value" | "const" | "enum" | "default") || (key == "examples" && value.is_array())
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::lint;
    use crate::contract::ASSUMED;

    /// The findings in the committed document after a change to it.
    pub(super) fn findings(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut document = serde_json::from_str(ASSUMED).unwrap_or_default();
        change(&mut document);
        lint(&document).iter().map(ToString::to_string).collect()
    }

    /// Whether a finding is there that starts like this.
    pub(super) fn has(findings: &[String], start: &str) -> bool {
        findings.iter().any(|finding| finding.starts_with(start))
    }

    #[test]
    fn the_committed_document_is_complete() {
        assert_eq!(findings(|_| ()), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_openapi_is_found_by_the_official_schema() {
        let found = findings(|document| {
            document["openapi"] = "2.0".into();
            document["paths"]["/api/v2/hubs"]["get"]["responses"]["600"] = json!({ "description": "?" });
        });
        assert!(has(&found, "/openapi: "), "{found:?}");
        assert!(has(&found, "/paths/~1api~1v2~1hubs/get/responses: "), "{found:?}");
    }

    #[test]
    fn all_findings_come_at_once() {
        let found = findings(|document| {
            document["paths"]["/api/v2/hubs"]["get"]["summary"] = "".into();
            document["components"]["schemas"]["Hub"]["type"] = "thing".into();
            document["components"]["parameters"]["Limit"]["schema"]["$ref"] = "#/components/schemas/None".into();
        });
        assert!(found.len() >= 3, "{found:?}");
    }
}
