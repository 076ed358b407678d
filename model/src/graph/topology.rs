//! What runs where, exposed by, stored in: the whole catalog, environment by environment.

use std::{cmp::Reverse, collections::HashMap};

use super::network::{Group, Network, Node};
use crate::{
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    evidence::Standing,
    rules::{context::Context, health::own, standings::Standings},
};

/// The most boxes that a picture shows at once. Where a catalog has more, environments are folded behind
/// their counts, and those that are unfolded share so many boxes.
pub const MOST: usize = 120;

/// The most environments that have a frame of their own. The others are counted in one more frame.
pub const MOST_FRAMES: usize = 24;

/// An entity that the picture is about.
struct Member<'a> {
    id: &'a EntityRef,
    standing: Standing,
    group: usize,
    /// Whether it runs in the group's environment itself, and not only what it serves.
    runs_there: bool,
}

/// The network of everything that runs: hosts and clusters, services, and what exposes and stores
/// them, in their environments. `unfolded` has the keys ([`Group::key`]) of those that a reader has
/// unfolded, with spaces between; it counts only where the catalog has more than [`MOST`] boxes.
///
/// What has no environment stands in a group of its own at the end: that is a gap, and is shown as
/// one. Nothing is left out in silence: a group says how many of its entities have no box
/// ([`Group::left_out`]), and the last group counts the environments that have no frame
/// ([`Group::environments`]). What has the worst standing is shown first.
#[must_use]
pub fn topology(context: Context<'_>, unfolded: &str) -> Network {
    let mut groups: Vec<Group> =
        context.index.of_kind(EntityKind::Environment).map(|one| group(context, one)).collect();
    let mut members = members(context, &mut groups);
    settle(context, &mut groups, &members);
    let too_many = members.len() + groups.len() > MOST;
    for group in &mut groups {
        let key = group.key();
        group.foldable = too_many && !group.is_empty();
        group.folded = group.foldable && !unfolded.split(' ').any(|one| one == key);
    }
    gather(&mut groups, &mut members);
    let nodes = boxes(context, &mut groups, members);
    let edges = super::network::edges(context.index, &nodes);
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

/// What the picture is about, each counted in its group. What has no environment is in one more group at
/// the end.
fn members<'a>(context: Context<'a>, groups: &mut Vec<Group>) -> Vec<Member<'a>> {
    let places: HashMap<&EntityRef, usize> =
        context.index.of_kind(EntityKind::Environment).enumerate().map(|(at, one)| (&one.id, at)).collect();
    let nowhere = groups.len();
    groups.push(Group { framed: true, ..Group::default() });
    let standings = Standings::new(context);
    let mut members = Vec::new();
    for id in context.index.ids().filter(|id| column(id.kind).is_some()) {
        let standing = standings.of(id);
        let own = context.index.environment_of(id);
        let environment = own.or_else(|| environment_served(context, id));
        let group = environment.and_then(|id| places.get(id).copied()).unwrap_or(nowhere);
        if let Some(group) = groups.get_mut(group) {
            group.count(id.kind, standing);
        }
        members.push(Member { id, standing, group, runs_there: own.is_some() });
    }
    if groups.last().is_some_and(Group::is_empty) {
        groups.pop();
    }
    members
}

/// Of an endpoint or a data store that names no environment, that of the service which it serves.
fn environment_served<'a>(context: Context<'a>, id: &EntityRef) -> Option<&'a EntityRef> {
    let serves = |kind| matches!(kind, RelationKind::ExposedBy | RelationKind::StoredIn);
    let mut users = context.index.relations_to(id).filter(|relation| serves(relation.kind));
    users.find_map(|relation| context.index.environment_of(&relation.from))
}

/// The standing of each environment, from its members: the same as its health, without a walk
/// through the catalog for each.
fn settle(context: Context<'_>, groups: &mut [Group], members: &[Member<'_>]) {
    for member in members {
        let counts = matches!(member.id.kind, EntityKind::Host | EntityKind::Service | EntityKind::DataStore);
        if let Some(group) = groups.get_mut(member.group).filter(|_| counts && member.runs_there) {
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

/// Leaves a frame to [`MOST_FRAMES`] environments: to those that the reader has unfolded, then to those
/// with the worst standing, then to the largest. The others are counted in one more frame at the end. What
/// has no environment keeps its own.
fn gather(groups: &mut Vec<Group>, members: &mut Vec<Member<'_>>) {
    let environments = groups.iter().filter(|group| group.id.is_some()).count();
    if environments <= MOST_FRAMES {
        return;
    }
    let mut by_rank: Vec<usize> = (0..environments).collect();
    by_rank.sort_by_key(|at| {
        groups.get(*at).map(|group| (group.folded || !group.foldable, Reverse((group.standing, group.len()))))
    });
    let mut places: Vec<Option<usize>> = vec![None; groups.len()];
    let mut framed: Vec<usize> = by_rank.into_iter().take(MOST_FRAMES).chain(environments..groups.len()).collect();
    framed.sort_unstable();
    for (to, from) in framed.into_iter().enumerate() {
        places[from] = Some(to);
    }
    let mut further = Group { framed: true, folded: true, ..Group::default() };
    for (group, _) in groups.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        further.environments += 1;
        further.standing = further.standing.max(group.standing);
        further.count_all(group);
    }
    let mut place = places.iter();
    groups.retain(|_| place.next().is_some_and(Option::is_some));
    groups.push(further);
    members.retain_mut(|member| {
        let place = places.get(member.group).copied().flatten();
        member.group = place.unwrap_or_default();
        place.is_some()
    });
}

/// The boxes of the groups that are not folded: the worst first where not all fit, in the order of the
/// inventory. Each group has its share; what one leaves the others have.
fn boxes(context: Context<'_>, groups: &mut [Group], mut members: Vec<Member<'_>>) -> Vec<Node> {
    let mut room = shares(groups);
    members.retain(|member| room.get(member.group).is_some_and(|room| *room > 0));
    let mut worst_first: Vec<usize> = (0..members.len()).collect();
    worst_first.sort_by_key(|at| members.get(*at).map(|member| Reverse(member.standing)));
    let mut drawn = vec![false; members.len()];
    for at in worst_first {
        if let Some(room) = members.get(at).and_then(|member| room.get_mut(member.group))
            && *room > 0
        {
            *room -= 1;
            drawn[at] = true;
        }
    }
    let mut shown = drawn.into_iter();
    members.retain(|_| shown.next() == Some(true));
    let node = |member: Member<'_>| {
        let column = column(member.id.kind)?;
        let title = context.index.title(member.id).to_owned();
        Some(Node { id: member.id.clone(), title, standing: member.standing, group: member.group, column })
    };
    members.into_iter().filter_map(node).collect()
}

/// How many boxes each group may have, [`MOST`] in all; says what has none.
fn shares(groups: &mut [Group]) -> Vec<usize> {
    let mut shares = vec![0; groups.len()];
    let mut unfolded: Vec<usize> =
        (0..groups.len()).filter(|at| groups.get(*at).is_some_and(|one| !one.folded)).collect();
    unfolded.sort_by_key(|at| groups.get(*at).map(Group::len));
    let (mut left, mut open) = (MOST, unfolded.len());
    // The smallest first, so that the larger ones have what it does not need.
    for at in unfolded {
        let Some(group) = groups.get_mut(at) else { continue };
        let share = group.len().min(left / open.max(1));
        (left, open) = (left - share, open - 1);
        group.left_out = group.len() - share;
        shares[at] = share;
    }
    shares
}
