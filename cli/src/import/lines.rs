//! The document as lines.

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
