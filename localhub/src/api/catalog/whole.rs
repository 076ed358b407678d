//! Whether bytes are a catalog that every reader can read. Its lists are decoded item by item: as a
//! whole they would take several times the memory of their text.

use std::{borrow::Cow, collections::BTreeMap};

use ops_model::{Catalog, Entity, Gap, Relation};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, value::RawValue};

use crate::problem::Problem;

/// What a page has besides, and a catalog that is put may not have.
const OF_A_PAGE: [&str; 2] = ["next", "totals"];

type Fields<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// 422 unless the bytes are a catalog, and no page of one.
pub(super) fn check(body: &[u8]) -> Result<(), Problem> {
    let mut fields: Fields<'_> =
        serde_json::from_slice(body).map_err(|error| Problem::unprocessable(format!("The catalog: {error}.")))?;
    if let Some(name) = OF_A_PAGE.into_iter().find(|name| fields.contains_key(*name)) {
        return Err(Problem::unprocessable(format!(
            "The catalog: '{name}' is of a page; put the whole catalog, without it."
        )));
    }
    // A schema lets an integer be written as `1.0`; readers of the catalog do not.
    each::<Entity>(&mut fields, "entities")?;
    each::<Relation>(&mut fields, "relations")?;
    each::<Gap>(&mut fields, "gaps")?;
    let rest = fields.into_iter().map(|(name, value)| Ok((name.into_owned(), serde_json::from_str(value.get())?)));
    let rest: serde_json::Result<Map<String, Value>> = rest.collect();
    let decoded = rest.and_then(|rest| Catalog::deserialize(Value::Object(rest)));
    decoded.map(|_| ()).map_err(|error| Problem::unprocessable(format!("The catalog: {error}.")))
}

/// Takes a list out of the fields, and decodes its items.
fn each<T: DeserializeOwned>(fields: &mut Fields<'_>, name: &str) -> Result<(), Problem> {
    let Some(list) = fields.remove(name) else { return Ok(()) };
    let items: Vec<&RawValue> = serde_json::from_str(list.get())
        .map_err(|error| Problem::unprocessable(format!("The catalog: /{name}: {error}.")))?;
    for (at, item) in items.into_iter().enumerate() {
        if let Err(error) = serde_json::from_str::<T>(item.get()) {
            return Err(Problem::unprocessable(format!("The catalog: /{name}/{at}: {error}.")));
        }
    }
    Ok(())
}
