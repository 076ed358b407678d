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
            word => number(word).map(Value::Number).ok_or_else(|| cursor.wrong("expected a value")),
        },
    }
}

/// A number, if the word is one.
fn number(word: &str) -> Option<Number> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (before, power) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(one, other)| (one, Some(other)));
    let (whole, part) = before.split_once('.').map_or((before, None), |(one, other)| (one, Some(other)));
    let is_number = digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(digits)
        && power.is_none_or(|power| digits(power.strip_prefix(['+', '-']).unwrap_or(power)));
    if is_number { of_text(word) } else { None }
}

/// The number as it stands there: without a table of powers, and without a digit lost.
#[cfg(target_family = "wasm")]
fn of_text(word: &str) -> Option<Number> {
    Some(Number::from_string_unchecked(word.to_owned()))
}

#[cfg(not(target_family = "wasm"))]
fn of_text(word: &str) -> Option<Number> {
    word.parse().ok()
}
