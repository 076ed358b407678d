//! A picture as a list: the same boxes and relations for those who do not see it, and for paper.

use crate::view::{
    html::{details, summary},
    prelude::*,
};
use ops_model::{
    EntityRef, RelationKind, Standing,
    graph::{Group, Network},
};

use super::{
    frames::counts,
    names::{described, without_link},
    shapes::{Look, Tag, Views},
};
use crate::{
    parts::{dot, entity_link},
    scope::Scene,
    texts::fill,
};

/// What the lines of a picture mean, then the picture as a list.
pub(super) fn below(scene: &Scene, network: &Network) -> Views {
    let (mut all, mut groups) = (Views::default(), Views::default());
    for (at, group) in network.groups.iter().enumerate() {
        group_item(&mut groups, scene, network, at, group);
    }
    lines(&mut all, scene, network);
    folded_list(&mut all, scene, groups);
    all
}

/// The picture as a list, folded away.
pub(super) fn folded_list(into: &mut Views, scene: &Scene, items: Views) {
    let mut views = Views::default();
    views.add(summary().child(scene.texts.graph.as_list).draw());
    views.hold(Tag::Ul, Look::default(), items);
    into.add(details().class("more graph-list").child(views.list()).draw());
}

/// An entity with what the picture says of it.
pub(super) fn item(into: &mut Views, scene: &Scene, id: &EntityRef, standing: Standing, words: &str) {
    let mut views = Views::default();
    views.add(dot(standing, scene.texts));
    views.text(" ");
    views.add(entity_link(scene, id));
    views.text(&[", ", words].concat());
    into.hold(Tag::Li, Look::default(), views);
}

fn group_item(into: &mut Views, scene: &Scene, network: &Network, within: usize, group: &Group) {
    let texts = scene.texts;
    let (mut views, mut items) = (Views::default(), Views::default());
    for (at, node) in network.nodes.iter().enumerate() {
        if node.group == within {
            item(&mut items, scene, &node.id, node.standing, &described(scene, network, at));
        }
    }
    if group.left_out > 0 {
        items.words(Tag::Li, "", &fill(texts.graph.left_out, &[&group.left_out.to_string()]));
    }
    if group.framed {
        if let Some(standing) = group.standing {
            views.add(dot(standing, texts));
            views.text(" ");
        }
        match &group.id {
            Some(id) => views.add(entity_link(scene, id)),
            None => views.text(&without_link(texts, group)),
        }
    }
    if group.folded {
        views.text(&[" ", &counts(group, texts)].concat());
    }
    views.hold(Tag::Ul, Look::default(), items);
    into.hold(Tag::Li, Look::default(), views);
}

/// The kinds of relation that a picture has, each with its line.
fn lines(into: &mut Views, scene: &Scene, network: &Network) {
    let mut items = Views::default();
    for kind in RelationKind::ALL {
        if !network.edges.iter().any(|edge| edge.kind == *kind) {
            continue;
        }
        let (mut sample, mut views) = (Views::default(), Views::default());
        sample.path(edge_class(*kind), (0, 0), "M0 5H28");
        sample.path("graph-tip", (0, 0), "M34 5l-7-4v8z");
        let mut look = Look::class(&["graph-sample ", kind.as_str()].concat());
        look.set("viewBox", "0 0 34 10");
        look.set("aria-hidden", "true");
        views.hold(Tag::Picture, look, sample);
        views.text(scene.texts.relation(*kind));
        items.hold(Tag::Li, Look::default(), views);
    }
    if !items.is_empty() {
        let mut look = Look::class("graph-lines");
        look.set("aria-label", scene.texts.graph.lines);
        into.hold(Tag::Ul, look, items);
    }
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
