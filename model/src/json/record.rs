//! The fields of one record, taken out one by one.
use serde_json::{Map, Value};

use crate::entity::EntityKind;

/// A record that is being read.
///
/// ```
/// use ops_model::json::{self, Record};
/// let mut record = Record::of(json::read(r#"{"name": "a", "size": "big"}"#)?)?;
/// assert_eq!(record.text("name")?, "a");
/// assert_eq!(record.number("size").unwrap_err(), "size: expected a whole number, not a text");
/// assert_eq!(record.text("title").unwrap_err(), "missing field `title`");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug)]
pub struct Record(Map<String, Value>);

impl Record {
    /// The record that a value is.
    ///
    /// # Errors
    /// What the value is instead.
    pub fn of(value: Value) -> Result<Self, String> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(["expected an object, not ", kind_of(&other)].concat()),
        }
    }

    /// A field, as it is; `None` where it is not there, or null.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        // Left behind is a null, which reads as a field that is not there.
        self.0.get_mut(name).map(std::mem::take).filter(|value| !value.is_null())
    }

    /// Whether there is such a field, and it is not null.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    fn need(&mut self, name: &str) -> Result<Value, String> {
        self.take(name).ok_or_else(|| ["missing field `", name, "`"].concat())
    }

    /// A text.
    ///
    /// # Errors
    /// The field, and that it is missing or what it is instead; so with all others.
    pub fn text(&mut self, name: &str) -> Result<String, String> {
        into_text(name, self.need(name)?)
    }

    /// A text, where there is one.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn maybe_text(&mut self, name: &str) -> Result<Option<String>, String> {
        self.take(name).map(|value| into_text(name, value)).transpose()
    }

    /// What a text says.
    ///
    /// # Errors
    /// As [`Self::text`], and what the text is not.
    pub fn parsed<T, E: ToString>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, String> {
        let text = self.text(name)?;
        parse(&text).map_err(|error| [name, ": ", &error.to_string()].concat())
    }

    /// A whole number from 0.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn number(&mut self, name: &str) -> Result<u32, String> {
        let value = self.need(name)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| match value {
            Value::Number(_) => [name, ": expected a whole number from 0 to 4294967295"].concat(),
            other => [name, ": expected a whole number, not ", kind_of(&other)].concat(),
        })
    }

    /// A list; empty where there is none.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn list(&mut self, name: &str) -> Result<Vec<Value>, String> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err([name, ": expected a list, not ", kind_of(&other)].concat()),
        }
    }

    /// A list of texts; empty where there is none.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn texts(&mut self, name: &str) -> Result<Vec<String>, String> {
        self.list(name)?.into_iter().map(|item| into_text(name, item)).collect()
    }

    /// A list of kinds of entity; empty where there is none. One that this version does not know is left
    /// out: a newer one has more to show than this.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn kinds(&mut self, name: &str) -> Result<Vec<EntityKind>, String> {
        Ok(self.texts(name)?.iter().filter_map(|text| EntityKind::parse(text)).collect::<Vec<_>>())
    }

    /// A record within this one.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub fn record(&mut self, name: &str) -> Result<Self, String> {
        Self::of(self.need(name)?).map_err(|error| [name, ": ", &error].concat())
    }
}

fn into_text(name: &str, value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err([name, ": expected a text, not ", kind_of(&other)].concat()),
    }
}

/// What a value is, in a word.
#[must_use]
pub const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
