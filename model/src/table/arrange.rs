//! What a view shows of the rows: filtered, counted, sorted, grouped.

use std::sync::Arc;

use super::{CatalogView, FACETS, Facet, Grouping, Rows};
use crate::{questions::Question, standing::Standing};

/// A line of an arranged table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The start of a group: its value and its number of rows.
    Group(&'a str, usize),
    /// A row, by its place in [`Rows::all`].
    Row(usize),
}

/// The rows as a view shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The places of the rows in their order.
    places: Vec<u32>,
    /// The groups: the line on which each starts, and its value.
    groups: Vec<(usize, String)>,
    /// How many rows are shown.
    pub shown: usize,
    /// How many of the shown rows answer each of the seven questions in full, in their order.
    pub answered: [usize; Question::ALL.len()],
    /// The values of each facet, in the facets' order, each with how many rows it would show beside the
    /// other facets' choice.
    pub counts: [Vec<(String, usize)>; FACETS],
}

impl Rows {
    /// Filters, counts, sorts and groups.
    #[must_use]
    pub fn arrange(&self, view: &CatalogView) -> Arranged {
        let found = self.found(&view.query.trim().to_lowercase());
        let sorted = self.in_order(view.sort, view.reversed);
        let is_whole = found.is_none() && Facet::ALL.iter().all(|facet| view.chosen(*facet).is_empty());
        let (mut places, counted) = if is_whole {
            (sorted.to_vec(), self.counted(|| self.count(view, sorted.iter().copied(), |_| ())))
        } else {
            let mut is_shown = vec![false; self.all().len()];
            let places = found.as_ref().map_or(&*sorted, |found| &found.rows);
            let counted = self.count(view, places.iter().copied(), |place| is_shown[place as usize] = true);
            (sorted.iter().copied().filter(|place| is_shown[*place as usize]).collect(), Arc::new(counted))
        };
        let groups = self.group(&mut places, view.group);
        Arranged { places, groups, shown: counted.shown, answered: counted.answered, counts: counted.facets.clone() }
    }

    /// Brings the rows of each group together. Returns the line on which each group starts, and its value.
    fn group(&self, places: &mut [u32], grouping: Grouping) -> Vec<(usize, String)> {
        // The rank of a row's group, and its value.
        let key = |place: &u32| {
            let row = self.all().get(*place as usize)?;
            Some(match grouping {
                Grouping::None => return None,
                Grouping::Environment => (row.environment, self.environment(row)),
                Grouping::Owner => row.owners.first().map(|owner| (*owner, self.owners.get(*owner)))?,
                Grouping::Standing => (Standing::Failing as usize - row.standing as usize, row.standing.as_str()),
                Grouping::Kind => (self.kind(row) as usize, self.kind(row).as_str()),
            })
        };
        if grouping == Grouping::None {
            return Vec::new();
        }
        places.sort_by_cached_key(|place| key(place).map(|(rank, _)| rank));
        let (mut groups, mut line) = (Vec::new(), 0);
        for group in places.chunk_by(|a, b| key(a) == key(b)) {
            let value = group.first().and_then(key).map_or("", |(_, value)| value);
            groups.push((line, value.to_owned()));
            line += 1 + group.len();
        }
        groups
    }
}

impl Arranged {
    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.places.len() + self.groups.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The line at a place.
    #[must_use]
    pub fn line(&self, at: usize) -> Option<Line<'_>> {
        let groups = self.groups.partition_point(|(line, _)| *line <= at);
        if let Some((line, value)) = groups.checked_sub(1).and_then(|last| self.groups.get(last))
            && *line == at
        {
            let end = self.groups.get(groups).map_or(self.len(), |(next, _)| *next);
            return Some(Line::Group(value, end - at - 1));
        }
        self.places.get(at - groups).map(|place| Line::Row(*place as usize))
    }

    /// All lines in their order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.len()).filter_map(|at| self.line(at))
    }

    /// The places of the rows in their order, without the groups.
    #[must_use]
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// The line of the row at a place of [`Rows::all`].
    #[must_use]
    pub fn line_of(&self, place: usize) -> Option<usize> {
        let at = self.places.iter().position(|one| *one as usize == place)?;
        // The rows before a group are the lines before it without the groups' own lines.
        let starts = self.groups.iter().enumerate().map(|(nth, (line, _))| line - nth);
        Some(at + starts.take_while(|start| *start <= at).count())
    }
}
