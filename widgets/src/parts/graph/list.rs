//! A picture as a list: the same boxes and relations for those who do not see it, and for paper.

use leptos::{
    html::{details, li, summary, ul},
    prelude::*,
};
use ops_model::{
    EntityRef, RelationKind, Standing,
    graph::{Group, Network},
};

use super::{
    frames::counts,
    names::described,
    shapes::{Look, path},
};
use crate::{
    parts::{dot, entity_link},
    scope::Scene,
    texts::fill,
};

/// What the lines of a picture mean, then the picture as a list.
pub(super) fn below(scene: &Scene, network: &Network) -> AnyView {
    let mut groups = Vec::new();
    for (at, group) in network.groups.iter().enumerate() {
        groups.push(group_item(scene, network, at, group));
    }
    vec![lines(scene, network), folded_list(scene, groups)].into_any()
}

/// The picture as a list, folded away.
pub(super) fn folded_list(scene: &Scene, items: Vec<AnyView>) -> AnyView {
    let name = summary().child(scene.texts.graph.as_list).into_any();
    details().class("more graph-list").child(vec![name, ul().child(items).into_any()]).into_any()
}

/// An entity with what the picture says of it.
pub(super) fn item(scene: &Scene, id: &EntityRef, standing: Standing, words: &str) -> AnyView {
    let views =
        vec![dot(standing, scene.texts), " ".into_any(), entity_link(scene, id), [", ", words].concat().into_any()];
    li().child(views).into_any()
}

fn group_item(scene: &Scene, network: &Network, within: usize, group: &Group) -> AnyView {
    let texts = scene.texts;
    let mut items = Vec::new();
    for (at, node) in network.nodes.iter().enumerate() {
        if node.group == within {
            items.push(item(scene, &node.id, node.standing, &described(scene, network, at)));
        }
    }
    if group.left_out > 0 {
        let words = fill(texts.graph.left_out, &[&group.left_out.to_string()]);
        items.push(li().child(vec![words.into_any()]).into_any());
    }
    let mut views = Vec::new();
    if group.framed {
        if let Some(standing) = group.standing {
            views.push(dot(standing, texts));
            views.push(" ".into_any());
        }
        views.push(group.id.as_ref().map_or_else(|| texts.graph.no_place.into_any(), |id| entity_link(scene, id)));
    }
    if group.folded {
        views.push([" ", &counts(group, texts)].concat().into_any());
    }
    views.push(ul().child(items).into_any());
    li().child(views).into_any()
}

/// The kinds of relation that a picture has, each with its line.
fn lines(scene: &Scene, network: &Network) -> AnyView {
    let mut items = Vec::new();
    for kind in RelationKind::ALL {
        if !network.edges.iter().any(|edge| edge.kind == *kind) {
            continue;
        }
        let sample = vec![path(edge_class(*kind), (0, 0), "M0 5H28"), path("graph-tip", (0, 0), "M34 5l-7-4v8z")];
        let class = ["graph-sample ", kind.as_str()].concat();
        let sample = Look::class(class).with("viewBox", "0 0 34 10").with("aria-hidden", "true").picture(sample);
        items.push(li().child(vec![sample, scene.texts.relation(*kind).into_any()]).into_any());
    }
    if items.is_empty() {
        return ().into_any();
    }
    ul().class("graph-lines").attr("aria-label", scene.texts.graph.lines).child(items).into_any()
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
