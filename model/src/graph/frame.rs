//! Where a group is drawn.

use super::rect::Rect;

/// Where a group is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The frame.
    pub place: Rect,
    /// The link to the environment in its head; without any width where there is none.
    pub head: Rect,
    /// The group's name, as long as it fits.
    pub name: String,
    /// Where the words of its standing stand: they end there, or begin there where they are below the
    /// name.
    pub seal: (i32, i32),
    /// Whether they are below the name.
    pub sealed_below: bool,
    /// Where words begin that say what is folded away.
    pub counts: Option<(i32, i32)>,
    /// Where words begin that say that no service is recorded.
    pub blank: Option<(i32, i32)>,
    /// Where words begin that say how many are left out.
    pub rest: Option<(i32, i32)>,
}
