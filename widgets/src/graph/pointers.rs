//! The pointers that are down on a picture, and what their moves do to what is in view.

use ops_model::graph::Viewport;

/// How far a pointer has to move before it drags, in px: less is a click.
const DRAG: i32 = 4;

type Point = (i32, i32);

/// The pointers that are down, each with the point where it was last.
#[derive(Clone, Debug, Default)]
pub(super) struct Pointers(Vec<(i32, Point)>);

/// What the move of a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drag {
    before: Point,
    now: Point,
    /// Where another pointer is down: then two fingers pinch.
    other: Option<Point>,
}

impl Pointers {
    pub(super) fn press(&mut self, id: i32, at: Point) {
        self.release(id);
        self.0.push((id, at));
    }

    pub(super) fn release(&mut self, id: i32) {
        self.0.retain(|(other, _)| *other != id);
    }

    /// What the move of a pointer does; `None` for one that is not down or has not moved far enough.
    pub(super) fn moved(&mut self, id: i32, now: Point, is_dragging: bool) -> Option<Drag> {
        let other = self.0.iter().find(|(other, _)| *other != id).map(|(_, at)| *at);
        let (_, at) = self.0.iter_mut().find(|(own, _)| *own == id)?;
        let before = *at;
        if !is_dragging && distance(before, now) <= DRAG {
            return None;
        }
        *at = now;
        Some(Drag { before, now, other })
    }
}

impl Drag {
    pub(super) fn apply(self, view: Viewport, size: (i32, i32)) -> Viewport {
        let Self { before, now, other } = self;
        match other {
            Some(other) => {
                let percent = distance(other, now) * 100 / distance(other, before).max(1);
                let between = (i32::midpoint(other.0, now.0), i32::midpoint(other.1, now.1));
                view.zoomed(percent, between, size)
            }
            None => view.panned(now.0 - before.0, now.1 - before.1, size),
        }
    }
}

/// How far apart two points are, along the longer side.
fn distance(one: Point, other: Point) -> i32 {
    (one.0 - other.0).abs().max((one.1 - other.1).abs())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn a_small_move_is_a_click_and_a_large_one_drags() {
        let mut pointers = Pointers::default();
        pointers.press(1, (10, 10));
        assert_eq!(pointers.moved(1, (13, 12), false), None);
        let drag = pointers.moved(1, (20, 10), false).unwrap();
        let near = Viewport { x: -50, y: -50, percent: 200 };
        assert_eq!(drag.apply(near, (100, 100)), Viewport { x: -40, y: -50, percent: 200 });
        // Once it drags, each px counts.
        assert!(pointers.moved(1, (21, 10), true).is_some());
        pointers.release(1);
        assert_eq!(pointers.moved(1, (90, 90), true), None);
    }

    #[test]
    fn two_pointers_zoom() {
        let mut pointers = Pointers::default();
        pointers.press(1, (40, 50));
        pointers.press(2, (60, 50));
        let drag = pointers.moved(2, (80, 50), false).unwrap();
        assert_eq!(drag.apply(Viewport::default(), (100, 100)).percent, 200);
    }
}
