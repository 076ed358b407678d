//! What is to be drawn, before anything has a place.

use std::collections::{HashMap, HashSet};

use crate::{
    catalog::CatalogIndex,
    entity::{EntityKind, EntityRef, RelationKind},
    evidence::Standing,
};

/// Boxes, the relations between them, and the groups that hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The boxes, in the inventory's order.
    pub nodes: Vec<Node>,
    /// The relations between boxes, each once.
    pub edges: Vec<Edge>,
    /// The groups, in their order from the top.
    pub groups: Vec<Group>,
}

/// A box: one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The entity.
    pub id: EntityRef,
    /// Its name for people.
    pub title: String,
    /// Its standing now.
    pub standing: Standing,
    /// The group that holds it, an index of [`Network::groups`].
    pub group: usize,
    /// The column that it stands in, from 0 at the left.
    pub column: usize,
}

/// A relation between two boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The box that the relation is about, an index of [`Network::nodes`].
    pub from: usize,
    /// The box at its other end.
    pub to: usize,
    /// How the first stands to the second.
    pub kind: RelationKind,
}

/// A frame around boxes: an environment, or what has no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The environment; `None` for what has none, and for further environments.
    pub id: Option<EntityRef>,
    /// Its name for people; empty where it is no entity.
    pub title: String,
    /// The standing of the whole, where the group is an entity.
    pub standing: Option<Standing>,
    /// How many environments are counted in this frame because they have none of their own: the last frame
    /// of a picture that cannot hold all. 0 for any other.
    pub environments: usize,
    /// Whether it is planned and not there yet.
    pub planned: bool,
    /// Whether a frame is drawn around it.
    pub framed: bool,
    /// Whether its boxes are folded away behind their counts.
    pub folded: bool,
    /// Whether it may be folded and unfolded: only in a catalog with more than one picture can show.
    pub foldable: bool,
    /// How many entities of which kind are in it, drawn or not, in the order of [`EntityKind::ALL`].
    pub kinds: [usize; EntityKind::ALL.len()],
    /// How many of them have which standing, in the order of [`Standing::ALL`].
    pub standings: [usize; Standing::ALL.len()],
    /// How many of them have no box although the group is not folded.
    pub left_out: usize,
}

impl Group {
    /// The name by which a reader's choice to unfold it is kept: the reference, `-` for what has no place,
    /// `…` for further environments.
    #[must_use]
    pub fn key(&self) -> String {
        let without_id = if self.environments > 0 { "…" } else { "-" };
        self.id.as_ref().map_or_else(|| without_id.to_owned(), ToString::to_string)
    }

    /// How many entities are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.standings.iter().sum()
    }

    /// Counts all of another group as well.
    pub(super) fn count_all(&mut self, other: &Self) {
        for (sum, count) in self.kinds.iter_mut().zip(other.kinds) {
            *sum += count;
        }
        for (sum, count) in self.standings.iter_mut().zip(other.standings) {
            *sum += count;
        }
    }

    /// Counts one entity.
    pub(super) const fn count(&mut self, kind: EntityKind, standing: Standing) {
        self.kinds[kind as usize] += 1;
        self.standings[standing as usize] += 1;
    }

    /// How many entities of a kind are in it.
    #[must_use]
    pub const fn of_kind(&self, kind: EntityKind) -> usize {
        self.kinds[kind as usize]
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The relations between boxes, each pair once.
pub(super) fn edges(index: &CatalogIndex, nodes: &[Node]) -> Vec<Edge> {
    let places: HashMap<&EntityRef, usize> = nodes.iter().enumerate().map(|(at, node)| (&node.id, at)).collect();
    let mut edges = Vec::new();
    for (from, node) in nodes.iter().enumerate() {
        let mut reached = HashSet::from([from]);
        for relation in index.relations_from(&node.id) {
            if let Some(to) = places.get(&relation.to).copied().filter(|to| reached.insert(*to)) {
                edges.push(Edge { from, to, kind: relation.kind });
            }
        }
    }
    edges
}
