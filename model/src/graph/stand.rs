//! Where a box stands among the others.

/// How far a box stands in from what it belongs to, where all stand in one column.
pub(super) const INDENT: i32 = 18;

/// Where a box stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stand {
    pub(super) shelf: usize,
    pub(super) column: usize,
    pub(super) frame: usize,
    /// The box under which it is indented, where all stand in one column.
    pub(super) parent: Option<usize>,
}
