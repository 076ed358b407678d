//! A place for every box, and a route for every relation.

use super::{
    Network, Rect, Route,
    place::{KEPT, Layer, name},
    route::Router,
    shelf::{Shelves, TOP},
};

/// A network with every box in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The width, as asked for.
    pub width: i32,
    /// The height that it takes.
    pub height: i32,
    /// The places of [`Network::nodes`], in their order.
    pub boxes: Vec<Rect>,
    /// The name in each box, broken into lines.
    pub names: Vec<Vec<String>>,
    /// The places of [`Network::groups`], in their order.
    pub frames: Vec<Frame>,
    /// The routes of [`Network::edges`], in their order.
    pub routes: Vec<Route>,
    /// Where columns stand, for their names: the left edge, the width, and the column of
    /// [`Network::nodes`].
    pub columns: Vec<(i32, i32, usize)>,
}

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

impl Picture {
    /// What a key can lead to: the boxes, then the heads of the frames.
    #[must_use]
    pub fn stops(&self) -> Vec<Rect> {
        let mut stops = self.boxes.clone();
        for frame in &self.frames {
            stops.push(frame.head);
        }
        stops
    }
}

/// Lays a network out for a width in px.
#[must_use]
pub fn layout(network: &Network, width: i32) -> Picture {
    let last = network.nodes.iter().map(|node| node.column).max().unwrap_or_default();
    let mut columns = Vec::new();
    for column in 0..=last {
        if network.nodes.iter().any(|node| node.column == column) {
            columns.push(column);
        }
    }
    let framed = network.groups.iter().any(|group| group.framed);
    let share = |columns: usize| Shelves::new(width.max(100), columns, network.groups.len(), framed);
    let mut shelves = share(columns.len());
    // What is one step on can stand below what it belongs to, where that saves the columns.
    let folded = shelves.stacked && !framed && columns.len() > KEPT;
    if folded {
        shelves = share(KEPT);
    }
    let top = if shelves.stacked { 0 } else { TOP };
    let mut layer = Layer::new(network, &columns, shelves, top, folded && !shelves.stacked);
    for (at, group) in network.groups.iter().enumerate() {
        layer.place(at, group);
    }
    let mut height = 1;
    for depth in &layer.depths {
        height = height.max(*depth);
    }
    let mut names = Vec::new();
    for (node, place) in network.nodes.iter().zip(&layer.boxes) {
        names.push(name(&node.title, place.width));
    }
    let routes = Router::new(&layer.boxes, &layer.stands, &layer.frames, shelves).routes(&network.edges);
    let kept = if layer.folded { KEPT } else { columns.len() };
    let mut heads = Vec::new();
    for shelf in 0..if top > 0 { shelves.count } else { 0 } {
        for (at, column) in columns.iter().take(kept).enumerate() {
            heads.push((shelves.column_x(shelf, at), shelves.box_width + shelves.gutter / 2, *column));
        }
    }
    Picture { width: width.max(100), height, columns: heads, boxes: layer.boxes, names, frames: layer.frames, routes }
}
