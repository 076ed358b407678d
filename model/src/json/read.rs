//! From a text to a value.

use serde_json::{Map, Number, Value};

use super::{
    pull::{Json, Read, Stop},
    raw::whole,
};

/// How deep values may nest. As in `serde_json`.
const DEEPEST: u32 = 128;

/// Reads a text that is one JSON value (RFC 8259), its texts as they can be shown. Of fields of one name
/// the last counts.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Value, String> {
    let (mut json, mut read) = (Json::new(text.as_bytes(), true), Value::Null);
    let outcome = value(&mut json).map(|value| read = value);
    whole(&mut json, outcome)?;
    Ok(read)
}

/// The value that comes next.
pub(crate) fn value(json: &mut Json<'_>) -> Read<Value> {
    nested(json, DEEPEST)
}

fn nested(json: &mut Json<'_>, deeper: u32) -> Read<Value> {
    match json.peek()? {
        b'{' | b'[' if deeper == 0 => Err(Stop::Unfit("recursion limit exceeded".to_owned())),
        b'{' => {
            let mut fields = Map::new();
            json.object(&mut |json, name| {
                fields.insert(name.to_owned(), nested(json, deeper - 1)?);
                Ok(())
            })?;
            Ok(Value::Object(fields))
        }
        b'[' => {
            let mut items = Vec::new();
            json.list(&mut |json| {
                items.push(nested(json, deeper - 1)?);
                Ok(())
            })?;
            Ok(Value::Array(items))
        }
        b'"' => Ok(Value::String(json.text()?.into_owned())),
        _ => match json.scalar()? {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            digits => number(digits).map(Value::Number).ok_or(Stop::Broken("a number out of range")),
        },
    }
}

/// The number as it stands there: without a table of powers, and without a digit lost.
#[cfg(target_family = "wasm")]
fn number(digits: &str) -> Option<Number> {
    Some(Number::from_string_unchecked(digits.to_owned()))
}

#[cfg(not(target_family = "wasm"))]
fn number(digits: &str) -> Option<Number> {
    digits.parse().ok()
}
