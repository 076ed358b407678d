//! Errors that show the place in the inventory, what is wrong there, and what would cure it.

use miette::{Diagnostic, NamedSource, Report, SourceSpan};

use super::text::{Lines, Text};

/// A place in the inventory that cannot be read.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{place}: {message}")]
pub(crate) struct ImportError {
    /// `FILE:LINE:COLUMN`.
    pub(crate) place: String,
    message: String,
    #[help]
    cure: String,
    #[source_code]
    source_code: NamedSource<String>,
    #[label("here")]
    span: SourceSpan,
}

impl ImportError {
    /// Offset and length in bytes, what is wrong there, and the cure.
    pub(crate) fn parts(&self) -> (usize, usize, &str, &str) {
        (self.span.offset(), self.span.len(), &self.message, &self.cure)
    }

    /// An error at bytes `start` to `end` of the document.
    pub(crate) fn at(
        lines: &Lines<'_>,
        start: usize,
        end: usize,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Report {
        let at = lines.place(start);
        // A label over more than its line would hide the rest of the message.
        let line_end =
            lines.text.get(start..).and_then(|rest| rest.find('\n')).map_or(lines.text.len(), |len| start + len);
        let length = end.min(line_end).saturating_sub(start).max(1);
        Report::new(Self {
            place: format!("{}:{}:{}", lines.file, at.line, at.column),
            message: message.into(),
            cure: cure.into(),
            source_code: NamedSource::new(lines.file, lines.text.to_owned()),
            span: (start, length).into(),
        })
    }

    /// An error about a cell, paragraph or list item.
    pub(crate) fn text(lines: &Lines<'_>, text: &Text, message: impl Into<String>, cure: impl Into<String>) -> Report {
        Self::at(lines, text.start(), text.range.end, message, cure)
    }
}
