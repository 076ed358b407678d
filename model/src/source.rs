//! Where something stands in the document that a catalog was made from.

use serde::{Deserialize, Serialize};

/// A place in the source document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Source {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    #[serde(default = "first_column", skip_serializing_if = "is_first_column")]
    pub column: u32,
}

const fn first_column() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_first_column(column: &u32) -> bool {
    *column == 1
}

impl Source {
    /// A place by line and column, both from 1.
    #[must_use]
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}
