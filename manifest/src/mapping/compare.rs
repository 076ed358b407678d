//! Where a hub's document offers something else than the mapping asks for.

use std::{collections::BTreeSet, fmt};

use serde_json::Value;

use super::{Field, FieldType, Operation, ParameterPlace, bind::is, schema};

/// What a hub's document says of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there as the mapping asks for it.
    Found {
        /// The hub's id for it.
        id: String,
        /// What the document leaves open; empty where it describes all.
        open: Vec<Place>,
        /// Optional parameters that the hub does not take, by its name for them.
        without: Vec<String>,
    },
    /// The hub does not have it.
    Missing,
    /// It is there, and has another shape.
    Different {
        /// The hub's id for it.
        id: String,
        /// Where; never empty.
        differences: Vec<Difference>,
    },
}

/// The part of an operation that a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The method.
    Method,
    /// A parameter.
    Parameter,
    /// A field of the body that is sent.
    Request,
    /// A field of the answer.
    Response,
}

impl Place {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Parameter => "parameter",
            Self::Request => "request field",
            Self::Response => "response field",
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub place: Place,
    /// The name of the parameter or field, as the hub would call it; of the method, nothing.
    pub name: String,
    /// What the extension needs.
    pub wanted: String,
    /// What the document says.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place.as_str())?;
        if !self.name.is_empty() {
            write!(f, " '{}'", self.name)?;
        }
        write!(f, ": needed is {}, the hub has {}", self.wanted, self.found)
    }
}

/// Compares one operation with a hub's document.
#[must_use]
pub fn compare(operation: &Operation, document: &Value) -> Verdict {
    let Some(found) = schema::find(document, &operation.ids) else { return Verdict::Missing };
    let mut differences = Vec::new();
    if !found.method.eq_ignore_ascii_case(&operation.method) {
        let (wanted, found) = (operation.method.clone(), found.method.to_ascii_uppercase());
        differences.push(Difference { place: Place::Method, name: String::new(), wanted, found });
    }
    parameters(operation, document, &found, &mut differences);
    let mut open = Vec::new();
    if !operation.request.is_empty() {
        let body = found.operation.get("requestBody").and_then(|body| schema::body_schema(document, body));
        match body.filter(|body| schema::describes(document, body)) {
            None => open.push(Place::Request),
            Some(body) => request(&operation.request, document, body, &mut differences),
        }
    }
    if !operation.response.is_empty() || operation.items.is_some() {
        match answer(document, found.operation) {
            None => open.push(Place::Response),
            Some(body) => {
                if !response(operation, document, body, &mut differences) {
                    open.push(Place::Response);
                }
            }
        }
    }
    let id = found.id.to_owned();
    if !differences.is_empty() {
        return Verdict::Different { id, differences };
    }
    let offered = schema::parameters(document, &found);
    let optional = operation.parameters.iter().filter(|parameter| parameter.optional);
    let lacking = optional.filter(|wanted| !offered.iter().any(|offer| is(offer, wanted.hub_name(), wanted.place)));
    Verdict::Found { id, open, without: lacking.map(|parameter| parameter.hub_name().to_owned()).collect() }
}

/// The schema of what comes back where all is well.
fn answer<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let responses = operation.get("responses")?.as_object()?;
    let well = responses.iter().filter(|(status, _)| status.starts_with('2'));
    well.filter_map(|(_, response)| schema::body_schema(document, response))
        .find(|schema| schema::describes(document, schema) || schema.get("items").is_some())
}

fn parameters(operation: &Operation, document: &Value, found: &schema::Found<'_>, differences: &mut Vec<Difference>) {
    let offered = schema::parameters(document, found);
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.optional) {
        let name = parameter.hub_name();
        let in_path = parameter.place == ParameterPlace::Path && found.path.contains(&format!("{{{name}}}"));
        if !in_path && !offered.iter().any(|offer| is(offer, name, parameter.place)) {
            differences.push(Difference {
                place: Place::Parameter,
                name: name.to_owned(),
                wanted: format!("one in the {}", parameter.place.as_str()),
                found: "none".to_owned(),
            });
        }
    }
    for offer in offered.iter().filter(|offer| offer.get("required") == Some(&Value::Bool(true))) {
        let known = operation.parameters.iter().any(|parameter| is(offer, parameter.hub_name(), parameter.place));
        if !known {
            let text = |name: &str| offer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (wanted, found) = ("none".to_owned(), format!("a required one in the {}", text("in")));
            differences.push(Difference { place: Place::Parameter, name: text("name"), wanted, found });
        }
    }
}

fn request(fields: &[Field], document: &Value, body: &Value, differences: &mut Vec<Difference>) {
    for field in fields {
        let found = schema::property(document, body, field.hub_name());
        let accepted = found.as_ref().is_some_and(|found| accepts(&found.types, field.kind));
        let left_out = field.optional && found.is_none();
        if !accepted && !left_out {
            differences.push(different(Place::Request, field, found.as_ref()));
        }
    }
    for name in schema::required(document, body) {
        if !fields.iter().any(|field| field.hub_name() == name) {
            let (wanted, found) = ("none".to_owned(), "a required one".to_owned());
            differences.push(Difference { place: Place::Request, name: name.to_owned(), wanted, found });
        }
    }
}

/// Compares what comes back; `false` where the document leaves the items open.
fn response(operation: &Operation, document: &Value, body: &Value, differences: &mut Vec<Difference>) -> bool {
    let all = schema::properties(document, body);
    let item = match &operation.items {
        // A list that is nothing but a list: it needs no field that holds it.
        _ if body.get("items").is_some() => {
            let items = body.get("items").map(|items| schema::resolve(document, items));
            let Some(items) = items.filter(|items| schema::describes(document, items)) else {
                return operation.response.is_empty();
            };
            items
        }
        None => body,
        Some(list) => {
            let Some(found) = all.get(list) else {
                differences.push(Difference {
                    place: Place::Response,
                    name: list.clone(),
                    wanted: "array".to_owned(),
                    found: "none".to_owned(),
                });
                return true;
            };
            let items = schema::resolve(document, found).get("items").map(|items| schema::resolve(document, items));
            let Some(items) = items.filter(|items| schema::describes(document, items)) else {
                return operation.response.is_empty();
            };
            items
        }
    };
    for field in &operation.response {
        let found = schema::property(document, item, field.hub_name());
        let gives = found.as_ref().is_some_and(|found| {
            accepts(&found.types, field.kind) && (field.optional || (found.required && !found.types.contains("null")))
        });
        let left_out = field.optional && found.is_none();
        if !gives && !left_out {
            differences.push(different(Place::Response, field, found.as_ref()));
        }
    }
    true
}

/// Whether one of the types is the wanted one; no type at all leaves it open.
fn accepts(types: &BTreeSet<String>, wanted: FieldType) -> bool {
    let is = |name: &str| types.contains(name);
    match wanted {
        FieldType::Any => true,
        _ if types.is_empty() => true,
        FieldType::Number => is("number") || is("integer"),
        FieldType::Integer => is("integer") || is("number"),
        other => is(other.as_str()),
    }
}

fn different(place: Place, field: &Field, found: Option<&schema::Property>) -> Difference {
    let found = match found {
        None => "none".to_owned(),
        Some(property) => {
            let types = property.types.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
            let types = if types.is_empty() { "anything".to_owned() } else { types };
            if property.required || place == Place::Request { types } else { format!("{types}, which may be lacking") }
        }
    };
    Difference { place, name: field.hub_name().to_owned(), wanted: field.kind.as_str().to_owned(), found }
}
