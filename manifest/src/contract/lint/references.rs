//! Every reference leads somewhere, every component is used, every schema is a schema.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{members, walk, within};
use crate::check::Finding;

pub(super) fn lint(document: &Value) -> Vec<Finding> {
    let (mut findings, mut used) = (Vec::new(), BTreeSet::new());
    walk(document, "", &mut |pointer, value| {
        let Some(target) = value.get("$ref") else { return };
        match target.as_str().and_then(|target| target.strip_prefix('#')) {
            Some(within) if document.pointer(within).is_some() => {
                used.insert(within.to_owned());
            }
            Some(_) => findings.push(Finding::new(pointer, format!("{target} leads nowhere"))),
            None => findings.push(Finding::new(pointer, format!("{target} is outside of this document"))),
        }
    });
    let components = document.get("components").unwrap_or(&Value::Null);
    for (kind, all) in members(document, "components").filter(|(kind, _)| *kind != "securitySchemes") {
        for name in all.as_object().into_iter().flat_map(|all| all.keys()) {
            let place = within(&within("/components", kind), name);
            if !used.contains(&place) {
                findings.push(Finding::new(place, "nothing refers to it; use it or take it out"));
            }
        }
    }
    for (name, schema) in members(components, "schemas") {
        let place = within("/components/schemas", name);
        findings.extend(schema_findings(&place, schema));
    }
    walk(document, "", &mut |pointer, value| {
        if pointer.ends_with("/schema") && !pointer.starts_with("/components/schemas/") {
            findings.extend(schema_findings(pointer, value));
        }
    });
    findings
}

/// What keeps a schema from being one, by the meta-schema of JSON Schema 2020-12.
fn schema_findings(pointer: &str, schema: &Value) -> Option<Finding> {
    let error = jsonschema::draft202012::meta::validate(schema).err()?;
    Some(Finding::new(format!("{pointer}{}", error.instance_path()), error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::contract::lint::tests::{findings, has};

    #[test]
    fn a_reference_that_leads_nowhere_is_found() {
        let found = findings(|document| {
            document["components"]["schemas"]["HubPage"]["properties"]["items"]["items"] =
                json!({ "$ref": "#/components/schemas/Hob" });
            document["components"]["schemas"]["Event"]["properties"]["time"] = json!({ "$ref": "https://example.org" });
        });
        let place = "/components/schemas/HubPage/properties/items/items: ";
        assert!(has(&found, &format!("{place}\"#/components/schemas/Hob\" leads nowhere")), "{found:?}");
        assert!(has(&found, "/components/schemas/Event/properties/time: "), "{found:?}");
    }

    #[test]
    fn a_component_that_nothing_uses_is_found() {
        let found = findings(|document| document["components"]["schemas"]["Clock"] = json!({ "type": "string" }));
        assert_eq!(found, ["/components/schemas/Clock: nothing refers to it; use it or take it out"]);
    }

    #[test]
    fn a_schema_that_is_none_is_found() {
        let found = findings(|document| {
            document["components"]["schemas"]["Hub"]["properties"]["slug"]["type"] = "thing".into();
            document["components"]["headers"]["ETag"]["schema"]["minLength"] = "one".into();
        });
        assert!(has(&found, "/components/schemas/Hub/properties/slug/type: "), "{found:?}");
        assert!(has(&found, "/components/headers/ETag/schema/minLength: "), "{found:?}");
    }
}
