//! Every example is what its schema says, and everything that is sent or answered has one.

use serde_json::{Value, json};

use super::{is_names, members, resolve, walk, within};
use crate::check::Finding;

pub(super) fn lint(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(document, "", &mut |pointer, value| {
        if is_names(pointer) {
            return;
        }
        if let Some(schema) = value.get("schema") {
            let shown = shown(document, pointer, value);
            if shown.is_empty() {
                findings.push(Finding::new(pointer, "there is no example; add one"));
            }
            findings.extend(broken(document, schema, shown));
        } else if let Some(shown) = value.get("examples").and_then(Value::as_array) {
            let place = within(pointer, "examples");
            let shown = shown.iter().enumerate().map(|(at, example)| (within(&place, &at.to_string()), example));
            findings.extend(broken(document, value, shown.collect()));
        }
    });
    findings
}

/// The examples of a parameter, a header or a media type, with their places.
fn shown<'a>(document: &'a Value, pointer: &str, value: &'a Value) -> Vec<(String, &'a Value)> {
    let named = members(value, "examples").filter_map(|(name, example)| {
        let place = within(&within(&within(pointer, "examples"), name), "value");
        Some((place, resolve(document, example).get("value")?))
    });
    let single = value.get("example").map(|example| (within(pointer, "example"), example));
    single.into_iter().chain(named).collect()
}

fn broken(document: &Value, schema: &Value, shown: Vec<(String, &Value)>) -> Vec<Finding> {
    // References are those of the document.
    let components = document.get("components").filter(|_| schema.to_string().contains("\"$ref\""));
    let whole = json!({ "allOf": [schema], "components": components });
    // A schema that is none is another rule's finding.
    let Ok(schema) = jsonschema::draft202012::new(&whole) else { return Vec::new() };
    let errors = shown.iter().flat_map(|(place, example)| {
        schema.iter_errors(example).map(move |error| {
            let place = format!("{place}{}", error.instance_path());
            Finding::new(place, format!("the example is not what its schema says: {error}"))
        })
    });
    errors.collect()
}

#[cfg(test)]
mod tests {
    use crate::contract::lint::tests::{findings, has};

    #[test]
    fn an_example_that_its_schema_refuses_is_found() {
        let found = findings(|document| {
            let answer = &mut document["paths"]["/api/v2/hubs/{hub}"]["get"]["responses"]["200"];
            answer["content"]["application/json"]["examples"]["hub"]["value"]["slug"] = "Ops Hub".into();
            document["components"]["parameters"]["Limit"]["example"] = 0.into();
            document["components"]["schemas"]["Hub"]["properties"]["slug"]["examples"][0] = 7.into();
        });
        let answer =
            "/paths/~1api~1v2~1hubs~1{hub}/get/responses/200/content/application~1json/examples/hub/value/slug";
        assert!(has(&found, &format!("{answer}: the example is not what its schema says: \"Ops Hub\"")), "{found:?}");
        assert!(has(&found, "/components/parameters/Limit/example: "), "{found:?}");
        assert!(has(&found, "/components/schemas/Hub/properties/slug/examples/0: "), "{found:?}");
    }

    #[test]
    fn what_has_no_example_is_found() {
        let found = findings(|document| {
            let body = &mut document["paths"]["/api/v2/events"]["post"]["requestBody"]["content"]["application/json"];
            body.as_object_mut().map(|body| body.remove("examples"));
            document["components"]["headers"]["ETag"].as_object_mut().map(|header| header.remove("example"));
        });
        let expected = [
            "/components/headers/ETag: there is no example; add one",
            "/paths/~1api~1v2~1events/post/requestBody/content/application~1json: there is no example; add one",
        ];
        assert_eq!(found, expected);
    }
}
