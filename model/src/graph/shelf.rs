//! How the width of a picture is shared: shelves of frames side by side, columns of boxes in a frame,
//! gutters between the columns, channels between the shelves.

/// The room above the first frame, for the names of the columns and for what crosses shelves.
pub(super) const TOP: i32 = 36;
/// The room between frames, one above the other, and below the last.
pub(super) const BETWEEN: i32 = 20;
/// The room between shelves.
pub(super) const CHANNEL: i32 = 28;
/// The room between a frame and its boxes, left and right.
const MARGIN: i32 = 20;
/// The room left of boxes that stand in one column, where relations run.
pub(super) const RAIL: i32 = 32;

const BOX_LEAST: i32 = 130;
const BOX_COMFORT: i32 = 158;
const BOX_MOST: i32 = 236;
const GUTTER_LEAST: i32 = 32;
const GUTTER_COMFORT: i32 = 56;

/// The share of the width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shelves {
    /// Whether there is room for one column only: boxes stand below one another.
    pub(super) stacked: bool,
    /// How many shelves there are.
    pub(super) count: usize,
    /// The width of each.
    pub(super) width: i32,
    /// The width of a box.
    pub(super) box_width: i32,
    /// The width between two columns.
    pub(super) gutter: i32,
    margin: i32,
}

impl Shelves {
    /// Shares `width` among so many columns of boxes, for so many frames.
    pub(super) fn new(width: i32, columns: usize, frames: usize, framed: bool) -> Self {
        let columns = number(columns.max(1));
        let margin = if framed { MARGIN } else { 2 };
        let shelf = |room: i32, gutter: i32| 2 * margin + columns * room + (columns - 1) * gutter;
        if width < shelf(BOX_LEAST, GUTTER_LEAST) {
            let margin = if framed { 12 } else { 2 };
            let box_width = (width - RAIL - margin).max(60);
            return Self { stacked: true, count: 1, width, box_width, gutter: RAIL, margin };
        }
        let comfort = shelf(BOX_COMFORT, GUTTER_COMFORT) + CHANNEL;
        let count = ((width + CHANNEL) / comfort).clamp(1, number(frames.max(1)));
        let each = (width - (count - 1) * CHANNEL) / count;
        let free = each - 2 * margin;
        // A gutter takes a third of a box, a box no more than its names need.
        let share = free * 3 / (columns * 3 + columns - 1);
        let share = share.min((free - (columns - 1) * GUTTER_LEAST) / columns);
        let box_width = share.clamp(BOX_LEAST, BOX_MOST);
        let gutter = if columns > 1 { (free - columns * box_width) / (columns - 1) } else { 0 };
        Self { stacked: false, count: usize::try_from(count).unwrap_or(1), width: each, box_width, gutter, margin }
    }

    /// The left edge of a shelf.
    pub(super) fn x(&self, shelf: usize) -> i32 {
        number(shelf) * (self.width + CHANNEL)
    }

    /// The left edge of a column of boxes in a shelf.
    pub(super) fn column_x(&self, shelf: usize, column: usize) -> i32 {
        if self.stacked { RAIL } else { self.x(shelf) + self.margin + number(column) * (self.box_width + self.gutter) }
    }
}

/// A small count as a length.
pub(super) fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 4096)
}
