//! What changed between two documents of a hub's API, and which version that asks for.
//!
//! A change breaks where a client that was written for the old document could fail: what it sends is
//! refused or means something else, what it reads is not there or is of another kind. Words and
//! examples are no changes.

mod operations;
mod schemas;

use core::fmt;

use semver::Version;
use serde_json::Value;

use super::{Contract, ContractError};

/// How much a change asks of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A client of the old document goes on working: a higher minor version.
    Addition,
    /// It could fail: a higher major version.
    Breaking,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it asks of the version.
    pub weight: Weight,
    /// Where: an operation's id, and the place within it.
    pub place: String,
    /// What changed.
    pub message: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Addition => "adds",
            Weight::Breaking => "breaks",
        };
        write!(f, "{weight}: {}: {}", self.place, self.message)
    }
}

impl Change {
    fn breaks(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Breaking, place: place.into(), message: message.into() }
    }

    fn adds(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Addition, place: place.into(), message: message.into() }
    }
}

/// Every change from one document to another, operation by operation.
#[must_use]
pub fn changes(old: &Contract, new: &Contract) -> Vec<Change> {
    operations::compare(old, new)
}

/// The changes that the new document's version does not say.
///
/// # Errors
/// Where a document's version is not one.
pub fn unsaid(old: &Contract, new: &Contract) -> Result<Vec<Change>, ContractError> {
    let (before, now) = (version(old)?, version(new)?);
    let is_said = |weight| match weight {
        Weight::Breaking => now.major > before.major,
        Weight::Addition => (now.major, now.minor) > (before.major, before.minor),
    };
    let mut unsaid = changes(old, new);
    unsaid.retain(|change| !is_said(change.weight));
    Ok(unsaid)
}

fn version(contract: &Contract) -> Result<Version, ContractError> {
    let found = contract.document().pointer("/info/version").and_then(Value::as_str).unwrap_or_default();
    let wanted = "a version of Semantic Versioning".to_owned();
    Version::parse(found).map_err(|_| ContractError::Version { found: found.to_owned(), wanted })
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::Value;

    use super::{changes, unsaid};
    use crate::contract::{ASSUMED, Contract};

    pub(super) fn document() -> Value {
        serde_json::from_str(ASSUMED).unwrap_or_default()
    }

    fn contract(document: Value) -> Contract {
        Contract::new(document).unwrap_or(Contract(Value::Null))
    }

    /// What changes when the committed document is changed, in words.
    pub(super) fn after(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut new = document();
        change(&mut new);
        changes(&contract(document()), &contract(new)).iter().map(ToString::to_string).collect()
    }

    /// What changes when the change is taken back.
    pub(super) fn before(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut old = document();
        change(&mut old);
        changes(&contract(old), &contract(document())).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_document_is_equal_to_itself_and_words_are_no_changes() {
        assert_eq!(after(|_| ()), Vec::<String>::new());
        let found = after(|document| {
            let list = &mut document["paths"]["/api/v2/hubs"]["get"];
            list["summary"] = "Hubs.".into();
            list["description"] = "Other words.".into();
            document["components"]["schemas"]["Hub"]["properties"]["slug"]["examples"][0] = "other".into();
            document["components"]["parameters"]["Limit"]["description"] = "Other words.".into();
        });
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_breaking_change_is_said_by_the_major_version_and_an_addition_by_the_minor() {
        let count = |version: &str, change: fn(&mut Value)| {
            let (mut old, mut new) = (document(), document());
            change(&mut new);
            old["info"]["version"] = "2.2.0".into();
            new["info"]["version"] = version.into();
            unsaid(&contract(old), &contract(new)).map(|unsaid| unsaid.len())
        };
        let breaks: fn(&mut Value) = |document| {
            document["paths"].as_object_mut().map(|paths| paths.remove("/api/v2/hubs/{hub}/audit"));
        };
        let adds: fn(&mut Value) = |document| {
            let audit = document["paths"]["/api/v2/hubs/{hub}/audit"]["get"].clone();
            document["paths"]["/api/v2/hubs/{hub}/trail"]["get"] = audit;
            document["paths"]["/api/v2/hubs/{hub}/trail"]["get"]["operationId"] = "listTrail".into();
        };
        for (version, breaking, added) in [("2.2.0", 1, 1), ("2.2.9", 1, 1), ("2.3.0", 1, 0), ("3.0.0", 0, 0)] {
            assert_eq!(count(version, breaks), Ok(breaking), "{version}");
            assert_eq!(count(version, adds), Ok(added), "{version}");
            assert_eq!(count(version, |_| ()), Ok(0), "{version}");
        }
        assert!(count("two", |_| ()).is_err());
    }
}
