//! What runs where, exposed by, stored in: the whole catalog, environment by environment.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edge, Group, Network, Node};
use crate::{
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    health::{Context, health, own},
    standing::{Standing, worst},
};

/// The most boxes that a picture shows at once; beyond that, environments are folded behind their
/// counts, and an unfolded one shows so many of its own.
pub const MOST: usize = 120;

/// An entity that the picture is about.
struct Member<'a> {
    entity: &'a Entity,
    standing: Standing,
    group: usize,
}

/// The network of everything that runs: hosts and clusters, services, and what exposes and stores
/// them, in their environments. `unfolded` has the keys ([`Group::key`]) of those that a reader has
/// unfolded; it counts only where the catalog has more than [`MOST`] boxes.
///
/// What has no environment stands in a group of its own at the end: that is a gap, and is shown as
/// one. Of an environment with more boxes than fit, those with the worst standing are drawn.
#[must_use]
pub fn topology(context: Context<'_>, unfolded: &BTreeSet<String>) -> Network {
    let catalog = context.index.catalog();
    let mut groups: Vec<Group> =
        context.index.of_kind(EntityKind::Environment).map(|one| group(context, one)).collect();
    let at: BTreeMap<EntityRef, usize> =
        groups.iter().enumerate().filter_map(|(at, group)| Some((group.id.clone()?, at))).collect();
    let nowhere = groups.len();
    groups.push(Group { framed: true, ..Group::default() });

    let mut members = Vec::new();
    for entity in catalog.entities.iter().filter(|entity| column(entity.id.kind).is_some()) {
        let standing = health(context, &entity.id).standing;
        let group = environment(context, &entity.id).and_then(|id| at.get(&id).copied()).unwrap_or(nowhere);
        if let Some(group) = groups.get_mut(group) {
            group.count(entity.id.kind, standing);
        }
        members.push(Member { entity, standing, group });
    }
    settle(context, &mut groups, &members);
    if groups.last().is_some_and(|group| group.kinds.is_empty()) {
        groups.pop();
    }
    let too_many = members.len() + groups.len() > MOST;
    for group in &mut groups {
        group.foldable = too_many && !group.kinds.is_empty();
        group.folded = group.foldable && !unfolded.contains(&group.key());
    }
    let nodes = drawn(&mut groups, &members);
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
fn environment(context: Context<'_>, id: &EntityRef) -> Option<EntityRef> {
    context.index.environment_of(id).or_else(|| {
        let serves = |kind| matches!(kind, RelationKind::ExposedBy | RelationKind::StoredIn);
        let mut users = context.index.relations_to(id).filter(|relation| serves(relation.kind));
        users.find_map(|relation| context.index.environment_of(&relation.from))
    })
}

/// The standing of each environment, from its members: the same as its health, without a walk
/// through the catalog for each.
fn settle(context: Context<'_>, groups: &mut [Group], members: &[Member<'_>]) {
    let mut standings: Vec<Vec<Standing>> = vec![Vec::new(); groups.len()];
    for member in members {
        let counts = matches!(member.entity.id.kind, EntityKind::Host | EntityKind::Service | EntityKind::DataStore);
        let here = counts && context.index.environment_of(&member.entity.id).is_some();
        if let Some(list) = standings.get_mut(member.group).filter(|_| here) {
            list.push(member.standing);
        }
    }
    for (group, standings) in groups.iter_mut().zip(standings) {
        let Some(id) = &group.id else { continue };
        let standing = if standings.is_empty() { own(context, id).standing } else { worst(standings) };
        group.standing = Some(standing);
        group.planned &= own(context, id).standing == Standing::Unproven;
    }
}

/// The boxes of the groups that are not folded.
fn drawn(groups: &mut [Group], members: &[Member<'_>]) -> Vec<Node> {
    let mut chosen: Vec<usize> =
        (0..members.len()).filter(|at| groups.get(members[*at].group).is_some_and(|group| !group.folded)).collect();
    // The worst first, so that they are there where not all fit; the order of the inventory after that.
    chosen.sort_by_key(|at| (std::cmp::Reverse(members[*at].standing), *at));
    let mut room = vec![MOST; groups.len()];
    chosen.retain(|at| {
        let group = members[*at].group;
        let fits = room[group] > 0;
        room[group] = room[group].saturating_sub(1);
        groups[group].left_out += usize::from(!fits);
        fits
    });
    chosen.sort_unstable();
    let node = |at: usize| {
        let member = members.get(at)?;
        Some(Node {
            id: member.entity.id.clone(),
            title: member.entity.title.clone(),
            standing: member.standing,
            group: member.group,
            column: column(member.entity.id.kind)?,
        })
    };
    chosen.into_iter().filter_map(node).collect()
}

/// The relations between boxes, each pair once.
pub(super) fn edges(context: Context<'_>, nodes: &[Node]) -> Vec<Edge> {
    let places: BTreeMap<&EntityRef, usize> = nodes.iter().enumerate().map(|(at, node)| (&node.id, at)).collect();
    let mut seen = BTreeSet::new();
    let mut edges = Vec::new();
    for (from, node) in nodes.iter().enumerate() {
        for relation in context.index.relations_from(&node.id) {
            let Some(to) = places.get(&relation.to).copied() else { continue };
            if from != to && seen.insert((from, to)) {
                edges.push(Edge { from, to, kind: relation.kind });
            }
        }
    }
    edges
}
