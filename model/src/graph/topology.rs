//! What runs where, exposed by, stored in: the whole catalog, environment by environment.

use std::collections::HashMap;

use super::{Edge, Group, Network, Node};
use crate::{
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    health::{Context, health, own},
    standing::Standing,
};

/// The most boxes that a picture shows at once; beyond that, environments are folded behind their
/// counts, and an unfolded one shows so many of its own.
pub const MOST: usize = 120;

/// An entity that the picture is about.
struct Member {
    id: EntityRef,
    standing: Standing,
    group: usize,
    drawn: bool,
}

/// The network of everything that runs: hosts and clusters, services, and what exposes and stores
/// them, in their environments. `unfolded` has the keys ([`Group::key`]) of those that a reader has
/// unfolded, with spaces between; it counts only where the catalog has more than [`MOST`] boxes.
///
/// What has no environment stands in a group of its own at the end: that is a gap, and is shown as
/// one. Of an environment with more boxes than fit, those with the worst standing are drawn.
#[must_use]
pub fn topology(context: Context<'_>, unfolded: &str) -> Network {
    let mut groups = Vec::new();
    let mut places = HashMap::new();
    for environment in context.index.of_kind(EntityKind::Environment) {
        places.insert(&environment.id, groups.len());
        groups.push(group(context, environment));
    }
    let nowhere = groups.len();
    groups.push(Group { framed: true, ..Group::default() });

    let mut members = Vec::new();
    for id in context.index.ids().filter(|id| column(id.kind).is_some()) {
        let standing = health(context, id).standing;
        let group = environment(context, id).and_then(|id| places.get(id).copied()).unwrap_or(nowhere);
        if let Some(group) = groups.get_mut(group) {
            group.count(id.kind, standing);
        }
        members.push(Member { id: id.clone(), standing, group, drawn: false });
    }
    settle(context, &mut groups, &members);
    if groups.last().is_some_and(Group::is_empty) {
        groups.pop();
    }
    let too_many = members.len() + groups.len() > MOST;
    for group in &mut groups {
        let key = group.key();
        group.foldable = too_many && !group.is_empty();
        group.folded = group.foldable && !unfolded.split(' ').any(|one| one == key);
    }
    let nodes = drawn(context, &mut groups, &mut members);
    let edges = edges(context, &nodes);
    Network { nodes, edges, groups }
}

/// The column of a kind; `None` for what the picture is not about.
const fn column(kind: EntityKind) -> Option<usize> {
    match kind {
        EntityKind::Host | EntityKind::Cluster => Some(0),
        EntityKind::Service => Some(1),
        EntityKind::DataStore | EntityKind::Endpoint => Some(2),
        _ => None,
    }
}

fn group(context: Context<'_>, environment: &Entity) -> Group {
    let said = context.index.value(&environment.id, keys::STATE).unwrap_or_default();
    Group {
        id: Some(environment.id.clone()),
        title: environment.title.clone(),
        planned: said.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("planned")),
        framed: true,
        ..Group::default()
    }
}

/// The environment of an entity; for an endpoint or a data store that names none, that of the
/// service which it serves.
fn environment<'a>(context: Context<'a>, id: &'a EntityRef) -> Option<&'a EntityRef> {
    context.index.environment_of(id).or_else(|| {
        let serves = |kind| matches!(kind, RelationKind::ExposedBy | RelationKind::StoredIn);
        let mut users = context.index.relations_to(id).filter(|relation| serves(relation.kind));
        users.find_map(|relation| context.index.environment_of(&relation.from))
    })
}

/// The standing of each environment, from its members: the same as its health, without a walk
/// through the catalog for each.
fn settle(context: Context<'_>, groups: &mut [Group], members: &[Member]) {
    for member in members {
        let counts = matches!(member.id.kind, EntityKind::Host | EntityKind::Service | EntityKind::DataStore);
        if !counts || context.index.environment_of(&member.id).is_none() {
            continue;
        }
        if let Some(group) = groups.get_mut(member.group) {
            group.standing = group.standing.max(Some(member.standing));
        }
    }
    for group in groups {
        let Some(id) = &group.id else {
            group.standing = None;
            continue;
        };
        let own = own(context, id).standing;
        group.standing = group.standing.or(Some(own));
        group.planned &= own == Standing::Unproven;
    }
}

/// The boxes of the groups that are not folded: the worst first where not all fit, and then as the
/// inventory names them.
fn drawn(context: Context<'_>, groups: &mut [Group], members: &mut [Member]) -> Vec<Node> {
    let mut shown = vec![0; groups.len()];
    for standing in Standing::ALL.iter().rev() {
        for member in members.iter_mut() {
            let (Some(group), Some(shown)) = (groups.get_mut(member.group), shown.get_mut(member.group)) else {
                continue;
            };
            if member.standing != *standing || group.folded {
                continue;
            }
            member.drawn = *shown < MOST;
            *shown += 1;
            group.left_out = shown.saturating_sub(MOST);
        }
    }
    let mut nodes = Vec::new();
    for member in members {
        let column = column(member.id.kind).filter(|_| member.drawn);
        let Some(column) = column else { continue };
        nodes.push(Node {
            id: member.id.clone(),
            title: context.index.title(&member.id).to_owned(),
            standing: member.standing,
            group: member.group,
            column,
        });
    }
    nodes
}

/// The relations between boxes, each pair once.
pub(super) fn edges(context: Context<'_>, nodes: &[Node]) -> Vec<Edge> {
    let places: HashMap<&EntityRef, usize> = nodes.iter().enumerate().map(|(at, node)| (&node.id, at)).collect();
    let mut edges: Vec<Edge> = Vec::new();
    for (from, node) in nodes.iter().enumerate() {
        let first = edges.len();
        for relation in context.index.relations_from(&node.id) {
            let Some(to) = places.get(&relation.to).copied() else { continue };
            if from != to && !edges[first..].iter().any(|edge| edge.to == to) {
                edges.push(Edge { from, to, kind: relation.kind });
            }
        }
    }
    edges
}
