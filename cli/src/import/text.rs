//! Plain text that knows where each of its parts stands in the document.

use core::ops::Range;

/// A cell, paragraph or list item with its Markdown markup removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    /// The plain text.
    pub(crate) plain: String,
    /// Where the whole stands: bytes of the document.
    pub(crate) range: Range<usize>,
    /// Where its links lead, unless the text says so itself.
    pub(crate) links: Vec<Aside>,
    /// The labels of the footnotes that it refers to.
    pub(crate) footnotes: Vec<Aside>,
    /// What is struck out; it is no part of `plain`.
    pub(crate) struck: Vec<Aside>,
    /// Where a `<br>` breaks `plain`, in bytes of it.
    pub(crate) breaks: Vec<usize>,
    parts: Vec<Part>,
}

/// What stands beside the plain text: the target of a link, the label of a footnote, struck words.
#[derive(Clone, Debug)]
pub(crate) struct Aside {
    /// Its words.
    pub(crate) text: String,
    /// Where it starts in the document.
    pub(crate) source: usize,
}

#[derive(Clone, Debug)]
struct Part {
    /// Where it starts in `plain`.
    at: usize,
    /// Its length there.
    len: usize,
    /// Where it starts in the document.
    source: usize,
    code: bool,
}

/// A code span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code<'a> {
    /// What stands between the backticks.
    pub(crate) text: &'a str,
    /// Where that starts in the document.
    pub(crate) source: usize,
    /// The plain text before it.
    pub(crate) before: &'a str,
    /// The plain text after it.
    pub(crate) after: &'a str,
}

impl Text {
    pub(crate) fn new(range: Range<usize>) -> Self {
        Self { range, ..Self::default() }
    }

    /// Adds a piece; `source` is where it starts in the document.
    pub(crate) fn push(&mut self, text: &str, source: usize, code: bool) {
        self.parts.push(Part { at: self.plain.len(), len: text.len(), source, code });
        self.plain.push_str(text);
    }

    /// Adds a break between lines; in `plain` it is a space.
    pub(crate) fn push_break(&mut self, source: usize) {
        self.breaks.push(self.plain.len());
        if !self.plain.ends_with(' ') {
            self.push(" ", source, false);
        }
    }

    /// Adds another text after a space.
    pub(crate) fn join(&mut self, other: Self) {
        self.push(" ", self.range.end, false);
        let at = self.plain.len();
        self.parts.extend(other.parts.into_iter().map(|part| Part { at: at + part.at, ..part }));
        self.breaks.extend(other.breaks.into_iter().map(|place| at + place));
        self.links.extend(other.links);
        self.footnotes.extend(other.footnotes);
        self.struck.extend(other.struck);
        self.plain.push_str(&other.plain);
        self.range.end = other.range.end;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.plain.trim().is_empty()
    }

    pub(crate) fn trimmed(&self) -> &str {
        self.plain.trim()
    }

    /// Its code spans.
    pub(crate) fn codes(&self) -> impl Iterator<Item = Code<'_>> {
        self.parts.iter().filter(|part| part.code).filter_map(|part| {
            let end = part.at + part.len;
            Some(Code {
                text: self.plain.get(part.at..end)?,
                source: part.source,
                before: self.plain.get(..part.at)?,
                after: self.plain.get(end..)?,
            })
        })
    }

    /// What stands outside of its code spans: the remarks beside the values. Joining words and brackets alone are
    /// none.
    pub(crate) fn remark(&self) -> String {
        let outside: String = self
            .parts
            .iter()
            .filter(|part| !part.code)
            .filter_map(|part| self.plain.get(part.at..part.at + part.len))
            .collect::<Vec<_>>()
            .join(" ");
        if is_joint(&outside) { String::new() } else { outside.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    /// Where its code spans are in `plain`.
    pub(crate) fn code_ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.parts.iter().filter(|part| part.code).map(|part| part.at..part.at + part.len)
    }

    /// Where the text itself starts in the document, after the spaces before it.
    pub(crate) fn start(&self) -> usize {
        let blank = self.plain.len() - self.plain.trim_start().len();
        if self.parts.is_empty() { self.range.start } else { self.source_at(blank) }
    }

    /// The place in the document of a byte of `plain`.
    pub(crate) fn source_at(&self, at: usize) -> usize {
        let part = self.parts.iter().rev().find(|part| part.at <= at);
        part.map_or(self.range.start, |part| part.source + (at - part.at).min(part.len))
    }
}

/// Whether a text only joins what stands around it: punctuation, "and", "or".
pub(crate) fn is_joint(text: &str) -> bool {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| ["and", "or", "und", "oder", "sowie"].contains(&word.to_lowercase().as_str()))
}

/// Whether a text ends with these words, compared without case.
pub(crate) fn ends_with_word(text: &str, words: &str) -> bool {
    let Some(at) = text.len().checked_sub(words.len()) else { return false };
    let fits = text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(words));
    fits && !text.get(..at).is_some_and(|before| before.ends_with(|last: char| last.is_alphanumeric()))
}
