//! A picture as a list: the same boxes and relations for those who do not see it, and for paper.

use leptos::{
    html::{details, li, span, summary, ul},
    prelude::*,
};
use ops_model::{
    RelationKind,
    graph::{Group, Network},
};

use super::{frames::counts, names::described, shapes::path};
use crate::{
    parts::{dot, entity_link},
    scope::Scene,
    texts::fill,
};

/// What the lines of a picture mean, then the picture as a list.
pub(super) fn below(scene: &Scene, network: &Network) -> AnyView {
    let texts = &scene.texts.graph;
    let groups: Vec<AnyView> =
        network.groups.iter().enumerate().map(|(at, group)| group_item(scene, network, at, group)).collect();
    (
        lines(scene, network),
        details().class("more graph-list").child((summary().child(texts.as_list), ul().child(groups))),
    )
        .into_any()
}

fn group_item(scene: &Scene, network: &Network, at: usize, group: &Group) -> AnyView {
    let texts = scene.texts;
    let members = network.nodes.iter().enumerate().filter(|(_, node)| node.group == at);
    let items: Vec<AnyView> = members
        .map(|(at, node)| {
            let words = [", ", &described(scene, network, at)].concat();
            li().child((dot(node.standing, texts), " ", entity_link(scene, &node.id), span().child(words))).into_any()
        })
        .collect();
    let rest = (group.left_out > 0).then(|| li().child(fill(texts.graph.left_out, &[&group.left_out.to_string()])));
    let list = ul().child((items, rest)).into_any();
    if !group.framed {
        return li().child(list).into_any();
    }
    let name = match &group.id {
        Some(id) => entity_link(scene, id),
        None => texts.graph.no_place.into_any(),
    };
    let mark = group.standing.map(|standing| (dot(standing, texts), " "));
    let counts = group.folded.then(|| span().class("quiet").child([" ", &counts(group, texts)].concat()));
    li().child((mark, name, counts, list)).into_any()
}

/// The kinds of relation that a picture has, each with its line.
fn lines(scene: &Scene, network: &Network) -> Option<AnyView> {
    let has = |kind: &RelationKind| network.edges.iter().any(|edge| edge.kind == *kind);
    let items: Vec<AnyView> = RelationKind::ALL
        .iter()
        .filter(|kind| has(kind))
        .map(|kind| {
            let line = leptos::svg::svg()
                .attr("class", "graph-sample")
                .attr("viewBox", "0 0 34 10")
                .attr("aria-hidden", "true")
                .child((
                    path(edge_class(*kind), (0, 0), "M0 5H28"),
                    path(["graph-tip", &edge_class(*kind)[10..]].concat(), (0, 0), "M34 5l-7-4v8z"),
                ));
            li().child((line, scene.texts.relation(*kind))).into_any()
        })
        .collect();
    (!items.is_empty())
        .then(|| ul().class("graph-lines").attr("aria-label", scene.texts.graph.lines).child(items).into_any())
}

/// The class of a relation's line.
pub(super) const fn edge_class(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::RunsOn => "graph-edge runs-on",
        RelationKind::ExposedBy => "graph-edge exposed-by",
        RelationKind::StoredIn => "graph-edge stored-in",
        RelationKind::OwnedBy => "graph-edge owned-by",
        _ => "graph-edge",
    }
}
