//! From a value to a text.

use serde_json::Value;

/// The value as JSON in one line, as `serde_json` writes it.
#[must_use]
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, None, &mut text);
    text
}

/// The value as JSON for people: an item a line, two spaces a level.
#[must_use]
pub fn pretty(value: &Value) -> String {
    let mut text = String::new();
    put(value, Some(0), &mut text);
    text
}

fn put(value: &Value, level: Option<usize>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => quoted(text, out),
        Value::Array(items) => {
            let mut list = List::begin('[', items.is_empty(), level, out);
            for item in items {
                list.item(out);
                put(item, list.level, out);
            }
            list.end(']', out);
        }
        Value::Object(fields) => {
            let mut list = List::begin('{', fields.is_empty(), level, out);
            for (name, value) in fields {
                list.item(out);
                quoted(name, out);
                out.push_str(if level.is_some() { ": " } else { ":" });
                put(value, list.level, out);
            }
            list.end('}', out);
        }
    }
}

/// What stands between brackets.
struct List {
    is_empty: bool,
    is_first: bool,
    /// How deep the items stand, where each has a line.
    level: Option<usize>,
}

impl List {
    fn begin(opening: char, is_empty: bool, level: Option<usize>, out: &mut String) -> Self {
        out.push(opening);
        Self { is_empty, is_first: true, level: level.map(|level| level + 1) }
    }

    fn item(&mut self, out: &mut String) {
        if !std::mem::take(&mut self.is_first) {
            out.push(',');
        }
        line(self.level, out);
    }

    fn end(self, closing: char, out: &mut String) {
        if !self.is_empty {
            line(self.level.map(|level| level - 1), out);
        }
        out.push(closing);
    }
}

fn line(level: Option<usize>, out: &mut String) {
    if let Some(level) = level {
        out.push('\n');
        (0..level).for_each(|_| out.push_str("  "));
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for one in text.chars() {
        let escaped = match one {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\0'..' ' => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let code = one as usize;
                out.push_str("\\u00");
                out.push(char::from(DIGITS[code >> 4]));
                out.push(char::from(DIGITS[code & 15]));
                continue;
            }
            other => {
                out.push(other);
                continue;
            }
        };
        out.push_str(escaped);
    }
    out.push('"');
}
