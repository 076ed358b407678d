//! The pictures of networks: the whole catalog, and one service among its neighbours.

use crate::view::prelude::*;
use ops_model::{
    EntityRef,
    graph::{self, Network, Picture, fitted, layout},
};

use super::{
    boxes::{Shown, entity_box},
    frames::{backs, group_view},
    list::{below, edge_class},
    names::box_name,
    shapes::{Look, Tag, Views},
    surface::{Marks, Surface, surface},
    width::width_of,
};
use crate::scope::Scene;

/// What runs where, exposed by, stored in: the whole catalog, environment by environment.
///
/// Whoever calls this within a reactive function is drawn again when the picture's width or what is
/// unfolded changes.
#[must_use]
pub fn topology(scene: &Scene) -> View {
    let texts = scene.texts;
    let network = graph::topology(scene.context(), &scene.memory.text("graph-open").get());
    let columns = [texts.graph.places, texts.services, texts.graph.reached, ""];
    picture(scene, texts.graph.topology.to_owned(), &network, columns)
}

/// A service among what it runs on, what exposes and stores it, and what lies one step on.
#[must_use]
pub fn neighbourhood(scene: &Scene, service: &EntityRef) -> View {
    let texts = &scene.texts.graph;
    let network = graph::neighbourhood(scene.context(), service);
    let middle = scene.texts.entity_kind(service.kind);
    let label = [texts.neighbourhood, ": ", &scene.index().title(service)].concat();
    picture(scene, label, &network, [texts.before, middle, texts.after, texts.onward])
}

fn picture(scene: &Scene, label: String, network: &Network, columns: [&'static str; 4]) -> View {
    let picture = layout(network, width_of(scene));
    let stops = picture.stops();
    let marks = Marks::of(scene, stops.len());
    let (mut layers, mut front) = (Views::default(), Views::default());
    layers.decoration("graph-backs", backs(&network.groups, &picture));
    layers.decoration("graph-edges", lines(marks, network, &picture));
    layers.decoration("graph-heads", heads(&picture, columns));
    for (at, group) in network.groups.iter().enumerate() {
        let boxes = |views: &mut Views| boxes(views, scene, marks, network, &picture, at);
        group_view(&mut front, scene, marks, (at, group), &picture, boxes);
    }
    layers.hold(Tag::Group, Look::default(), front);
    let mut links = Vec::new();
    for edge in &network.edges {
        links.push((edge.from, edge.to));
    }
    let size = (picture.width, picture.height);
    surface(scene, marks, Surface { label, size, stops, links, layers, below: below(scene, network) })
}

fn lines(marks: Marks, network: &Network, picture: &Picture) -> Views {
    let mut views = Views::default();
    for (edge, route) in network.edges.iter().zip(&picture.routes) {
        let look = marks.lit(&["graph-line ", edge.kind.as_str()].concat(), &[edge.from, edge.to]);
        let mut line = Views::default();
        line.path(edge_class(edge.kind), (0, 0), &route.path());
        line.path("graph-tip", (0, 0), &route.tip());
        views.hold(Tag::Group, look, line);
    }
    views
}

fn heads(picture: &Picture, columns: [&'static str; 4]) -> Views {
    let mut views = Views::default();
    for (x, width, column) in &picture.columns {
        if let Some(name) = columns.get(*column) {
            views.line("graph-column", (*x, 20), &fitted(name, *width, 11));
        }
    }
    views
}

/// The boxes of a group.
fn boxes(into: &mut Views, scene: &Scene, marks: Marks, network: &Network, picture: &Picture, group: usize) {
    for (stop, node) in network.nodes.iter().enumerate() {
        let (Some(place), Some(name)) = (picture.boxes.get(stop), picture.names.get(stop)) else { continue };
        if node.group != group {
            continue;
        }
        let mut near = Vec::new();
        for edge in &network.edges {
            if edge.from == stop {
                near.push(edge.to);
            } else if edge.to == stop {
                near.push(edge.from);
            }
        }
        let label = box_name(scene, network, stop);
        let shown = Shown { stop, id: &node.id, standing: node.standing, place: *place, name, label, near };
        entity_box(into, scene, marks, shown);
    }
}
