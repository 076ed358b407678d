//! A service among what it depends on, what depends on it, and what lies one step on.

use std::collections::HashSet;

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
    let mut seen = HashSet::from([service.clone()]);
    let mut before = Vec::new();
    for kind in [RelationKind::RunsOn, RelationKind::PartOf, RelationKind::OwnedBy] {
        for relation in context.index.targets(service, kind) {
            before.push(relation.to.clone());
        }
    }
    let behind = beyond(context, service);
    let mut after: Vec<EntityRef> = Vec::new();
    for kind in EntityKind::ALL {
        for id in &behind {
            if id.kind == *kind {
                after.push(id.clone());
            }
        }
    }
    let mut onward = Vec::new();
    for id in &after {
        onward.append(&mut beyond(context, id));
    }
    for (column, ids) in [(0, before), (1, vec![service.clone()]), (2, after), (3, onward)] {
        let mut room = MOST;
        for id in ids {
            let is_new = id == *service && column == 1 || seen.insert(id.clone());
            if !is_new || context.index.entity(&id).is_none() {
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
    let mut edges = topology::edges(context, &network.nodes);
    edges.retain(beside);
    network.edges = edges;
    network
}

/// What lies behind something: what stores it, and what else depends on it.
fn beyond(context: Context<'_>, id: &EntityRef) -> Vec<EntityRef> {
    let mut found = Vec::new();
    if id.kind != EntityKind::Environment {
        found = impact::dependents(context.index, id);
    }
    for relation in context.index.targets(id, RelationKind::StoredIn) {
        found.push(relation.to.clone());
    }
    found
}
