//! What cannot be read: the place in the inventory, what is wrong there, and what would cure it.

use std::fmt;

use miette::{Diagnostic, NamedSource, SourceSpan};

use super::{credentials, lines::Lines, text::Text};

/// A place in the inventory that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Where it starts, in bytes of the document.
    pub(crate) start: usize,
    /// Where it ends, on the same line.
    pub(crate) end: usize,
    /// What is wrong there.
    pub(crate) message: String,
    /// What would cure it.
    pub(crate) cure: String,
}

impl Mistake {
    /// A mistake at bytes `start` to `end` of the document.
    pub(crate) fn at(
        lines: &Lines<'_>,
        start: usize,
        end: usize,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        // A label over more than its line would hide the rest of the message.
        let line_end =
            lines.text.get(start..).and_then(|rest| rest.find('\n')).map_or(lines.text.len(), |len| start + len);
        let end = end.min(line_end).max(start + 1);
        Self { start, end, message: message.into(), cure: cure.into() }
    }

    /// A mistake in a cell, paragraph or list item.
    pub(crate) fn text(lines: &Lines<'_>, text: &Text, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self::at(lines, text.start(), text.range.end, message, cure)
    }
}

/// All that cannot be read in an inventory, in the order of the document: one mistake at least.
#[derive(Clone, Debug)]
pub(crate) struct Malformed(pub(crate) Vec<Mistake>);

/// One mistake with the line in which it stands, for a terminal.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{place}: {message}")]
pub(crate) struct Shown {
    place: String,
    message: String,
    #[help]
    cure: String,
    #[source_code]
    source_code: NamedSource<String>,
    #[label("here")]
    span: SourceSpan,
}

impl Shown {
    /// A mistake of this document.
    pub(crate) fn new(lines: &Lines<'_>, mistake: &Mistake) -> Self {
        let Mistake { start, end, message, cure } = mistake;
        Self {
            place: place(lines, *start),
            message: message.clone(),
            cure: cure.clone(),
            source_code: NamedSource::new(lines.file, credentials::hidden(lines.text)),
            span: (*start, end.saturating_sub(*start)).into(),
        }
    }
}

/// One mistake in one line, as compilers print it.
#[derive(Debug)]
pub(crate) struct InLine<'a>(pub(crate) &'a Lines<'a>, pub(crate) &'a Mistake);

impl fmt::Display for InLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(lines, Mistake { start, message, cure, .. }) = self;
        write!(f, "{}: error: {message}; {cure}", place(lines, *start))
    }
}

/// `FILE:LINE:COLUMN`.
fn place(lines: &Lines<'_>, start: usize) -> String {
    let at = lines.place(start);
    format!("{}:{}:{}", lines.file, at.line, at.column)
}
