//! What the facets leave, and how many rows each of their values would show.

use std::collections::{BTreeSet, HashMap};

use super::{Age, CatalogView, CellState, FACETS, Facet, Row, Rows};
use crate::{
    catalog::{CatalogIndex, EntityId},
    gap::GapKind,
    questions::Question,
    standing::Standing,
};

/// What is counted of the rows that a view shows.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// How many rows there are.
    pub(super) shown: usize,
    /// How many of them answer each of the seven questions in full.
    pub(super) answered: [usize; Question::ALL.len()],
    /// The values of each facet with their counts.
    pub(super) facets: [Vec<(String, usize)>; FACETS],
}

/// The values of a facet that are names of entities: each once, sorted. The empty text stands for none and
/// comes last.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<String>,
    /// The place of an entity's name in that order.
    places: HashMap<Option<EntityId>, usize>,
}

impl Names {
    /// The names of these entities.
    pub(super) fn new(index: &CatalogIndex, entities: impl Iterator<Item = Option<EntityId>>) -> Self {
        let name = |id: Option<EntityId>| id.map_or("", |id| &*index.reference(id).name);
        let mut places: HashMap<Option<EntityId>, usize> = entities.map(|id| (id, 0)).collect();
        let sorted: BTreeSet<(bool, &str)> = places.keys().map(|id| rank(name(*id))).collect();
        let names: Vec<String> = sorted.into_iter().map(|(_, name)| name.to_owned()).collect();
        for (id, place) in &mut places {
            *place = names.partition_point(|other| rank(other) < rank(name(*id)));
        }
        Self { names, places }
    }

    /// The place of an entity's name, or of none.
    pub(super) fn place(&self, id: Option<EntityId>) -> usize {
        self.places.get(&id).copied().unwrap_or_default()
    }

    /// The name at a place.
    pub(super) fn get(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }
}

/// Names in their order, and none behind them.
const fn rank(name: &str) -> (bool, &str) {
    (name.is_empty(), name)
}

/// A facet while rows are counted.
struct Count<'a> {
    facet: Facet,
    /// Its values, and for each how many rows have it and whether it is chosen.
    values: Vec<&'a str>,
    rows: Vec<usize>,
    is_chosen: Vec<bool>,
    is_open: bool,
}

impl<'a> Count<'a> {
    fn new(rows: &'a Rows, facet: Facet, view: &CatalogView) -> Self {
        let values: Vec<&str> = match facet {
            Facet::Environment => rows.environments.names.iter().map(String::as_str).collect(),
            Facet::Owner => rows.owners.names.iter().map(String::as_str).collect(),
            Facet::Standing => Standing::ALL.iter().map(|one| one.as_str()).collect(),
            Facet::Age => Age::ALL.iter().map(|one| one.as_str()).collect(),
            Facet::Gap => GapKind::ALL.iter().map(|one| one.as_str()).collect(),
        };
        let is_chosen = values.iter().map(|value| view.is_chosen(facet, value)).collect();
        Self { facet, rows: vec![0; values.len()], values, is_chosen, is_open: view.chosen(facet).is_empty() }
    }

    /// Whether what is chosen leaves a row.
    fn fits(&self, row: &Row) -> bool {
        self.is_open || row.values(self.facet).any(|value| self.is_chosen[value])
    }

    fn add(&mut self, row: &Row) {
        row.values(self.facet).for_each(|value| self.rows[value] += 1);
    }

    /// The values in the order in which they are shown, with their counts. What was chosen stays offered where
    /// no row has it, so that it can be taken back.
    fn counted(self, view: &CatalogView) -> Vec<(String, usize)> {
        let counted = self.values.iter().zip(self.rows).map(|(value, rows)| ((*value).to_owned(), rows));
        let mut counted: Vec<(String, usize)> = counted.collect();
        match self.facet {
            Facet::Environment | Facet::Owner => {
                let is_missing = |name: &&String| !self.values.contains(&name.as_str());
                counted.extend(view.chosen(self.facet).iter().filter(is_missing).map(|name| (name.clone(), 0)));
                counted.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
            }
            // The worst first.
            Facet::Standing => counted.reverse(),
            Facet::Age | Facet::Gap => {}
        }
        counted
    }
}

impl Rows {
    /// Counts the rows at these places. `show` is called with each one that the choice of facets leaves.
    ///
    /// The counts of a facet ignore what is chosen of it: they say what another choice would show.
    pub(super) fn count(
        &self,
        view: &CatalogView,
        places: impl Iterator<Item = u32>,
        mut show: impl FnMut(u32),
    ) -> Counted {
        let mut facets: Vec<Count<'_>> = Facet::ALL.iter().map(|facet| Count::new(self, *facet, view)).collect();
        let mut counted = Counted::default();
        for place in places {
            let Some(row) = self.all().get(place as usize) else { continue };
            let mut missed = (0..facets.len()).filter(|nth| !facets[*nth].fits(row));
            match (missed.next(), missed.next()) {
                (None, _) => {
                    show(place);
                    counted.shown += 1;
                    for (sum, question) in counted.answered.iter_mut().zip(Question::ALL) {
                        *sum += usize::from(row.cell(*question) == CellState::Answered);
                    }
                    facets.iter_mut().for_each(|facet| facet.add(row));
                }
                (Some(alone), None) => facets[alone].add(row),
                _ => {}
            }
        }
        for (of, facet) in counted.facets.iter_mut().zip(facets) {
            *of = facet.counted(view);
        }
        counted
    }
}
