//! From a text to a value.

use serde_json::{Map, Number, Value};

use super::raw::Cursor;

/// How deep values may nest. As in `serde_json`.
const DEEPEST: u32 = 128;

/// Reads a text that is one JSON value (RFC 8259). Of fields of one name the last counts.
///
/// # Errors
/// What is wrong and where, in bytes from the text's start.
pub fn read(text: &str) -> Result<Value, String> {
    let mut cursor = Cursor::new(text);
    let value = value(&mut cursor, DEEPEST)?;
    cursor.end()?;
    Ok(value)
}

fn value(cursor: &mut Cursor<'_>, deeper: u32) -> Result<Value, String> {
    match cursor.peek() {
        Some(b'{' | b'[') if deeper == 0 => Err(cursor.wrong("recursion limit exceeded")),
        Some(b'{') => {
            let mut fields = Map::new();
            let mut is_first = true;
            while cursor.next_item(b'}', &mut is_first)? {
                let name = cursor.text()?;
                cursor.take(b':')?;
                fields.insert(name, value(cursor, deeper - 1)?);
            }
            Ok(Value::Object(fields))
        }
        Some(b'[') => {
            let mut items = Vec::new();
            let mut is_first = true;
            while cursor.next_item(b']', &mut is_first)? {
                items.push(value(cursor, deeper - 1)?);
            }
            Ok(Value::Array(items))
        }
        Some(b'"') => cursor.text().map(Value::String),
        _ => match cursor.word() {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            word => word.parse::<Number>().map(Value::Number).map_err(|_| cursor.wrong("expected a value")),
        },
    }
}
