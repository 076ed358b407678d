//! The hub's API document against the mapping.

use ops_manifest::{
    Manifest,
    contract::Contract,
    mapping::{self, Mapping, candidates, compare, offers, security_schemes},
};
use serde_json::Value;

use super::{Check, Verdict};

const AREA: &str = "contract";

/// One check per operation that the extension needs.
pub(crate) fn operations(mapping: &Mapping, document: &Value) -> Vec<Check> {
    let one = |(own, operation): (&String, &mapping::Operation)| {
        let name = format!("{own} ({})", operation.used_by.join(", "));
        match compare(operation, document) {
            mapping::Verdict::Found { id, open, without } => found(name, id, &open, &without),
            mapping::Verdict::Missing if operation.optional => {
                let detail = format!("no {}; the extension does without", operation.ids.join(" or "));
                Check::new(AREA, name, Verdict::Note, detail)
            }
            mapping::Verdict::Missing => {
                let mut check = Check::new(AREA, name, Verdict::Missing, format!("no {}", operation.ids.join(" or ")));
                let offers = candidates(mapping, own, document);
                if !offers.is_empty() {
                    let offers: Vec<String> = offers.iter().map(ToString::to_string).collect();
                    check.details.push(format!("candidates: {}", offers.join(", ")));
                }
                check
            }
            mapping::Verdict::Different { differences, .. } => {
                Check::of(AREA, name, differences.iter().map(ToString::to_string).collect())
            }
        }
    };
    mapping.operations.iter().map(one).collect()
}

/// Whether the document names its operations, and how it asks who is there.
pub(crate) fn document(mapping: &Mapping, document: &Value) -> Vec<Check> {
    let all = offers(document);
    let nameless = all.iter().filter(|offer| offer.id.is_none()).count();
    let name = "operation ids";
    let ids = if nameless == 0 {
        Check::found(AREA, name)
    } else {
        let is_lacking = |operation: &mapping::Operation| {
            !operation.optional && matches!(compare(operation, document), mapping::Verdict::Missing)
        };
        let lacks = mapping.operations.values().any(is_lacking);
        let detail = format!(
            "{nameless} of {} operations have no operationId, by which a mapping names an operation",
            all.len()
        );
        Check::new(AREA, name, if lacks { Verdict::Missing } else { Verdict::Note }, detail)
    };
    let schemes = security_schemes(document);
    let words: Vec<&str> = schemes.iter().map(|scheme| scheme.words.as_str()).collect();
    let name = "authentication";
    let security = if schemes.is_empty() {
        Check::new(AREA, name, Verdict::Note, "the document says nothing; the extension sends a bearer token")
    } else if schemes.iter().any(|scheme| scheme.takes_bearer) {
        Check { details: vec![words.join(" or ")], ..Check::found(AREA, name) }
    } else {
        let detail = format!("the hub asks for {}; the extension sends a bearer token", words.join(" or "));
        Check::new(AREA, name, Verdict::Different, detail)
    };
    vec![ids, security]
}

fn found(name: String, id: String, open: &[mapping::Place], without: &[String]) -> Check {
    let mut details = vec![id];
    if !open.is_empty() {
        let open: Vec<&str> = open.iter().map(|place| place.as_str()).collect();
        details.push(format!("the document does not describe the {}s", open.join("s and the ")));
    }
    if !without.is_empty() {
        details.push(format!("the hub takes no {}; the extension does without", without.join(", ")));
    }
    let verdict = if details.len() > 1 { Verdict::Note } else { Verdict::Found };
    Check { verdict, details, ..Check::found(AREA, name) }
}

/// The API's version against what a manifest needs.
pub(crate) fn version(document: &Value, manifest: &Manifest) -> Check {
    let name = format!("API version {}", manifest.extension.hub_api);
    let matched = Contract::new(document.clone()).and_then(|hub| hub.must_match(&manifest.extension.hub_api));
    Check::of(AREA, name, matched.err().map(|error| error.to_string()).into_iter().collect())
}

/// The paths that a manifest gives the browser against those of the document.
pub(crate) fn paths(document: &Value, manifest: &Manifest) -> Check {
    let name = format!("paths in manifest {}", manifest.extension.version);
    let Ok(hub) = Contract::new(document.clone()) else { return Check::of(AREA, name, vec!["no `paths`".to_owned()]) };
    let differs = |(id, path): (&String, &String)| match hub.operation(id) {
        Err(error) => Some(error.to_string()),
        Ok(operation) => {
            let offered = operation.path.replace("{hub}", &manifest.hub.slug);
            (offered != *path).then(|| format!("{id}: the manifest has {path}, the hub has {offered}"))
        }
    };
    Check::of(AREA, name, manifest.api.iter().filter_map(differs).collect())
}
