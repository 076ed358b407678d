//! A service among what it depends on, what depends on it, and what lies one step on.

use std::collections::HashSet;

use super::network::{Edge, Group, Network, Node, edges};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    rules::{context::Context, health::health, impact::dependents, once},
};

/// The most boxes in one column; what is beyond is counted.
const MOST: usize = 24;

/// The network around a service: what it runs on and who owns it at the left, what exposes and
/// stores it at the right, and, one step on, what is behind those and what else stops with them.
#[must_use]
pub fn neighbourhood(context: Context<'_>, service: &EntityRef) -> Network {
    let before = [RelationKind::RunsOn, RelationKind::PartOf, RelationKind::OwnedBy]
        .into_iter()
        .flat_map(|kind| context.index.targets(service, kind).map(|relation| &relation.to));
    let mut after = once(beyond(context, service));
    after.sort_by_key(|id| id.kind);
    let onward: Vec<&EntityRef> = after.iter().flat_map(|id| beyond(context, id)).collect();

    let mut seen = HashSet::from([service]);
    let mut nodes: Vec<Node> = Vec::new();
    let mut left_out = 0;
    for (column, ids) in [(0, before.collect()), (1, vec![service]), (2, after), (3, onward)] {
        let mut room = MOST;
        for id in ids {
            let is_new = column == 1 || seen.insert(id);
            if !is_new || !context.index.has(id) {
                continue;
            }
            if room == 0 {
                left_out += 1;
                continue;
            }
            room -= 1;
            let (title, standing) = (context.index.title(id).to_owned(), health(context, id).standing);
            nodes.push(Node { id: id.clone(), title, standing, group: 0, column });
        }
    }
    // What stands side by side is related to the service, not shown for what it has with each other.
    let column = |at: usize| nodes.get(at).map_or(0, |node| node.column);
    let beside = |edge: &Edge| column(edge.from).abs_diff(column(edge.to)) == 1;
    let edges = edges(context.index, &nodes).into_iter().filter(beside).collect();
    Network { edges, nodes, groups: vec![Group { left_out, ..Group::default() }] }
}

/// What lies behind something: what stores it, and what else depends on it.
fn beyond<'a>(context: Context<'a>, id: &'a EntityRef) -> Vec<&'a EntityRef> {
    let mut found = match id.kind {
        EntityKind::Environment => Vec::new(),
        _ => dependents(context.index, id),
    };
    found.extend(context.index.targets(id, RelationKind::StoredIn).map(|relation| &relation.to));
    found
}
