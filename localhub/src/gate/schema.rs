//! Schemas of the contract, and what a request is that does not fit one.

use jsonschema::Validator;
use ops_manifest::contract::Contract;
use serde_json::{Value, json};

/// One thing that is not as the contract says: its place and the words.
pub(super) type Finding = (String, String);

/// A schema of the contract with what it refers to.
pub(super) fn validator(contract: &Contract, schema: &Value) -> Result<Validator, String> {
    let has_references = schema.to_string().contains("\"$ref\"");
    let components = contract.document().get("components").filter(|_| has_references);
    let whole = json!({ "allOf": [schema], "components": components.cloned().unwrap_or_default() });
    jsonschema::draft202012::new(&whole).map_err(|error| error.to_string())
}
