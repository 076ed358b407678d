//! Reading what a hub sends as data from outside: one bad record does not take the others down, and
//! says what is wrong with it.
//!
//! Records are read one by one. What cannot be read becomes a note, shown with what the importer could
//! not place. Characters that change how the text around them is shown (controls, directions) are
//! replaced, and a text that no screen holds is cut.

use serde_json::{Map, Value};

mod catalog;
mod events;
mod records;

pub use catalog::catalog;
pub use events::{EventPage, event, events, now, rule};
pub use records::{each, field, record};

use crate::catalog::{ImportNote, Source};

/// The longest text that is kept, in characters.
const LONGEST: usize = 20_000;
/// How much of a bad record is shown, in characters.
const EXCERPT: usize = 160;

/// Whether a record may hold what has to be cleaned: an escape, a character beyond ASCII text, or very
/// much of anything.
fn is_suspicious(text: &str) -> bool {
    text.len() > LONGEST || text.contains("\\u") || text.chars().any(is_unshowable)
}

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(shown(&text, LONGEST)),
        Value::Array(items) => items.into_iter().map(cleaned).collect(),
        Value::Object(fields) => {
            let mut clean = Map::new();
            for (name, value) in fields {
                clean.insert(shown(&name, LONGEST), cleaned(value));
            }
            Value::Object(clean)
        }
        other => other,
    }
}

/// A text as it can be shown: without characters that reach beyond themselves, and no longer than `most`.
fn shown(text: &str, most: usize) -> String {
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

fn note(section: &str, text: &str, reason: &str, source: Source) -> ImportNote {
    let reason = shown(reason, EXCERPT);
    ImportNote { section: section.to_owned(), text: shown(text, EXCERPT), reason, about: None, source }
}
