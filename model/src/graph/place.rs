//! A place for every box: on the shelf that is filled least, in columns or one below the other.

use super::{
    frame::Frame,
    network::{Group, Network},
    rect::Rect,
    shelf::{BETWEEN, Shelves, number},
    stand::{INDENT, Stand},
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
/// How often a box stands in from what it belongs to at most, one level each.
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
    /// The place of each box among those of its column, from 1; 0 until that has an order.
    positions: Vec<usize>,
    /// How far down each shelf is filled.
    pub(super) depths: Vec<i32>,
    pub(super) boxes: Vec<Rect>,
    pub(super) stands: Vec<Stand>,
    pub(super) frames: Vec<Frame>,
}

impl<'a> Layer<'a> {
    pub(super) fn new(network: &'a Network, columns: &[usize], shelves: Shelves, top: i32, folded: bool) -> Self {
        let count = network.nodes.len();
        let rank = |column: usize| columns.iter().position(|one| *one == column).unwrap_or_default();
        let mut layer = Self {
            network,
            shelves,
            top,
            folded,
            ranks: network.nodes.iter().map(|node| rank(node.column)).collect(),
            neighbours: vec![Vec::new(); count],
            members: vec![Vec::new(); network.groups.len()],
            positions: vec![0; count],
            depths: vec![top; shelves.count],
            boxes: vec![Rect::default(); count],
            stands: vec![Stand::default(); count],
            frames: Vec::new(),
        };
        for (at, node) in network.nodes.iter().enumerate() {
            if let Some(list) = layer.members.get_mut(node.group) {
                list.push(at);
            }
        }
        for edge in &network.edges {
            for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if let Some(list) = layer.neighbours.get_mut(one) {
                    list.push(other);
                }
            }
        }
        layer
    }

    /// Places a group on the shelf that is filled least.
    pub(super) fn place(&mut self, at: usize, group: &Group) {
        let least = self.depths.iter().copied().enumerate().min_by_key(|(_, depth)| *depth);
        let (shelf, y) = least.unwrap_or((0, self.top));
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
        let without = group.framed && !group.folded && group.of_kind(EntityKind::Service) == 0;
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
        let height_of = |(rank, column): (usize, &Vec<usize>)| {
            let heights = column.iter().map(|node| self.height(*node, width - self.indent(*node, rank)) + GAP);
            heights.sum::<i32>() - GAP
        };
        let heights: Vec<i32> = columns.iter().enumerate().map(height_of).collect();
        let inner = heights.iter().copied().max().unwrap_or_default().max(0);
        for (rank, (column, height)) in columns.iter().zip(heights).enumerate() {
            let x = self.shelves.column_x(shelf, rank);
            let mut at = y + (inner - height) / 2;
            let mut parent = None;
            for node in column {
                let indent = self.indent(*node, rank);
                let beyond = indent > 0;
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

    /// How far a box stands in that is shown in a column before its own.
    fn indent(&self, node: usize, rank: usize) -> i32 {
        if self.rank(node) > rank { INDENT } else { 0 }
    }

    fn rank(&self, node: usize) -> usize {
        self.ranks.get(node).copied().unwrap_or_default()
    }

    fn near(&self, node: usize) -> &[usize] {
        self.neighbours.get(node).map_or(&[], Vec::as_slice)
    }

    /// The members by column, each column in the order of what it is related to in the one before,
    /// outwards from the services.
    fn ordered(&mut self, members: &[usize]) -> Vec<Vec<usize>> {
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for node in members {
            let rank = self.rank(*node);
            while columns.len() <= rank {
                columns.push(Vec::new());
            }
            columns[rank].push(*node);
        }
        for rank in [1, 2, 3, 0].into_iter().chain(4..columns.len()) {
            let Some(column) = columns.get_mut(rank) else { continue };
            if rank != 1 {
                column.sort_by_cached_key(|node| (self.mean(*node), *node));
            }
            for (position, node) in column.iter().enumerate() {
                self.positions[*node] = position + 1;
            }
        }
        if self.folded {
            while columns.len() > KEPT {
                let beyond = columns.pop().unwrap_or_default();
                if let Some(last) = columns.last_mut() {
                    *last = self.followed(last, &beyond);
                }
            }
        }
        columns
    }

    /// A column with each box followed by those of `beyond` that belong to it; the rest comes last.
    fn followed(&self, column: &[usize], beyond: &[usize]) -> Vec<usize> {
        let mut left: Vec<usize> = beyond.to_vec();
        let mut all: Vec<usize> = Vec::new();
        for node in column {
            all.push(*node);
            let near = self.near(*node);
            all.extend(left.extract_if(.., |one| near.contains(one)));
        }
        all.append(&mut left);
        all
    }

    /// The mean position of what a box is related to, in thousandths; last where there is nothing.
    fn mean(&self, node: usize) -> usize {
        let (mut sum, mut count) = (0, 0);
        for one in self.near(node) {
            let position = self.positions.get(*one).copied().unwrap_or_default();
            sum += position * 1000;
            count += usize::from(position > 0);
        }
        usize::checked_div(sum, count).unwrap_or(usize::MAX)
    }

    /// One below the other: each box followed by what belongs to it. Gives where they end.
    fn stack(&mut self, group: usize, members: &[usize], y: i32) -> i32 {
        let mut members_by_rank = members.to_vec();
        members_by_rank.sort_by_key(|node| (self.rank(*node), *node));
        let mut order: Vec<(usize, i32, Option<usize>)> = Vec::new();
        let mut open: Vec<(usize, i32, Option<usize>)> = Vec::new();
        for start in members_by_rank {
            open.push((start, 0, None));
            while let Some((node, depth, parent)) = open.pop() {
                // What stands already is met again through another relation.
                if std::mem::replace(&mut self.positions[node], 1) > 0 {
                    continue;
                }
                order.push((node, depth, parent));
                let rank = self.rank(node);
                for next in self.near(node).iter().rev() {
                    let within = self.network.nodes.get(*next).is_some_and(|next| next.group == group);
                    if rank > 0 && within && self.rank(*next) > rank {
                        open.push((*next, (depth + 1).min(DEEPEST), Some(node)));
                    }
                }
            }
        }
        let mut at = y;
        for (node, depth, parent) in order {
            let indent = depth * INDENT;
            let width = self.shelves.box_width - indent;
            let height = self.height(node, width);
            let column = self.rank(node);
            let place = Rect::new(self.shelves.column_x(0, 0) + indent, at, width, height);
            self.set(node, place, Stand { shelf: 0, column, frame: group, parent });
            at += height + GAP;
        }
        if members.is_empty() { y } else { at - GAP }
    }
}
