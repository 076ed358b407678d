//! What a picture says in words: the names of boxes and frames for those who do not see the lines.

use ops_model::{
    EntityKind, RelationKind, Standing,
    graph::{Group, Network},
};

use crate::{
    texts::{Texts, fill},
    ui::sign,
};

/// What the picture shows of a box, besides its name: `service, unproven, runs on prod, …`.
pub(super) fn box_words(network: &Network, at: usize, outgoing: &[(usize, RelationKind)], texts: &Texts) -> String {
    let Some(node) = network.nodes.get(at) else { return String::new() };
    let mut parts = vec![kind_in_sentence(node.id.kind, texts), texts.standing(node.standing).to_owned()];
    if let Some(group) = network.groups.get(node.group).filter(|group| group.framed) {
        parts.push(match group.id {
            Some(_) => format!("{} {}", texts.relation(RelationKind::RunsOn), group.title),
            None => heading(group, texts),
        });
    }
    for (to, kind) in outgoing {
        let other = network.nodes.get(*to).map_or("", |other| &other.title);
        parts.push(format!("{} {other}", texts.relation(*kind)));
    }
    parts.join(", ")
}

/// A kind as it is written within a sentence.
pub(super) fn kind_in_sentence(kind: EntityKind, texts: &Texts) -> String {
    let word = texts.entity_kind(kind);
    if texts.tag == "en" { word.to_lowercase() } else { word.to_owned() }
}

/// A group with its standing: `prod, environment, unproven`; `No environment` for what has none.
pub(super) fn group_name(group: &Group, texts: &Texts) -> String {
    let Some(standing) = group.standing else { return heading(group, texts) };
    let word = if group.planned { texts.planned } else { texts.standing(standing) };
    match group.environments {
        0 => [&group.title, kind_in_sentence(EntityKind::Environment, texts).as_str(), word].join(", "),
        _ => format!("{}, {word}", heading(group, texts)),
    }
}

/// The heading of a group that is no entity: what has no environment, or how many further environments have
/// no frame of their own.
pub(super) fn heading(group: &Group, texts: &Texts) -> String {
    match group.environments {
        0 => texts.graph.no_place.to_owned(),
        count => fill(texts.graph.further, &[&count.to_string()]),
    }
}

/// How many entities of which kind are in a group, and how many have which standing.
///
/// What is unproven is not counted: it is what remains.
pub(super) fn counts(group: &Group, texts: &Texts) -> String {
    let kinds = [
        (EntityKind::Host, texts.hosts),
        (EntityKind::Cluster, texts.clusters),
        (EntityKind::Service, texts.services),
        (EntityKind::DataStore, texts.data_stores),
        (EntityKind::Endpoint, texts.endpoints),
    ];
    let kinds = kinds.into_iter().map(|(kind, name)| (group.of_kind(kind), name));
    let kinds = kinds.filter(|(count, _)| *count > 0).map(|(count, name)| format!("{name} {count}"));
    let standings = [Standing::Failing, Standing::Stale, Standing::Proven];
    let standings = standings.into_iter().map(|standing| (group.standings[standing as usize], standing));
    let standings = standings.filter(|(count, _)| *count > 0);
    let standings =
        standings.map(|(count, standing)| format!("{} {count} {}", sign(standing), texts.standing(standing)));
    kinds.chain(standings).collect::<Vec<_>>().join(" · ")
}
