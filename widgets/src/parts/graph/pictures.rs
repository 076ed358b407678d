//! The pictures of networks: the whole catalog, and one service among its neighbours.

use leptos::{prelude::*, svg};
use ops_model::{
    EntityRef,
    graph::{self, Network, Picture, fitted, layout},
};

use super::{
    boxes::{Shown, entity_box},
    frames::{backs, group_view},
    list::{below, edge_class},
    names::box_name,
    shapes::{layer, path, words},
    surface::{Marks, Surface, surface},
    width::width_of,
};
use crate::scope::Scene;

/// What runs where, exposed by, stored in: the whole catalog, environment by environment.
///
/// Whoever calls this within a reactive function is drawn again when the picture's width or what is
/// unfolded changes.
#[must_use]
pub fn topology(scene: &Scene) -> AnyView {
    let texts = scene.texts;
    let open = scene.memory.text("graph-open").get();
    let network = graph::topology(scene.context(), &open.split(' ').map(str::to_owned).collect());
    let columns = [texts.graph.places, texts.services, texts.graph.reached, ""];
    picture(scene, texts.graph.topology.to_owned(), &network, columns)
}

/// A service among what it runs on, what exposes and stores it, and what lies one step on.
#[must_use]
pub fn neighbourhood(scene: &Scene, service: &EntityRef) -> AnyView {
    let texts = &scene.texts.graph;
    let network = graph::neighbourhood(scene.context(), service);
    let middle = scene.texts.entity_kind(service.kind);
    let label = [texts.neighbourhood, ": ", scene.index().title(service)].concat();
    picture(scene, label, &network, [texts.before, middle, texts.after, texts.onward])
}

fn picture(scene: &Scene, label: String, network: &Network, columns: [&'static str; 4]) -> AnyView {
    let picture = layout(network, width_of(scene));
    let stops = picture.stops();
    let marks = Marks::of(scene, stops.len());
    let layers = vec![
        layer("graph-backs", true, backs(&network.groups, &picture)),
        layer("graph-edges", true, lines(&marks, network, &picture)),
        layer("graph-heads", true, heads(&picture, columns)),
        layer("graph-boxes", false, groups(scene, &marks, network, &picture)),
    ];
    let links = network.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let size = (picture.width, picture.height);
    surface(scene, &marks, Surface { label, size, stops, links, layers, below: below(scene, network) })
}

fn lines(marks: &Marks, network: &Network, picture: &Picture) -> Vec<AnyView> {
    let routed = network.edges.iter().zip(&picture.routes);
    routed
        .map(|(edge, route)| {
            let class = edge_class(edge.kind).to_owned();
            svg::g()
                .attr("class", marks.lit(["graph-line ", edge.kind.as_str()].concat(), vec![edge.from, edge.to]))
                .child((path(class, (0, 0), route.path()), path("graph-tip", (0, 0), route.tip())))
                .into_any()
        })
        .collect()
}

fn heads(picture: &Picture, columns: [&'static str; 4]) -> Vec<AnyView> {
    let named = picture.columns.iter().filter_map(|(x, width, column)| Some((*x, *width, *columns.get(*column)?)));
    named.map(|(x, width, name)| words("graph-column", (x, 20), fitted(name, width, 11))).collect()
}

fn groups(scene: &Scene, marks: &Marks, network: &Network, picture: &Picture) -> Vec<AnyView> {
    let mut near = vec![Vec::new(); network.nodes.len()];
    for edge in &network.edges {
        for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if let Some(list) = near.get_mut(one) {
                list.push(other);
            }
        }
    }
    let mut boxes: Vec<Vec<AnyView>> = network.groups.iter().map(|_| Vec::new()).collect();
    for (stop, node) in network.nodes.iter().enumerate() {
        let (Some(place), Some(name), Some(into)) =
            (picture.boxes.get(stop), picture.names.get(stop), boxes.get_mut(node.group))
        else {
            continue;
        };
        let near = near.get_mut(stop).map(std::mem::take).unwrap_or_default();
        let label = box_name(scene, network, stop);
        let shown = Shown { stop, id: &node.id, standing: node.standing, place: *place, name, label, near };
        into.push(entity_box(scene, marks, shown));
    }
    let held = network.groups.iter().zip(boxes).enumerate();
    held.map(|(at, (group, boxes))| group_view(scene, marks, group, at, picture, boxes)).collect()
}
