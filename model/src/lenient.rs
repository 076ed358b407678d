//! Reads what a hub sends as data from outside: one bad record does not take the others down.
//!
//! A list is split into its records first, and each record is read by itself. A record that cannot be
//! read becomes an [`ImportNote`], which is shown beside what the importer could not place. Every text
//! comes out as it can be shown; see [`showable`].

use std::{borrow::Cow, collections::HashMap};

use serde::{
    Deserialize,
    de::{DeserializeOwned, Error},
};
use serde_json::{Deserializer, Value, value::RawValue};

use crate::catalog::ImportNote;

/// The longest text that is kept, in characters.
const LONGEST: usize = 20_000;
/// How much of a bad record is shown, in characters.
const EXCERPT: usize = 160;

/// Reads a document, which may begin with a byte order mark. Fields of type [`RawValue`] are left as
/// text for [`list`] and [`record`].
///
/// # Errors
/// The path of the field, and what is wrong with it.
pub fn document<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, String> {
    let mut json = Deserializer::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let document = serde_path_to_error::deserialize(&mut json).map_err(|error| error.to_string())?;
    json.end().map_err(|error| error.to_string())?;
    Ok(document)
}

/// Reads the records of a list. What cannot be read is added to `notes` under the name of the list.
/// A list that is absent is empty.
pub fn list<T: DeserializeOwned>(section: &str, list: Option<&RawValue>, notes: &mut Vec<ImportNote>) -> Vec<T> {
    let Some(list) = list else { return Vec::new() };
    match serde_json::from_str::<Vec<&RawValue>>(list.get()) {
        Ok(items) => {
            let mut keep =
                |item: &&RawValue| record(item.get()).map_err(|why| notes.push(unread(section, item.get(), &why))).ok();
            items.iter().filter_map(&mut keep).collect()
        }
        Err(error) => {
            notes.push(unread(section, list.get(), &error.to_string()));
            Vec::new()
        }
    }
}

/// Reads one record. Of several fields with one name the last counts.
///
/// ```
/// use ops_model::{Relation, lenient::record};
/// let wrong = record::<Relation>(r#"{"from": "service:a", "type": "runs-on", "to": 5, "source": {"line": 1}}"#);
/// assert_eq!(wrong.unwrap_err(), "to: invalid type: integer `5`, expected a string");
/// ```
///
/// # Errors
/// The path of the field, and what is wrong with it.
pub fn record<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    // Most records need no care: escapes are the only way to write what the text does not show.
    let is_plain = text.len() <= LONGEST && !text.contains(|one| one == '\\' || is_unshowable(one));
    if is_plain && let Ok(record) = serde_json::from_str(text) {
        return Ok(record);
    }
    let mut value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    make_showable(&mut value);
    serde_path_to_error::deserialize(value).map_err(|error| error.to_string())
}

/// The note of a record that cannot be read. Its identifier comes first, where it has one: an excerpt may
/// not reach as far.
#[must_use]
pub fn unread(section: &str, text: &str, reason: &str) -> ImportNote {
    let fields: HashMap<String, &RawValue> = serde_json::from_str(text).unwrap_or_default();
    let id = fields.get("id").and_then(|id| serde_json::from_str::<String>(id.get()).ok());
    let text = id.map_or(Cow::Borrowed(text), |id| Cow::Owned(format!("{id}: {text}")));
    let source = fields.get("source").and_then(|source| serde_json::from_str(source.get()).ok());
    ImportNote {
        section: section.to_owned(),
        text: cut(&text, EXCERPT),
        reason: cut(reason, EXCERPT),
        about: None,
        source: source.unwrap_or_default(),
    }
}

/// A text as it can be shown: characters that change how the text around them is shown (controls,
/// directions) are replaced by U+FFFD, and a text that no screen holds is cut.
#[must_use]
pub fn showable(text: &str) -> String {
    cut(text, LONGEST)
}

/// For a field that is only shown: what does not fit is left out.
///
/// # Errors
/// Only where the document itself breaks off.
pub(crate) fn optional<'de, D: serde::Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let value = <&RawValue>::deserialize(from).map_err(D::Error::custom)?;
    Ok(serde_json::from_str(value.get()).ok())
}

fn make_showable(value: &mut Value) {
    match value {
        Value::String(text) => *text = showable(text),
        Value::Array(items) => items.iter_mut().for_each(make_showable),
        Value::Object(fields) => {
            let all = std::mem::take(fields).into_iter();
            fields.extend(all.map(|(name, mut value)| {
                make_showable(&mut value);
                (showable(&name), value)
            }));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cut(text: &str, most: usize) -> String {
    let mut shown: String =
        text.chars().take(most).map(|one| if is_unshowable(one) { '\u{fffd}' } else { one }).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// Controls but for line breaks and tabs; marks, embeddings, overrides and isolates of direction; the
/// byte order mark.
const fn is_unshowable(one: char) -> bool {
    matches!(one,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
