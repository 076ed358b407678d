//! What a picture of a network shows: plain data that is compared row by row.

use ops_model::{
    EntityRef, RelationKind, Standing,
    graph::{Frame, Group, Network, Picture, Rect, fitted, layout},
};

use super::{stage::Stage, words::box_words};
use crate::{rows::Rows, texts::Texts};

/// The size of the letters above a column, in px.
const COLUMN_LETTERS: i32 = 11;

/// A picture, laid out for a width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawing {
    /// Its size, and what keys lead to.
    pub(super) stage: Stage,
    /// The groups by their keys ([`Group::key`]).
    pub(super) groups: Rows<String, GroupSummary>,
    /// The boxes of all groups.
    pub(super) boxes: Rows<EntityRef, BoxSummary>,
    /// The relations by their ends.
    pub(super) lines: Rows<(EntityRef, EntityRef), LineSummary>,
    /// The names of the columns and where they begin.
    pub(super) columns: Vec<(i32, String)>,
    /// The kinds of relation that the picture has.
    pub(super) relations: Vec<RelationKind>,
}

/// A group with its frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct GroupSummary {
    /// What the model says of it.
    pub(super) group: Group,
    /// Where it is drawn.
    pub(super) frame: Frame,
    /// The number of its head among the stops.
    pub(super) stop: usize,
    /// Its boxes, in the inventory's order.
    pub(super) members: Vec<EntityRef>,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoxSummary {
    /// Its number among the stops.
    pub(super) stop: usize,
    /// The entity's standing now.
    pub(super) standing: Standing,
    /// Where it is drawn.
    pub(super) place: Rect,
    /// Its name, broken into lines.
    pub(super) name: Vec<String>,
    /// Its whole name.
    pub(super) title: String,
    /// What else the picture says of it, in words.
    pub(super) words: String,
    /// The boxes that it is related to.
    pub(super) near: Vec<EntityRef>,
}

impl Default for BoxSummary {
    fn default() -> Self {
        Self {
            stop: 0,
            standing: Standing::Unproven,
            place: Rect::default(),
            name: Vec::new(),
            title: String::new(),
            words: String::new(),
            near: Vec::new(),
        }
    }
}

/// A relation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LineSummary {
    /// What kind it is.
    pub(super) kind: RelationKind,
    /// The path of the line.
    pub(super) path: String,
    /// The path of the arrowhead.
    pub(super) tip: String,
}

impl Default for LineSummary {
    fn default() -> Self {
        Self { kind: RelationKind::PartOf, path: String::new(), tip: String::new() }
    }
}

impl Drawing {
    /// Draws a network for a width in px. `columns` has the names of the network's columns.
    pub(super) fn of(network: &Network, width: i32, columns: [&str; 4], texts: &Texts) -> Self {
        let picture = layout(network, width);
        let columns = picture.columns.iter().filter_map(|(x, width, column)| {
            let name = columns.get(*column)?;
            Some((*x, fitted(name, *width, COLUMN_LETTERS)))
        });
        let has = |kind: &RelationKind| network.edges.iter().any(|edge| edge.kind == *kind);
        Self {
            columns: columns.collect(),
            relations: RelationKind::ALL.iter().copied().filter(has).collect(),
            stage: stage(network, &picture),
            groups: groups(network, &picture),
            boxes: boxes(network, &picture, texts),
            lines: lines(network, &picture),
        }
    }
}

fn stage(network: &Network, picture: &Picture) -> Stage {
    let boxes = network.nodes.iter().map(|node| Some(node.id.clone()));
    Stage {
        size: (picture.width, picture.height),
        places: picture.stops(),
        entities: boxes.chain(network.groups.iter().map(|group| group.id.clone())).collect(),
        links: network.edges.iter().map(|edge| (edge.from, edge.to)).collect(),
    }
}

fn groups(network: &Network, picture: &Picture) -> Rows<String, GroupSummary> {
    let mut members = vec![Vec::new(); network.groups.len()];
    for node in &network.nodes {
        if let Some(members) = members.get_mut(node.group) {
            members.push(node.id.clone());
        }
    }
    let groups = network.groups.iter().zip(&picture.frames).zip(members).enumerate();
    let summary = |(at, ((group, frame), members)): (usize, ((&Group, &Frame), Vec<EntityRef>))| {
        let stop = picture.boxes.len() + at;
        (group.key(), GroupSummary { group: group.clone(), frame: frame.clone(), stop, members })
    };
    groups.map(summary).collect()
}

fn boxes(network: &Network, picture: &Picture, texts: &Texts) -> Rows<EntityRef, BoxSummary> {
    let mut outgoing = vec![Vec::new(); network.nodes.len()];
    let mut near = vec![Vec::new(); network.nodes.len()];
    for edge in &network.edges {
        let (Some(from), Some(to)) = (network.nodes.get(edge.from), network.nodes.get(edge.to)) else { continue };
        outgoing[edge.from].push((edge.to, edge.kind));
        near[edge.from].push(to.id.clone());
        near[edge.to].push(from.id.clone());
    }
    let drawn = network.nodes.iter().zip(&picture.boxes).zip(&picture.names).zip(near).enumerate();
    let boxes = drawn.map(|(stop, (((node, place), name), near))| {
        let summary = BoxSummary {
            stop,
            standing: node.standing,
            place: *place,
            name: name.clone(),
            title: node.title.clone(),
            words: box_words(network, stop, &outgoing[stop], texts),
            near,
        };
        (node.id.clone(), summary)
    });
    boxes.collect()
}

fn lines(network: &Network, picture: &Picture) -> Rows<(EntityRef, EntityRef), LineSummary> {
    let lines = network.edges.iter().zip(&picture.routes).filter_map(|(edge, route)| {
        let ends = (network.nodes.get(edge.from)?.id.clone(), network.nodes.get(edge.to)?.id.clone());
        Some((ends, LineSummary { kind: edge.kind, path: route.path(), tip: route.tip() }))
    });
    lines.collect()
}
