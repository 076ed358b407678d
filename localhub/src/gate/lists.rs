//! Whether a body is what the contract says, its lists item by item: a list of 300,000 items, decoded
//! at once, takes twenty times the memory of its text.

use std::{borrow::Cow, collections::BTreeMap};

use jsonschema::Validator;
use ops_manifest::contract::Contract;
use serde_json::{Map, Value, value::RawValue};

use super::schema::{Finding, validator};

/// What a schema may say of a list for its items to be looked at one by one.
const OF_A_LIST: [&str; 3] = ["description", "type", "items"];

/// The schema of a body.
#[derive(Debug)]
pub(super) struct BodyShape {
    whole: Validator,
    /// The schema of the items of each list that stands directly in the body.
    items: BTreeMap<String, Validator>,
}

impl BodyShape {
    /// Prepares a schema of the contract.
    ///
    /// # Errors
    /// What is wrong with the schema.
    pub(super) fn new(contract: &Contract, schema: &Value) -> Result<Self, String> {
        let properties = contract.resolve(schema).get("properties").and_then(Value::as_object);
        let lists = properties.into_iter().flatten().filter_map(|(name, schema)| {
            let said = schema.as_object().filter(|said| said.keys().all(|key| OF_A_LIST.contains(&key.as_str())))?;
            said.get("type").filter(|kind| *kind == "array")?;
            Some((name, said.get("items")?))
        });
        let items = lists.map(|(name, items)| Ok((name.clone(), validator(contract, items)?)));
        Ok(Self { items: items.collect::<Result<_, String>>()?, whole: validator(contract, schema)? })
    }

    /// What is wrong with a body, at most so much.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub(super) fn check(&self, bytes: &[u8], most: usize) -> serde_json::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let Ok(fields) = serde_json::from_slice::<BTreeMap<Cow<'_, str>, &RawValue>>(bytes) else {
            // No object, or no JSON.
            find(&self.whole, &serde_json::from_slice(bytes)?, "", most, &mut findings);
            return Ok(findings);
        };
        let mut rest = Map::new();
        for (name, value) in fields {
            let items = self.items.get(name.as_ref());
            let rest_of_it = match items.and_then(|items| Some((items, serde_json::from_str(value.get()).ok()?))) {
                Some((items, list)) => {
                    each(items, &list, &name, most, &mut findings)?;
                    Value::Array(Vec::new())
                }
                None => serde_json::from_str(value.get())?,
            };
            rest.insert(name.into_owned(), rest_of_it);
        }
        find(&self.whole, &Value::Object(rest), "", most, &mut findings);
        Ok(findings)
    }
}

fn each(
    items: &Validator,
    list: &Vec<&RawValue>,
    name: &str,
    most: usize,
    findings: &mut Vec<Finding>,
) -> serde_json::Result<()> {
    for (at, item) in list.iter().enumerate() {
        let item: Value = serde_json::from_str(item.get())?;
        if !items.is_valid(&item) {
            find(items, &item, &format!("/{name}/{at}"), most, findings);
        }
    }
    Ok(())
}

/// Adds what is wrong with a value, whose place is `pointer`; the whole document is `/` for people.
fn find(schema: &Validator, value: &Value, pointer: &str, most: usize, findings: &mut Vec<Finding>) {
    let left = most.saturating_sub(findings.len());
    findings.extend(schema.iter_errors(value).take(left).map(|error| {
        let place = format!("{pointer}{}", error.instance_path());
        (if place.is_empty() { "/".to_owned() } else { place }, error.to_string())
    }));
}
