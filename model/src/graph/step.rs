//! Where an arrow key leads.

use super::rect::Rect;

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

/// The stop that an arrow key leads to. `None` at the edge of the picture; a stop without any width is
/// none.
///
/// Sideways a key follows a relation where there is one, and leads to the nearest stop on that side
/// otherwise. Where boxes stand below one another, left is up and right is down along a relation. Up
/// and down lead through a column, and from its end into the next: so each stop is reached.
#[must_use]
pub fn step(stops: &[Rect], links: &[(usize, usize)], at: usize, direction: Direction) -> Option<usize> {
    let here = stops.get(at)?;
    match direction {
        Direction::Up => along_column(stops, here, false),
        Direction::Down => along_column(stops, here, true),
        Direction::Left | Direction::Right => {
            let other_end = |(from, to): &(usize, usize)| match at {
                at if *from == at => Some(*to),
                at if *to == at => Some(*from),
                _ => None,
            };
            let linked: Vec<usize> = links.iter().filter_map(other_end).collect();
            let rightwards = direction == Direction::Right;
            beside(stops, here, &linked, rightwards)
                .or_else(|| beyond(stops, here, &linked, rightwards))
                .or_else(|| beside(stops, here, &(0..stops.len()).collect::<Vec<_>>(), rightwards))
        }
    }
}

/// The nearest of some stops at one side; what stands in one line is nearer than what is only close.
fn beside(stops: &[Rect], here: &Rect, among: &[usize], rightwards: bool) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    for at in among {
        let Some(to) = stops.get(*at).filter(|to| to.width > 0) else { continue };
        let ahead = if rightwards { to.x - here.right() } else { here.x - to.right() };
        let far = ahead.saturating_add((here.middle_y() - to.middle_y()).abs().saturating_mul(3));
        if ahead >= 0 && best.is_none_or(|(least, _)| far < least) {
            best = Some((far, *at));
        }
    }
    best.map(|(_, at)| at)
}

/// The nearest of some stops that stand below, or above, in the same column.
fn beyond(stops: &[Rect], here: &Rect, among: &[usize], down: bool) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    for at in among {
        let Some(to) = stops.get(*at).filter(|to| to.width > 0 && overlap(here, to)) else { continue };
        let far = if down { to.y - here.bottom() } else { here.y - to.bottom() };
        if far >= 0 && best.is_none_or(|(least, _)| far < least) {
            best = Some((far, *at));
        }
    }
    best.map(|(_, at)| at)
}

/// The next stop of the column; at its end the first, or upwards the last, of the next column.
fn along_column(stops: &[Rect], here: &Rect, down: bool) -> Option<usize> {
    let all: Vec<usize> = (0..stops.len()).collect();
    let within = beyond(stops, here, &all, down);
    if within.is_some() {
        return within;
    }
    let mut next: Option<&Rect> = None;
    for stop in stops.iter().filter(|stop| stop.width > 0) {
        let ahead = if down { stop.x >= here.right() } else { stop.right() <= here.x };
        let nearer = next.is_none_or(|next| if down { stop.x < next.x } else { stop.right() > next.right() });
        if ahead && nearer {
            next = Some(stop);
        }
    }
    let next = next?;
    let mut end: Option<(i32, usize)> = None;
    for (at, stop) in stops.iter().enumerate() {
        let y = if down { stop.y } else { -stop.y };
        if stop.width > 0 && overlap(next, stop) && !overlap(here, stop) && end.is_none_or(|(first, _)| y < first) {
            end = Some((y, at));
        }
    }
    end.map(|(_, at)| at)
}

const fn overlap(one: &Rect, other: &Rect) -> bool {
    one.x < other.right() && other.x < one.right()
}
