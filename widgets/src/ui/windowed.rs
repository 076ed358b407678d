//! Which lines of a long list are drawn: those in sight and a few around them.
//!
//! All lines have one height. The drawn ones stand in a fixed number of *slots*: line `n` in slot
//! `n % DRAWN`. A line that stays in sight keeps its slot, and with it its elements; a line that comes into
//! sight takes the slot, and the elements, of one that went.

use std::ops::Range;

/// The height of a line, in CSS px. The style sheet of the list says the same.
pub const LINE_PX: usize = 44;
/// How high the list is at most, in CSS px. The style sheet says the same.
pub const LIST_PX: usize = 704;
/// How many lines are in sight.
pub const IN_SIGHT: usize = LIST_PX.div_ceil(LINE_PX);
/// How many lines are drawn ahead of those in sight, on the side to which the reader scrolls.
const AHEAD: usize = 4;
/// How many lines are drawn: those in sight, one that is half in sight, one on the other side, and
/// those ahead.
pub const DRAWN: usize = IN_SIGHT + 2 + AHEAD;

/// The first line to draw when `in_sight` is the first in sight. It is the one of `before` as long as the
/// drawn lines reach beyond both ends of what is in sight.
#[must_use]
pub fn first_drawn(before: Option<usize>, in_sight: usize) -> usize {
    let above = in_sight.saturating_sub(1);
    match before {
        Some(first) if first <= above && in_sight + IN_SIGHT + 2 <= first + DRAWN => first,
        Some(first) if in_sight <= first => in_sight.saturating_sub(AHEAD),
        _ => above,
    }
}

/// The lines that are drawn, and the room of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The drawn lines.
    pub lines: Range<usize>,
    /// How much room the lines above take, in CSS px.
    pub above_px: usize,
    /// How much room the lines below take, in CSS px.
    pub below_px: usize,
    slots: usize,
}

impl Window {
    /// Draws every line of a list, each as high as its content.
    #[must_use]
    pub const fn whole(lines: usize) -> Self {
        Self { lines: 0..lines, above_px: 0, below_px: 0, slots: usize::MAX }
    }

    /// Draws at most `most` lines of `all`, from `first` on.
    ///
    /// `opened` is a line with more below it, and how high that is in px. It is drawn until the reader has
    /// scrolled past all of it.
    #[must_use]
    pub fn new(first: usize, most: usize, all: usize, opened: Option<(usize, usize)>) -> Self {
        let (opened, opened_px) = opened.unzip();
        let opened_px = opened_px.unwrap_or_default();
        let first = match opened {
            Some(at) if at < first => first.saturating_sub(opened_px / LINE_PX).max(at),
            _ => first,
        };
        let first = first.min(all.saturating_sub(1));
        let end = (first + most.min(DRAWN)).min(all);
        let extra = |is_there: bool| if is_there { opened_px } else { 0 };
        Self {
            lines: first..end,
            above_px: first * LINE_PX + extra(opened.is_some_and(|at| at < first)),
            below_px: (all - end) * LINE_PX + extra(opened.is_some_and(|at| at >= end)),
            slots: DRAWN,
        }
    }

    /// The slots in the order of their lines.
    #[must_use]
    pub fn slots(&self) -> Vec<usize> {
        self.lines.clone().map(|line| line % self.slots).collect()
    }

    /// The line in a slot; `None` where the slot is empty.
    #[must_use]
    pub fn line_in(&self, slot: usize) -> Option<usize> {
        let first = self.lines.start % self.slots;
        let offset = if slot >= first { slot - first } else { self.slots - first + slot };
        Some(self.lines.start + offset).filter(|line| self.lines.contains(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_drawn_line_moves_only_when_it_has_to() {
        let mut first = None;
        for (in_sight, expected) in [(0, 0), (8, 7), (9, 7), (12, 11), (9, 5), (6, 5), (5, 1), (0, 0), (10, 9)] {
            first = Some(first_drawn(first, in_sight));
            assert_eq!(first, Some(expected), "at {in_sight}");
        }
    }

    #[test]
    fn a_line_keeps_its_slot_and_every_slot_knows_its_line() {
        for first in 0..60 {
            let window = Window::new(first, DRAWN, 100, None);
            let lines: Vec<_> = window.slots().into_iter().map(|slot| window.line_in(slot)).collect();
            assert_eq!(lines, window.lines.clone().map(Some).collect::<Vec<_>>());
        }
        let whole = Window::whole(3);
        assert_eq!((whole.slots(), whole.line_in(2), whole.line_in(3)), (vec![0, 1, 2], Some(2), None));
    }

    #[test]
    fn the_room_of_all_lines_is_always_the_same() {
        for first in 0..100 {
            let window = Window::new(first, DRAWN, 100, Some((40, 360)));
            let is_open_drawn = window.lines.contains(&40);
            let drawn = window.lines.len() * LINE_PX + if is_open_drawn { 360 } else { 0 };
            assert_eq!(window.above_px + drawn + window.below_px, 100 * LINE_PX + 360);
        }
        assert_eq!(Window::new(5, DRAWN, 0, None).lines, 0..0);
    }
}
