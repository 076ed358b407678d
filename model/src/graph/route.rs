//! How relations run: through gutters between columns, lanes between frames and channels between
//! shelves, so that they cross no box.

use super::{
    frame::Frame,
    network::Edge,
    rect::Rect,
    shelf::{BETWEEN, CHANNEL, RAIL, Shelves, TOP, number},
    stand::{INDENT, Stand},
};

/// How many relations can run beside one another where all boxes stand in one column.
const TRACKS: usize = 4;
/// The radius of a rounded corner.
const CORNER: i32 = 6;

/// The way of one relation, from the edge of one box to the edge of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Its points. A curve has two, its ends, and stays within the rectangle that they span.
    pub points: Vec<(i32, i32)>,
    /// Whether it swings from one end to the other; otherwise it runs straight with rounded corners.
    pub curved: bool,
}

impl Route {
    /// The line as the data of an SVG path.
    #[must_use]
    pub fn path(&self) -> String {
        let Some((first, rest)) = self.points.split_first() else { return String::new() };
        let mut path = format!("M{}", point(*first));
        if self.curved
            && let [end] = rest
        {
            let middle = i32::midpoint(first.0, end.0);
            return format!("{path}C{} {} {}", point((middle, first.1)), point((middle, end.1)), point(*end));
        }
        for (before, pair) in self.points.iter().zip(self.points.windows(2).skip(1)) {
            let [corner, after] = pair else { continue };
            let near = |to: &(i32, i32)| (toward(corner.0, to.0), toward(corner.1, to.1));
            path += &format!("L{}Q{} {}", point(near(before)), point(*corner), point(near(after)));
        }
        if let Some(end) = rest.last() {
            path += &format!("L{}", point(*end));
        }
        path
    }

    /// The arrowhead at the end, as the data of an SVG path.
    #[must_use]
    pub fn tip(&self) -> String {
        let [.., before, end] = self.points.as_slice() else { return String::new() };
        let back = match (before.0 == end.0, before.0 <= end.0, before.1 <= end.1) {
            (true, _, true) => "l-4-7h8z",
            (true, _, false) => "l-4 7h8z",
            (false, true, _) => "l-7-4v8z",
            (false, false, _) => "l7-4v8z",
        };
        format!("M{}{back}", point(*end))
    }
}

fn point((x, y): (i32, i32)) -> String {
    format!("{x} {y}")
}

/// A corner's radius, or half of what there is, toward a point on the same line.
fn toward(from: i32, to: i32) -> i32 {
    from + ((to - from) / 2).clamp(-CORNER, CORNER)
}

/// Finds the routes.
pub(super) struct Router<'a> {
    boxes: &'a [Rect],
    stands: &'a [Stand],
    frames: &'a [Frame],
    shelves: Shelves,
}

impl<'a> Router<'a> {
    pub(super) const fn new(boxes: &'a [Rect], stands: &'a [Stand], frames: &'a [Frame], shelves: Shelves) -> Self {
        Self { boxes, stands, frames, shelves }
    }

    /// One route an edge, in their order; an edge whose box is not there has none.
    pub(super) fn routes(&self, edges: &[Edge]) -> Vec<Route> {
        let tracks = self.tracks(edges);
        edges.iter().enumerate().map(|(at, edge)| self.route(edge, at, &tracks).unwrap_or_default()).collect()
    }

    fn route(&self, edge: &Edge, at: usize, tracks: &[i32]) -> Option<Route> {
        let (from, to) = (self.boxes.get(edge.from)?, self.boxes.get(edge.to)?);
        let (here, there) = (self.stands.get(edge.from)?, self.stands.get(edge.to)?);
        let (y1, y2) = (from.middle_y(), to.middle_y());
        let aside = number(at % 3) * 3;
        if let Some(branch) = self.branch(edge) {
            return Some(branch);
        }
        if self.shelves.stacked {
            let x = tracks.get(at).copied().unwrap_or(RAIL / 2);
            return Some(Route { points: vec![(from.x, y1), (x, y1), (x, y2), (to.x, y2)], curved: false });
        }
        if here.shelf == there.shelf && here.column == there.column {
            let x = (self.shelves.column_x(here.shelf, here.column) - 9 - aside).max(1);
            return Some(Route { points: vec![(from.x, y1), (x, y1), (x, y2), (to.x, y2)], curved: false });
        }
        let rightwards = (here.shelf, here.column) < (there.shelf, there.column);
        let (start, end) = if rightwards { (from.right(), to.x) } else { (from.x, to.right()) };
        let left = |stand: &Stand| self.shelves.column_x(stand.shelf, stand.column);
        if here.shelf == there.shelf && here.column.abs_diff(there.column) == 1 {
            let (right, indented) = if rightwards { (there, to.x > left(there)) } else { (here, from.x > left(here)) };
            // An indented box is reached along its own row only.
            let x = left(right) - 9 - aside;
            return Some(match indented {
                true => Route { points: vec![(start, y1), (x, y1), (x, y2), (end, y2)], curved: false },
                false => Route { points: vec![(start, y1), (end, y2)], curved: true },
            });
        }
        // Out into the gutter, along the lane below the frame, and into the gutter before the other
        // box; where that stands on another shelf, up the channel and along the top besides.
        let (out, into) = if rightwards {
            (start + 9 + aside, left(there) - 9 - aside)
        } else {
            (left(here) - 9 - aside, end + 9 + aside)
        };
        let lane =
            |stand: &Stand| self.frames.get(stand.frame).map(|frame| frame.place.bottom() + BETWEEN / 2 + aside - 3);
        let (leaving, entering) = (lane(here)?, lane(there)?);
        let mut points = vec![(start, y1), (out, y1), (out, leaving)];
        if here.shelf != there.shelf {
            let channel = |shelf: usize, right: bool| {
                let x = self.shelves.x(shelf);
                (if right { x + self.shelves.width + CHANNEL / 2 } else { x - CHANNEL / 2 }) + aside - 3
            };
            let (leave, enter) = (channel(here.shelf, rightwards), channel(there.shelf, !rightwards));
            points.push((leave, leaving));
            if here.shelf.abs_diff(there.shelf) > 1 {
                points.push((leave, TOP - 6 - aside));
                points.push((enter, TOP - 6 - aside));
            }
            points.push((enter, entering));
            points.push((into, entering));
        } else {
            points.push((into, leaving));
        }
        points.push((into, y2));
        points.push((end, y2));
        Some(Route { points, curved: false })
    }

    /// The way between a box and one that is indented under it: down from the one and into the other,
    /// as in a tree.
    fn branch(&self, edge: &Edge) -> Option<Route> {
        let parent_of = |at: usize| self.stands.get(at).and_then(|stand| stand.parent);
        let (upper, lower, down) = match edge {
            edge if parent_of(edge.to) == Some(edge.from) => (edge.from, edge.to, true),
            edge if parent_of(edge.from) == Some(edge.to) => (edge.to, edge.from, false),
            _ => return None,
        };
        let (upper, lower) = (self.boxes.get(upper)?, self.boxes.get(lower)?);
        let x = upper.x + INDENT / 2;
        if lower.x <= x {
            return None;
        }
        let mut points = vec![(x, upper.bottom()), (x, lower.middle_y()), (lower.x, lower.middle_y())];
        if !down {
            points.reverse();
        }
        Some(Route { points, curved: false })
    }

    /// The vertical line of each relation that runs beside boxes in one column: the shorter it is, the
    /// nearer to the boxes, and none upon another while there is room.
    fn tracks(&self, edges: &[Edge]) -> Vec<i32> {
        if !self.shelves.stacked {
            return Vec::new();
        }
        let span = |edge: &Edge| {
            let middle = |at: usize| self.boxes.get(at).map_or(0, Rect::middle_y);
            let (one, other) = (middle(edge.from), middle(edge.to));
            (one.min(other), one.max(other))
        };
        let mut shortest_first: Vec<usize> = (0..edges.len()).collect();
        shortest_first.sort_by_cached_key(|at| edges.get(*at).map(span).map(|(from, to)| to - from));
        let mut tracks = vec![RAIL / 2; edges.len()];
        let mut taken: Vec<(usize, (i32, i32))> = Vec::new();
        for at in shortest_first {
            let Some(edge) = edges.get(at).filter(|edge| self.branch(edge).is_none()) else { continue };
            let (from, to) = span(edge);
            let is_free = |track: &usize| {
                !taken.iter().any(|(other, (start, end))| other == track && *start <= to && from <= *end)
            };
            let track = (0..TRACKS).find(is_free);
            if let Some(track) = track {
                taken.push((track, (from, to)));
            }
            tracks[at] = RAIL - 8 - number(track.unwrap_or(TRACKS - 1)) * 6;
        }
        tracks
    }
}
