//! A place for every box: on the shelf that is filled least, in columns or one below the other.

use std::collections::BTreeSet;

use super::{
    Group, Network, Rect,
    layout::Frame,
    route::Stand,
    shelf::{BETWEEN, Shelves, number},
    text::{fitted, wrapped},
};
use crate::entity::EntityKind;

/// The size of the letters of a name, in px.
const LETTERS: i32 = 13;
/// The height of one line of a name.
const LINE: i32 = 17;
/// The height of a box without its name.
const BOX: i32 = 34;
/// What a box holds besides its name, left and right.
const BESIDE: i32 = 40;
/// The room between boxes.
const GAP: i32 = 12;
/// The head of a frame.
const HEAD: i32 = 44;
/// What lies below the last box of a frame.
const FOOT: i32 = 16;
/// A line of words in a frame.
const WORDS: i32 = 22;
/// How far a box stands in from what it belongs to, where all stand in one column.
pub(super) const INDENT: i32 = 18;
/// How often it does so.
const DEEPEST: i32 = 3;
/// How many columns are kept where there is no room for more.
pub(super) const KEPT: usize = 3;

/// A name as it is broken in a box of this width.
pub(super) fn name(title: &str, width: i32) -> Vec<String> {
    wrapped(title, width - BESIDE, LETTERS)
}

/// The places so far.
pub(super) struct Layer<'a> {
    network: &'a Network,
    shelves: Shelves,
    top: i32,
    /// Whether what is beyond the last column that is kept stands in it, indented.
    pub(super) folded: bool,
    /// The column of each box among those that are used.
    ranks: Vec<usize>,
    neighbours: Vec<Vec<usize>>,
    members: Vec<Vec<usize>>,
    /// The place of each box among those of its column, once that has an order.
    positions: Vec<Option<usize>>,
    /// How far down each shelf is filled.
    pub(super) depths: Vec<i32>,
    pub(super) boxes: Vec<Rect>,
    pub(super) stands: Vec<Stand>,
    pub(super) frames: Vec<Frame>,
}

impl<'a> Layer<'a> {
    pub(super) fn new(network: &'a Network, columns: &[usize], shelves: Shelves, top: i32, folded: bool) -> Self {
        let count = network.nodes.len();
        let mut neighbours = vec![Vec::new(); count];
        for edge in &network.edges {
            for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if let Some(list) = neighbours.get_mut(one) {
                    list.push(other);
                }
            }
        }
        let mut members = vec![Vec::new(); network.groups.len()];
        for (at, node) in network.nodes.iter().enumerate() {
            if let Some(list) = members.get_mut(node.group) {
                list.push(at);
            }
        }
        let rank = |column: usize| columns.iter().position(|one| *one == column).unwrap_or_default();
        Self {
            network,
            shelves,
            top,
            folded,
            ranks: network.nodes.iter().map(|node| rank(node.column)).collect(),
            neighbours,
            members,
            positions: vec![None; count],
            depths: vec![top; shelves.count],
            boxes: vec![Rect::default(); count],
            stands: vec![Stand::default(); count],
            frames: Vec::with_capacity(network.groups.len()),
        }
    }

    /// Places a group on the shelf that is filled least.
    pub(super) fn place(&mut self, at: usize, group: &Group) {
        let shelf = (0..self.depths.len()).min_by_key(|shelf| (self.depths[*shelf], *shelf)).unwrap_or_default();
        let y = self.depths.get(shelf).copied().unwrap_or(self.top);
        let (head, foot) = match (group.framed, self.shelves.stacked) {
            (false, _) => (2, 2),
            (true, false) => (HEAD, FOOT),
            (true, true) if group.id.is_some() => (HEAD + LINE, FOOT),
            (true, true) => (HEAD, FOOT),
        };
        let x = self.shelves.column_x(shelf, 0);
        let mut end = y + head;
        let members = self.members.get(at).cloned().unwrap_or_default();
        if self.shelves.stacked {
            end = self.stack(at, &members, end);
        } else {
            end = self.columns(at, shelf, &members, end);
        }
        let mut words = |wanted: bool| {
            wanted.then(|| {
                end += WORDS;
                (x, end - 6)
            })
        };
        let counts = words(group.folded);
        let without = group.framed && !group.folded && !group.kinds.contains_key(&EntityKind::Service);
        let beside = without && !self.shelves.stacked && !members.is_empty() && self.ranks.iter().any(|rank| *rank > 0);
        let below = words(without && !beside);
        let rest = words(group.left_out > 0);
        let blank = below.or(beside.then(|| (self.shelves.column_x(shelf, 1), (y + head + end) / 2 + 4)));
        let place = Rect::new(self.shelves.x(shelf), y, self.shelves.width, end + foot - y);
        let room = self.shelves.box_width;
        let seal = if self.shelves.stacked { (x + 22, y + 27 + LINE) } else { (place.right() - 16, y + 27) };
        let linked = group.framed && group.id.is_some();
        self.frames.push(Frame {
            place,
            head: Rect::new(x - 4, y + 8, if linked { room + 8 } else { 0 }, 28),
            name: fitted(&group.title, room - 22, LETTERS),
            seal,
            sealed_below: self.shelves.stacked,
            counts,
            blank,
            rest,
        });
        if let Some(depth) = self.depths.get_mut(shelf) {
            *depth = end + foot + BETWEEN;
        }
    }

    fn height(&self, node: usize, width: i32) -> i32 {
        let lines = self.network.nodes.get(node).map_or(1, |node| name(&node.title, width).len());
        BOX + LINE * number(lines)
    }

    fn set(&mut self, node: usize, place: Rect, stand: Stand) {
        if let (Some(to), Some(at)) = (self.boxes.get_mut(node), self.stands.get_mut(node)) {
            *to = place;
            *at = stand;
        }
    }

    /// Columns side by side, each in the middle of the frame's height. Gives where they end.
    fn columns(&mut self, group: usize, shelf: usize, members: &[usize], y: i32) -> i32 {
        let width = self.shelves.box_width;
        let columns = self.ordered(members);
        let kept = columns.len();
        let room = |node: usize| {
            let beyond = self.ranks.get(node).is_some_and(|rank| *rank >= kept);
            width - if beyond { INDENT } else { 0 }
        };
        let heights: Vec<i32> = columns
            .iter()
            .map(|column| column.iter().map(|node| self.height(*node, room(*node)) + GAP).sum::<i32>() - GAP)
            .collect();
        let inner = heights.iter().copied().max().unwrap_or_default().max(0);
        for (rank, (column, height)) in columns.iter().zip(heights).enumerate() {
            let x = self.shelves.column_x(shelf, rank);
            let mut at = y + (inner - height) / 2;
            let mut parent = None;
            for node in column {
                let beyond = self.ranks.get(*node).is_some_and(|own| *own > rank);
                let indent = if beyond { INDENT } else { 0 };
                let height = self.height(*node, width - indent);
                let stand = Stand { shelf, column: rank, frame: group, parent: parent.filter(|_| beyond) };
                self.set(*node, Rect::new(x + indent, at, width - indent, height), stand);
                at += height + GAP;
                if !beyond {
                    parent = Some(*node);
                }
            }
        }
        y + inner
    }

    /// The members by column, each column in the order of what it is related to in the one before,
    /// outwards from the services.
    fn ordered(&mut self, members: &[usize]) -> Vec<Vec<usize>> {
        let count = self.ranks.iter().max().map_or(0, |last| last + 1);
        let mut columns = vec![Vec::new(); count];
        for node in members {
            if let Some(column) = self.ranks.get(*node).and_then(|rank| columns.get_mut(*rank)) {
                column.push(*node);
            }
        }
        let middle = 1.min(count.saturating_sub(1));
        for rank in (middle..count).chain((0..middle).rev()) {
            let Some(column) = columns.get_mut(rank) else { continue };
            if rank != middle {
                column.sort_by_key(|node| (self.mean(*node), *node));
            }
            for (position, node) in column.iter().enumerate() {
                self.positions[*node] = Some(position);
            }
        }
        if self.folded {
            let beyond = columns.split_off(KEPT.min(columns.len()));
            if let Some(last) = columns.last_mut() {
                *last = self.followed(last, beyond.into_iter().flatten().collect());
            }
        }
        columns
    }

    /// A column with each box followed by those of `beyond` that belong to it; the rest comes last.
    fn followed(&self, column: &[usize], mut beyond: Vec<usize>) -> Vec<usize> {
        let mut all = Vec::with_capacity(column.len() + beyond.len());
        for node in column {
            all.push(*node);
            let near = self.neighbours.get(*node);
            let (own, others) = beyond.into_iter().partition(|one| near.is_some_and(|near| near.contains(one)));
            all.extend::<Vec<usize>>(own);
            beyond = others;
        }
        all.extend(beyond);
        all
    }

    /// The mean position of what a box is related to, in thousandths; last where there is nothing.
    fn mean(&self, node: usize) -> usize {
        let known = || self.neighbours.get(node).into_iter().flatten().filter_map(|one| *self.positions.get(*one)?);
        (known().sum::<usize>() * 1000).checked_div(known().count()).unwrap_or(usize::MAX)
    }

    /// One below the other: each box followed by what belongs to it. Gives where they end.
    fn stack(&mut self, group: usize, members: &[usize], y: i32) -> i32 {
        let within: BTreeSet<usize> = members.iter().copied().collect();
        let mut order: Vec<(usize, i32, Option<usize>)> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut starts = members.to_vec();
        starts.sort_by_key(|node| (self.ranks.get(*node).copied(), *node));
        for start in starts {
            let mut open = vec![(start, 0, None)];
            while let Some((node, depth, parent)) = open.pop() {
                if !seen.insert(node) {
                    continue;
                }
                order.push((node, depth, parent));
                let rank = self.ranks.get(node).copied().unwrap_or_default();
                let onward = self.neighbours.get(node).into_iter().flatten().rev().filter(|next| {
                    let farther = self.ranks.get(**next).is_some_and(|other| *other > rank);
                    rank > 0 && farther && within.contains(next) && !seen.contains(next)
                });
                open.extend(onward.map(|next| (*next, (depth + 1).min(DEEPEST), Some(node))));
            }
        }
        let mut at = y;
        for (node, depth, parent) in order {
            let indent = depth * INDENT;
            let width = self.shelves.box_width - indent;
            let height = self.height(node, width);
            let column = self.ranks.get(node).copied().unwrap_or_default();
            let place = Rect::new(self.shelves.column_x(0, 0) + indent, at, width, height);
            self.set(node, place, Stand { shelf: 0, column, frame: group, parent });
            at += height + GAP;
        }
        if members.is_empty() { y } else { at - GAP }
    }
}
