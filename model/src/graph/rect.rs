//! A box on the page.

/// A box with whole CSS pixels: its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
}

impl Rect {
    /// A box by its corner and its size.
    #[must_use]
    pub const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }

    /// The right edge.
    #[must_use]
    pub const fn right(&self) -> i32 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub const fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// The middle between left and right.
    #[must_use]
    pub const fn middle_x(&self) -> i32 {
        self.x + self.width / 2
    }

    /// The middle between top and bottom.
    #[must_use]
    pub const fn middle_y(&self) -> i32 {
        self.y + self.height / 2
    }

    /// Whether two boxes share any area; touching edges do not.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether another box lies within this one.
    #[must_use]
    pub const fn holds(&self, other: &Self) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }
}
