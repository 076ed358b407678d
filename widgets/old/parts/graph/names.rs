//! What a picture says of a box, in words: for those who do not see the lines.
use ops_model::{
    EntityKind, RelationKind,
    graph::{Group, Network},
};

use crate::{
    scope::Scene,
    texts::{Texts, fill},
};

/// A box with all that the picture shows of it: `Gitea, service, unproven, runs on coulombcore, …`.
pub(super) fn box_name(scene: &Scene, network: &Network, at: usize) -> String {
    let title = network.nodes.get(at).map_or("", |node| &node.title);
    [title, ", ", &described(scene, network, at)].concat()
}

/// The same without the name.
pub(super) fn described(scene: &Scene, network: &Network, at: usize) -> String {
    let texts = scene.texts;
    let Some(node) = network.nodes.get(at) else { return String::new() };
    let mut parts = vec![kind(texts, node.id.kind), texts.standing(node.standing).to_owned()];
    let group = network.groups.get(node.group).filter(|group| group.framed);
    if let Some(group) = group {
        parts.push(match group.id {
            Some(_) => [texts.relation(RelationKind::RunsOn), " ", &group.title].concat(),
            None => without_link(texts, group),
        });
    }
    for edge in &network.edges {
        if edge.from != at {
            continue;
        }
        let other = network.nodes.get(edge.to).map_or("", |other| &other.title);
        parts.push([texts.relation(edge.kind), " ", other].concat());
    }
    parts.join(", ")
}

/// A kind as it stands within a sentence.
pub(super) fn kind(texts: &Texts, kind: EntityKind) -> String {
    let word = texts.entity_kind(kind);
    if texts.tag == "en" { ops_model::lower::lower(word) } else { word.to_owned() }
}

/// The name of a group that is no entity: what has no place, or the environments that have no frame.
pub(super) fn without_link(texts: &Texts, group: &Group) -> String {
    match group.environments {
        0 => texts.graph.no_place.to_owned(),
        count => fill(texts.graph.further, &[&count.to_string()]),
    }
}

/// A group with its standing: `coulombcore, environment, unproven`.
pub(super) fn group_name(scene: &Scene, group: &Group) -> String {
    let texts = scene.texts;
    let Some(standing) = group.standing else { return without_link(texts, group) };
    let word = if group.planned { texts.planned } else { texts.standing(standing) };
    match group.id {
        Some(_) => [group.title.as_str(), &kind(texts, EntityKind::Environment), word].join(", "),
        None => [&without_link(texts, group), word].join(", "),
    }
}
