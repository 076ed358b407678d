//! A JSON or TOML file whose values know their places.

use serde_json::Value;

use super::{
    Finding, Place, Places,
    rules::{self, Rule},
    walk::{self, Spans},
};

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The file, as it was named.
    pub(crate) file: String,
    /// What is in it.
    pub(crate) value: Value,
    places: Places,
    spans: Spans,
    /// Where the file says what a pointer leads to, if it is the source of another document.
    written_at: Option<fn(&str) -> String>,
}

impl Document {
    /// Reads JSON; keys that are there twice are findings, and a broken text is one too.
    pub(crate) fn json(file: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        Self::json_at(file, text, text, 0, findings)
    }

    /// Reads JSON that is a part of a file, from a byte on.
    fn json_at(file: &str, whole: &str, text: &str, offset: usize, findings: &mut Vec<Finding>) -> Option<Self> {
        let places = Places::new(whole);
        let finding = |rule: &'static Rule, place, message| Finding { rule, file: file.to_owned(), place, message };
        let value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                let at = byte(text, error.line(), error.column()) + offset;
                let message = error.to_string();
                let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(words, _)| words);
                findings.push(finding(&rules::SYNTAX, places.of(at, at + 1), format!("not JSON: {message}")));
                return None;
            }
        };
        let (spans, twice) = walk::json(text);
        for (name, span) in twice {
            let message = format!("the key '{name}' is there twice; readers differ on which one counts");
            let place = places.of(span.start + offset, span.end + offset);
            findings.push(finding(&rules::DUPLICATE_KEY, place, message));
        }
        let moved =
            |(pointer, span): (String, std::ops::Range<usize>)| (pointer, span.start + offset..span.end + offset);
        let spans = spans.into_iter().map(moved).collect();
        Some(Self { file: file.to_owned(), value, places, spans, written_at: None })
    }

    /// Reads JSON Lines as one list; a broken line is a finding, and the others are read.
    pub(crate) fn json_lines(file: &str, text: &str, findings: &mut Vec<Finding>) -> Self {
        let (mut items, mut spans, mut offset) = (Vec::new(), Spans::new(), 0);
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty()
                && let Some(document) = Self::json_at(file, text, line, offset, findings)
            {
                let at = items.len();
                spans.extend(document.spans.into_iter().map(|(pointer, span)| (format!("/{at}{pointer}"), span)));
                items.push(document.value);
            }
            offset += line.len();
        }
        let places = Places::new(text);
        Self { file: file.to_owned(), value: Value::Array(items), places, spans, written_at: None }
    }

    /// Reads TOML; everything that is wrong with its syntax is a finding.
    pub(crate) fn toml(file: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let places = Places::new(text);
        let (spans, errors) = walk::toml(text);
        let finding = |place, message| Finding { rule: &rules::SYNTAX, file: file.to_owned(), place, message };
        let broken = !errors.is_empty();
        for (span, message) in errors {
            findings.push(finding(places.of(span.start, span.end), format!("not TOML: {message}")));
        }
        match toml::from_str(text) {
            Ok(value) if !broken => Some(Self { file: file.to_owned(), value, places, spans, written_at: None }),
            _ => None,
        }
    }

    /// The same file as the source of another document: `written_at` turns that document's pointers into the
    /// file's own.
    pub(crate) fn into_source_of(self, value: Value, written_at: fn(&str) -> String) -> Self {
        Self { value, written_at: Some(written_at), ..self }
    }

    /// The place of some bytes.
    pub(crate) fn span(&self, start: usize, end: usize) -> Place {
        self.places.of(start, end)
    }

    /// Where a value stands; where it is lacking, what it should be in.
    pub(crate) fn place(&self, pointer: &str) -> Place {
        let written = self.written_at.map_or_else(|| pointer.to_owned(), |written_at| written_at(pointer));
        let mut pointer = written.as_str();
        loop {
            if let Some(span) = self.spans.get(pointer) {
                return self.places.of(span.start, span.end);
            }
            match pointer.rsplit_once('/') {
                Some((parent, _)) => pointer = parent,
                None => return self.places.of(0, 1),
            }
        }
    }

    /// A finding at a value.
    pub(crate) fn finding(&self, rule: &'static Rule, pointer: &str, message: impl Into<String>) -> Finding {
        Finding { rule, file: self.file.clone(), place: self.place(pointer), message: message.into() }
    }
}

/// The byte of a line and column as the JSON library counts them: from 1, columns in bytes.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}
