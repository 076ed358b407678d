//! The hub mapping: its shape, what the program needs of it, what an API document has of it.

use std::collections::BTreeMap;

use ops_manifest::{
    check,
    contract::ASSUMED,
    mapping::{MAPPING, Mapping, Verdict, compare},
};
use serde_json::Value;

use super::{Finding, document::Document, rules};

/// Checks a mapping; `api` is a hub's API document, the assumed one where absent.
pub(crate) fn check(document: &Document, api: Option<&Value>, findings: &mut Vec<Finding>) {
    for found in check::against(check::MAPPING_SCHEMA, &document.value) {
        findings.push(document.finding(&rules::SCHEMA, &found.pointer, found.message));
    }
    let Ok(mapping) = serde_json::from_value::<Mapping>(document.value.clone()) else { return };
    let own = Mapping::parse(MAPPING).map(|own| own.operations).unwrap_or_default();
    for (name, operation) in &own {
        if !mapping.operations.contains_key(name) {
            let message = format!("there is no operation '{name}', which {} needs", operation.used_by.join(" and "));
            findings.push(document.finding(&rules::OPERATION_MISSING, "/operations", message));
        }
    }
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, operation) in &mapping.operations {
        let pointer = format!("/operations/{name}");
        if !own.contains_key(name) {
            let message = format!("the program has no operation '{name}'");
            findings.push(document.finding(&rules::UNKNOWN_REFERENCE, &pointer, message));
        }
        for (at, id) in operation.ids.iter().enumerate() {
            if let Some(other) = named.insert(id, name) {
                let message = format!("'{id}' is an id of '{other}' too");
                findings.push(document.finding(&rules::DUPLICATE_NAME, &format!("{pointer}/ids/{at}"), message));
            }
        }
    }
    let assumed = || serde_json::from_str(ASSUMED).unwrap_or_default();
    let (api, whose) = api.map_or_else(|| (assumed(), "the assumed API"), |api| (api.clone(), "the API"));
    for (name, operation) in &mapping.operations {
        let pointer = format!("/operations/{name}");
        match compare(operation, &api) {
            Verdict::Found { .. } => {}
            Verdict::Missing if operation.optional => {}
            Verdict::Missing => {
                let message = format!(
                    "{whose} has no {}; for another hub, give its document with --openapi",
                    operation.ids.join(" or ")
                );
                findings.push(document.finding(&rules::OPERATION_MISSING, &format!("{pointer}/ids"), message));
            }
            Verdict::Different { differences, .. } => findings.extend(differences.iter().map(|difference| {
                document.finding(&rules::OPERATION_DIFFERENT, &pointer, format!("{name}: {difference}"))
            })),
        }
    }
}
