//! Plain text that knows where each of its parts stands in the document.

use core::ops::Range;

/// A cell, paragraph or list item with its Markdown markup removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    /// The plain text.
    pub(crate) plain: String,
    /// Where the whole stands: bytes of the document.
    pub(crate) range: Range<usize>,
    parts: Vec<Part>,
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

    /// Adds another text after a space.
    pub(crate) fn join(&mut self, other: Self) {
        self.push(" ", self.range.end, false);
        let at = self.plain.len();
        self.parts.extend(other.parts.into_iter().map(|part| Part { at: at + part.at, ..part }));
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
            Some(Code { text: self.plain.get(part.at..end)?, source: part.source, before: self.plain.get(..part.at)? })
        })
    }

    /// The code span after a label: `Helm release` finds `gitea` in ``Helm release `gitea`, …``.
    pub(crate) fn labelled(&self, label: &str) -> Option<Code<'_>> {
        self.codes().find(|code| ends_with_word(code.before.trim_end(), label))
    }

    /// Where the text itself starts in the document.
    pub(crate) fn start(&self) -> usize {
        self.parts.first().map_or(self.range.start, |part| part.source)
    }

    /// The place in the document of a byte of `plain`.
    pub(crate) fn source_at(&self, at: usize) -> usize {
        let part = self.parts.iter().rev().find(|part| part.at <= at);
        part.map_or(self.range.start, |part| part.source + (at - part.at).min(part.len))
    }
}

/// Whether a text ends with these words, compared without case.
fn ends_with_word(text: &str, words: &str) -> bool {
    let Some(at) = text.len().checked_sub(words.len()) else { return false };
    let fits = text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(words));
    fits && !text.get(..at).is_some_and(|before| before.ends_with(|last: char| last.is_alphanumeric()))
}

/// The document's text, its name, and its lines.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    /// The file's name as it was given.
    pub(crate) file: &'a str,
    /// The whole text.
    pub(crate) text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { file, text, starts: core::iter::once(0).chain(newlines).collect() }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub(crate) fn place(&self, offset: usize) -> ops_model::Source {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        ops_model::Source::new(small(line), small(column))
    }

    /// How many lines there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.text.lines().count()).unwrap_or(u32::MAX)
    }
}
