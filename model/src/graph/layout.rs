//! A place for every box, and a route for every relation.

use std::collections::BTreeSet;

use super::{
    frame::Frame,
    network::Network,
    place::{KEPT, Layer, name},
    rect::Rect,
    route::{Route, Router},
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

impl Picture {
    /// What a key can lead to: the boxes, then the heads of the frames.
    #[must_use]
    pub fn stops(&self) -> Vec<Rect> {
        self.boxes.iter().copied().chain(self.frames.iter().map(|frame| frame.head)).collect()
    }
}

/// Lays a network out for a width in px.
#[must_use]
pub fn layout(network: &Network, width: i32) -> Picture {
    let columns = network.nodes.iter().map(|node| node.column).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
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
    let height = layer.depths.iter().copied().max().unwrap_or_default().max(1);
    let names = network.nodes.iter().zip(&layer.boxes).map(|(node, place)| name(&node.title, place.width)).collect();
    let routes = Router::new(&layer.boxes, &layer.stands, &layer.frames, shelves).routes(&network.edges);
    let kept = if layer.folded { KEPT } else { columns.len() };
    let head = |shelf, (at, column): (usize, &usize)| {
        (shelves.column_x(shelf, at), shelves.box_width + shelves.gutter / 2, *column)
    };
    let shelves_with_heads = 0..if top > 0 { shelves.count } else { 0 };
    let heads = shelves_with_heads
        .flat_map(|shelf| columns.iter().take(kept).enumerate().map(move |one| head(shelf, one)))
        .collect();
    Picture { width: width.max(100), height, columns: heads, boxes: layer.boxes, names, frames: layer.frames, routes }
}
