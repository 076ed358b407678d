//! Lines and columns, from 1; columns count characters.

use serde::Serialize;

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Place {
    /// Where it starts.
    pub(crate) line: usize,
    /// Where it starts.
    pub(crate) column: usize,
    /// Where it ends: the line of its last character.
    pub(crate) end_line: usize,
    /// Where it ends: the column after its last character.
    pub(crate) end_column: usize,
}

/// A text that knows its lines.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    text: String,
    starts: Vec<usize>,
}

impl Places {
    /// The places of a text.
    pub(crate) fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(breaks).collect(), text: text.to_owned() }
    }

    /// The place of the bytes from `start` to before `end`.
    pub(crate) fn of(&self, start: usize, end: usize) -> Place {
        let ((line, column), (end_line, end_column)) = (self.at(start), self.at(end.max(start)));
        Place { line, column, end_line, end_column }
    }

    /// The rest of a line from a place on, both from 1.
    pub(crate) fn of_line(&self, line: usize, column: usize) -> Place {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest.lines().next().map_or(0, |line| line.chars().count());
        Place { line, column, end_line: line, end_column: (length + 1).max(column + 1) }
    }

    fn at(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        (line, column + 1)
    }
}
