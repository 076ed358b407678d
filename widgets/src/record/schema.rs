//! From an event type's JSON Schema to fields, and from what was typed to an event's metadata.
//!
//! Understood is what schemas of metadata are made of: flat objects with `const`, `enum`, `boolean`,
//! `integer`, `string` (with `format: date-time`, lengths, a pattern) and lists of strings, and
//! `anyOf` over `required`. Anything else is typed as text; the hub has the last word in any case.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What was typed, by the field's name. Kept as texts, so that nothing typed is ever lost.
pub type Draft = BTreeMap<String, String>;

/// What is wrong with a draft, by the field's name; the empty name stands for several fields at once.
pub type Errors = BTreeMap<String, Wrong>;

/// One property of the metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in the metadata.
    pub name: String,
    /// What it means, in the schema's words.
    pub help: String,
    /// Whether the schema demands it.
    pub required: bool,
    /// How it is typed.
    pub shape: Shape,
}

/// How a field is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Always this value: nothing to type.
    Const(Value),
    /// One of these.
    Choice(Vec<Value>),
    /// A whole number within bounds.
    Integer(Option<i64>, Option<i64>),
    /// A point in time.
    Time,
    /// Texts, one a line.
    Lines,
    /// A text: its length in characters, its pattern.
    Text {
        /// At least.
        min: usize,
        /// At most.
        max: usize,
        /// A regular expression.
        pattern: Option<String>,
    },
}

/// What is wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wrong {
    /// It is demanded and empty.
    Missing,
    /// It is no whole number within these bounds.
    Number(String, String),
    /// It is not of this form.
    Form(String),
    /// It is longer than this.
    Long(usize),
    /// It is no point in time.
    Time,
    /// One of these fields has to be filled in.
    OneOf(String),
}

/// The fields of a schema: what is demanded first, otherwise in the schema's order.
#[must_use]
pub fn fields(schema: &Value) -> Vec<Field> {
    let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    let mut fields: Vec<Field> = properties
        .map(|(name, property)| Field {
            name: name.clone(),
            help: property["description"].as_str().unwrap_or_default().to_owned(),
            required: required(name),
            shape: shape(property),
        })
        .collect();
    fields.sort_by_key(|field| !field.required);
    fields
}

fn shape(property: &Value) -> Shape {
    if let Some(value) = property.get("const") {
        return Shape::Const(value.clone());
    }
    if let Some(choices) = property["enum"].as_array() {
        return Shape::Choice(choices.clone());
    }
    let size =
        |key: &str, otherwise| property[key].as_u64().and_then(|size| usize::try_from(size).ok()).unwrap_or(otherwise);
    match property["type"].as_str() {
        Some("boolean") => Shape::Choice(vec![Value::Bool(true), Value::Bool(false)]),
        Some("integer") => Shape::Integer(property["minimum"].as_i64(), property["maximum"].as_i64()),
        Some("array") => Shape::Lines,
        Some("string") if property["format"] == "date-time" => Shape::Time,
        _ => Shape::Text {
            min: size("minLength", 0),
            max: size("maxLength", usize::MAX),
            pattern: property["pattern"].as_str().map(str::to_owned),
        },
    }
}

/// The metadata that a draft makes.
///
/// `matches` says whether a text has a pattern, `utc` turns a local time into RFC 3339.
///
/// # Errors
/// What is wrong, by field; `""` where it is about several.
pub fn metadata(
    schema: &Value,
    draft: &Draft,
    matches: fn(&str, &str) -> bool,
    utc: fn(&str) -> Option<String>,
) -> Result<Map<String, Value>, Errors> {
    let mut metadata = Map::new();
    let mut wrong = Errors::new();
    for field in fields(schema) {
        let typed = draft.get(&field.name).map_or("", |typed| typed.trim());
        let value = match (&field.shape, typed) {
            (Shape::Const(value), _) => Ok(Some(value.clone())),
            (_, "") if field.required => Err(Wrong::Missing),
            (_, "") => Ok(None),
            (shape, typed) => read(shape, typed, matches, utc).map(Some),
        };
        match value {
            Ok(Some(value)) => drop(metadata.insert(field.name, value)),
            Ok(None) => {}
            Err(error) => drop(wrong.insert(field.name, error)),
        }
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let demands = |way: &Value| -> Vec<String> {
            way["required"].as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let met = ways.iter().any(|way| demands(way).iter().all(|name| metadata.contains_key(name)));
        if !met && wrong.is_empty() {
            let names: Vec<String> = ways.iter().flat_map(demands).collect();
            wrong.insert(String::new(), Wrong::OneOf(names.join(", ")));
        }
    }
    if wrong.is_empty() { Ok(metadata) } else { Err(wrong) }
}

fn read(
    shape: &Shape,
    typed: &str,
    matches: fn(&str, &str) -> bool,
    utc: fn(&str) -> Option<String>,
) -> Result<Value, Wrong> {
    match shape {
        Shape::Const(value) => Ok(value.clone()),
        Shape::Choice(choices) => {
            let chosen = choices.iter().find(|choice| ops_model::event::plain(choice) == typed);
            chosen.cloned().ok_or_else(|| Wrong::Form(typed.to_owned()))
        }
        Shape::Integer(min, max) => {
            let number = typed.parse::<i64>().ok();
            let fits = |number: &i64| min.is_none_or(|min| *number >= min) && max.is_none_or(|max| *number <= max);
            let words = |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            number.filter(fits).map(Value::from).ok_or_else(|| Wrong::Number(words(min), words(max)))
        }
        Shape::Time => utc(typed).map(Value::String).ok_or(Wrong::Time),
        Shape::Lines => {
            let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from);
            Ok(Value::Array(lines.collect()))
        }
        Shape::Text { max, .. } if typed.chars().count() > *max => Err(Wrong::Long(*max)),
        Shape::Text { pattern: Some(pattern), .. } if !matches(pattern, typed) => Err(Wrong::Form(pattern.clone())),
        Shape::Text { .. } => Ok(Value::from(typed)),
    }
}
