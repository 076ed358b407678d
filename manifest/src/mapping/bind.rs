//! From an operation of the mapping to a request that a hub understands, and back.

use serde_json::{Map, Value};

use super::{Field, Mapping, MappingError, ParameterPlace, schema};

/// A request without its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The HTTP method.
    pub method: String,
    /// The path, its parameters filled in.
    pub path: String,
    /// The query's parameters.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<(String, String)>,
}

/// Binds an operation to a hub's document.
///
/// A parameter of the query that the hub's document does not have is left out where the mapping says
/// that it is optional; a header does no harm. Values are taken as they are.
///
/// # Errors
/// Where mapping or document have no such operation, or the path has another parameter.
pub fn bind(mapping: &Mapping, document: &Value, name: &str, values: &[(&str, &str)]) -> Result<Bound, MappingError> {
    let operation = mapping.operation(name)?;
    let found = schema::find(document, &operation.ids)
        .ok_or_else(|| MappingError::NoOperation { name: name.to_owned(), ids: operation.ids.clone() })?;
    let offered = schema::parameters(document, &found);
    let mut bound =
        Bound { method: found.method.to_ascii_uppercase(), path: found.path.to_owned(), ..Bound::default() };
    for parameter in &operation.parameters {
        let Some((_, value)) = values.iter().find(|(name, _)| *name == parameter.name) else { continue };
        let hub_name = parameter.hub_name();
        let is_offered = || offered.iter().any(|offer| is(offer, hub_name, parameter.place));
        if parameter.optional && parameter.place == ParameterPlace::Query && !is_offered() {
            continue;
        }
        let pair = || (hub_name.to_owned(), (*value).to_owned());
        match parameter.place {
            ParameterPlace::Path => bound.path = bound.path.replace(&format!("{{{hub_name}}}"), value),
            ParameterPlace::Query => bound.query.push(pair()),
            ParameterPlace::Header => bound.headers.push(pair()),
        }
    }
    match bound.path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        None => Ok(bound),
        Some((parameter, _)) => {
            Err(MappingError::UnknownParameter { name: name.to_owned(), parameter: parameter.to_owned() })
        }
    }
}

/// Whether an offered parameter is the one with this name and place. Header names have no case.
pub(super) fn is(offered: &Value, name: &str, place: ParameterPlace) -> bool {
    let found = offered.get("name").and_then(Value::as_str).unwrap_or_default();
    let same = if place == ParameterPlace::Header { found.eq_ignore_ascii_case(name) } else { found == name };
    same && offered.get("in").and_then(Value::as_str) == Some(place.as_str())
}

/// A body with the hub's names for its fields.
#[must_use]
pub fn outgoing(fields: &[Field], body: Value) -> Value {
    renamed(body, |name| fields.iter().find(|field| field.name == name).map(Field::hub_name))
}

/// A body of the hub with the extension's names for its fields.
#[must_use]
pub fn incoming(fields: &[Field], body: Value) -> Value {
    renamed(body, |name| fields.iter().find(|field| field.hub_name() == name).map(|field| field.name.as_str()))
}

fn renamed<'a>(body: Value, name: impl Fn(&str) -> Option<&'a str>) -> Value {
    match body {
        Value::Object(fields) => {
            let renamed: Map<String, Value> =
                fields.into_iter().map(|(key, value)| (name(&key).map_or(key.clone(), str::to_owned), value)).collect();
            Value::Object(renamed)
        }
        other => other,
    }
}
