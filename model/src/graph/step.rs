//! Where an arrow key leads.

use super::Rect;

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// Boxes whose edges are no farther apart stand in one column, in px: some are indented.
const SAME: i32 = 60;

/// The stop that an arrow key leads to: sideways along a relation where there is one (where boxes
/// stand below one another, left is up and right is down along it), otherwise to the nearest stop on
/// that side. `None` at the edge of the picture. A stop without any width is none.
#[must_use]
pub fn step(stops: &[Rect], links: &[(usize, usize)], at: usize, direction: Direction) -> Option<usize> {
    let here = stops.get(at)?;
    let sideways = matches!(direction, Direction::Left | Direction::Right);
    let linked = links.iter().filter_map(|(from, to)| match at {
        _ if *from == at => Some(*to),
        _ if *to == at => Some(*from),
        _ => None,
    });
    let nearest = |candidates: &mut dyn Iterator<Item = usize>| {
        candidates
            .filter_map(|to| Some((distance(here, stops.get(to)?, direction)?, to)))
            .filter(|(_, to)| *to != at && stops.get(*to).is_some_and(|stop| stop.width > 0))
            .min()
            .map(|(_, to)| to)
    };
    // A relation that leads past a nearer column does not hide what stands there.
    let beside = |to: &Rect| match direction {
        Direction::Left => here.x - to.right(),
        _ => to.x - here.right(),
    };
    let ahead = |to: &usize| stops.get(*to).filter(|to| to.width > 0).map(beside).filter(|ahead| *ahead >= 0);
    let column = (0..stops.len()).filter_map(|to| ahead(&to)).min().unwrap_or_default();
    let is_next = |to: &usize| ahead(to).is_some_and(|ahead| ahead <= column + SAME);
    let mut along = if sideways { nearest(&mut linked.clone().filter(is_next)) } else { None };
    if sideways && along.is_none() {
        // Where boxes stand below one another, relations run up to what is before and down to what is after.
        let up = direction == Direction::Left;
        let stands = |to: &usize| stops.get(*to).filter(|to| is_below(here, to) != up && overlap(here, to)).is_some();
        along = linked.filter(stands).min_by_key(|to| stops.get(*to).map(|to| (to.y - here.y).abs()));
    }
    along.or_else(|| nearest(&mut (0..stops.len())))
}

const fn overlap(one: &Rect, other: &Rect) -> bool {
    one.x < other.right() && other.x < one.right()
}

const fn is_below(upper: &Rect, lower: &Rect) -> bool {
    lower.y >= upper.bottom()
}

/// How far a stop is from another in a direction; `None` where it lies elsewhere. What stands beside
/// or below in one line is nearer than what is only close.
fn distance(from: &Rect, to: &Rect, direction: Direction) -> Option<i32> {
    let ahead = match direction {
        Direction::Left => from.x - to.right(),
        Direction::Right => to.x - from.right(),
        Direction::Up => from.y - to.bottom(),
        Direction::Down => to.y - from.bottom(),
    };
    let aside = match direction {
        Direction::Left | Direction::Right => (from.middle_y() - to.middle_y()).abs(),
        Direction::Up | Direction::Down if overlap(from, to) => 0,
        Direction::Up | Direction::Down => (from.middle_x() - to.middle_x()).abs(),
    };
    (ahead >= 0).then(|| ahead.saturating_add(aside.saturating_mul(3)))
}
