//! A service among what it depends on, what depends on it, and what lies one step on.

use std::collections::BTreeSet;

use super::{Edge, Group, Network, Node, topology};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    health::{Context, health},
    impact,
};

/// The most boxes in one column; what is beyond is counted.
const MOST: usize = 24;

/// The network around a service: what it runs on and who owns it at the left, what exposes and
/// stores it at the right, and, one step on, what is behind those and what else stops with them.
#[must_use]
pub fn neighbourhood(context: Context<'_>, service: &EntityRef) -> Network {
    let mut network = Network { groups: vec![Group::default()], ..Network::default() };
    let mut seen = BTreeSet::from([service.clone()]);
    let before: Vec<EntityRef> = [RelationKind::RunsOn, RelationKind::PartOf, RelationKind::OwnedBy]
        .into_iter()
        .flat_map(|kind| context.index.targets(service, kind))
        .map(|relation| relation.to.clone())
        .collect();
    let backing = context.index.targets(service, RelationKind::StoredIn).map(|relation| relation.to.clone());
    let mut after: Vec<EntityRef> = impact::dependents(context.index, service);
    after.extend(backing);
    after.sort_by_key(|id| id.kind);
    let onward: Vec<EntityRef> = after.iter().flat_map(|id| beyond(context, id)).collect();
    for (column, ids) in [(0, before), (1, vec![service.clone()]), (2, after), (3, onward)] {
        let mut room = MOST;
        for id in ids.into_iter().filter(|id| id == service && column == 1 || seen.insert(id.clone())) {
            if context.index.entity(&id).is_none() {
                continue;
            }
            if room == 0 {
                network.groups.iter_mut().for_each(|group| group.left_out += 1);
                continue;
            }
            room -= 1;
            network.nodes.push(Node {
                title: context.index.title(&id).to_owned(),
                standing: health(context, &id).standing,
                id,
                group: 0,
                column,
            });
        }
    }
    // What stands side by side is related to the service, not shown for what it has with each other.
    let column = |at: usize| network.nodes.get(at).map_or(0, |node| node.column);
    let beside = |edge: &Edge| column(edge.from).abs_diff(column(edge.to)) == 1;
    network.edges = topology::edges(context, &network.nodes).into_iter().filter(beside).collect();
    network
}

/// What lies behind something: the resource that keeps a data store, and what else depends on it.
fn beyond(context: Context<'_>, id: &EntityRef) -> Vec<EntityRef> {
    let stored = context.index.targets(id, RelationKind::StoredIn).map(|relation| relation.to.clone());
    let mut found: Vec<EntityRef> = stored.collect();
    if id.kind != EntityKind::Environment {
        found.extend(impact::dependents(context.index, id));
    }
    found
}
