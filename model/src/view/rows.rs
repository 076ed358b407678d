//! The catalog boiled down to rows, and their arrangement.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Age, CatalogView, CellState, FACETS, Facet, Grouping, SortKey};
use crate::{
    entity::{EntityRef, RelationKind},
    gap::GapKind,
    health::{Context, health},
    order,
    questions::{answers, asked_about},
    standing::Standing,
    timestamp::Timestamp,
};

/// What is needed of one entity to find, count, sort and group it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entity.
    pub id: EntityRef,
    /// Its standing.
    pub standing: Standing,
    /// When its youngest evidence was recorded.
    pub latest: Option<Timestamp>,
    /// How many gaps are recorded for it, and questions open.
    pub gaps: usize,
    /// How far each of the seven questions is answered, in their order.
    pub cells: [CellState; 7],
    pub(super) age: Age,
    name: Arc<str>,
    text: Arc<str>,
    pub(super) values: Vec<(Facet, usize)>,
}

/// A line of an arranged catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The start of a group: its value and its number of rows.
    Group(String, usize),
    /// A row, by its place in [`Rows::all`].
    Row(usize),
}

/// The catalog as a view shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Groups and rows in their order.
    pub lines: Vec<Line>,
    /// How many rows are shown.
    pub shown: usize,
    /// How many of the shown rows answer each of the seven questions in full, in their order.
    pub answered: [usize; 7],
    /// The values of each facet, in the facets' order, each with how many rows it would show beside the
    /// other facets' choice.
    pub counts: [Vec<(String, usize)>; FACETS],
}

/// One row an entity that the questions are asked about, in the inventory's order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub(super) rows: Vec<Arc<Row>>,
    values: [Vec<String>; FACETS],
}

impl Rows {
    /// Boils the catalog down.
    #[must_use]
    pub fn new(context: Context<'_>) -> Self {
        let mut values = Values::default();
        for (facet, fixed) in [
            (Facet::Standing, Standing::ALL.iter().rev().map(|one| one.as_str()).collect::<Vec<_>>()),
            (Facet::Age, Age::ALL.iter().map(|one| one.as_str()).collect()),
            (Facet::Gap, GapKind::ALL.iter().map(|one| one.as_str()).collect()),
        ] {
            for value in fixed {
                values.number(facet, value);
            }
        }
        let rows = asked_about(context.index)
            .into_iter()
            .map(|entity| Arc::new(row(context, &entity.id, &mut values)))
            .collect();
        Self { rows, values: values.names }
    }

    /// Every row.
    #[must_use]
    pub fn all(&self) -> &[Arc<Row>] {
        &self.rows
    }

    /// Filters, counts, sorts and groups.
    #[must_use]
    pub fn arrange(&self, view: &CatalogView) -> Arranged {
        let query = view.query.trim().to_lowercase();
        let mut counts: [Vec<usize>; FACETS] = self.values.each_ref().map(|names| vec![0; names.len()]);
        let mut shown: Vec<usize> = Vec::new();
        let mut wanted: Vec<(Facet, Vec<usize>)> = Vec::new();
        for facet in Facet::ALL.iter().filter(|facet| !view.chosen(**facet).is_empty()) {
            let numbers = self.names(*facet).iter().enumerate().filter(|(_, name)| view.is_chosen(*facet, name));
            wanted.push((*facet, numbers.map(|(number, _)| number).collect()));
        }
        for (at, row) in self.rows.iter().enumerate() {
            if !row.text.contains(query.as_str()) {
                continue;
            }
            let misses = |(facet, numbers): &&(Facet, Vec<usize>)| {
                !row.values.iter().any(|(of, number)| of == facet && numbers.contains(number))
            };
            let mut missed = wanted.iter().filter(misses).map(|(facet, _)| *facet);
            let (first, second) = (missed.next(), missed.next());
            if second.is_some() {
                continue;
            }
            // Beside the choice of the other facets: a row that one facet alone leaves out counts there.
            for (facet, number) in row.values.iter().filter(|(facet, _)| first.is_none_or(|first| first == *facet)) {
                if let Some(count) = counts.get_mut(*facet as usize).and_then(|of| of.get_mut(*number)) {
                    *count += 1;
                }
            }
            if first.is_none() {
                shown.push(at);
            }
        }
        self.sort(&mut shown, view);
        let count = shown.len();
        let mut answered = [0; 7];
        for row in shown.iter().filter_map(|at| self.rows.get(*at)) {
            for (sum, cell) in answered.iter_mut().zip(row.cells) {
                *sum += usize::from(cell == CellState::Answered);
            }
        }
        let mut counts = counts.into_iter();
        let counts = std::array::from_fn(|nth| {
            counts.next().zip(Facet::ALL.get(nth)).map_or_else(Vec::new, |(of, facet)| self.counted(*facet, of, view))
        });
        Arranged { lines: self.group(shown, view.group), shown: count, answered, counts }
    }

    /// The values of a facet with their counts.
    fn counted(&self, facet: Facet, numbers: Vec<usize>, view: &CatalogView) -> Vec<(String, usize)> {
        let mut of: Vec<(String, usize)> = self.names(facet).iter().cloned().zip(numbers).collect();
        // What an address chose and the catalog lacks stays visible, so that it can be taken back.
        let missing = view.chosen(facet).iter().filter(|one| !self.names(facet).contains(one));
        of.extend(missing.map(|one| (one.clone(), 0)));
        if matches!(facet, Facet::Environment | Facet::Owner) {
            order::sort_by(&mut of, |(a, _), (b, _)| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
        }
        of
    }

    pub(super) fn names(&self, facet: Facet) -> &[String] {
        self.values.get(facet as usize).map_or(&[], Vec::as_slice)
    }

    /// The first value of a facet of a row; empty for none.
    #[must_use]
    pub fn value(&self, row: &Row, facet: Facet) -> &str {
        let number = row.values.iter().find(|(of, _)| *of == facet).map(|(_, number)| *number);
        number.and_then(|number| self.names(facet).get(number)).map_or("", String::as_str)
    }

    fn sort(&self, shown: &mut Vec<usize>, view: &CatalogView) {
        let by = |a: &Row, b: &Row| match view.sort {
            SortKey::Inventory => std::cmp::Ordering::Equal,
            SortKey::Name => a.name.cmp(&b.name),
            SortKey::Kind => a.id.kind.cmp(&b.id.kind),
            SortKey::Environment => {
                let (a, b) = (self.value(a, Facet::Environment), self.value(b, Facet::Environment));
                (a.is_empty(), a).cmp(&(b.is_empty(), b))
            }
            SortKey::Standing => b.standing.cmp(&a.standing),
            SortKey::Age => b.latest.cmp(&a.latest),
            SortKey::Gaps => b.gaps.cmp(&a.gaps),
            question => {
                let cell = |row: &Row| {
                    question.question().and_then(|one| row.cells.get(one as usize)).copied().unwrap_or(CellState::Gap)
                };
                cell(b).cmp(&cell(a))
            }
        };
        // The sort is stable: rows that are equal keep the inventory's order, in both directions.
        order::sort_by(shown, |a, b| {
            let order = self.rows.get(*a).zip(self.rows.get(*b)).map_or(std::cmp::Ordering::Equal, |(a, b)| by(a, b));
            if view.reversed { order.reverse() } else { order }
        });
        if view.sort == SortKey::Inventory && view.reversed {
            shown.reverse();
        }
    }

    fn group(&self, mut shown: Vec<usize>, grouping: Grouping) -> Vec<Line> {
        if grouping == Grouping::None {
            return shown.into_iter().map(Line::Row).collect();
        }
        let key = |at: &usize| {
            let Some(row) = self.rows.get(*at) else { return (usize::MAX, "") };
            match grouping {
                Grouping::None => (0, ""),
                Grouping::Environment => named(self.value(row, Facet::Environment)),
                Grouping::Owner => named(self.value(row, Facet::Owner)),
                Grouping::Standing => (usize::MAX - row.standing as usize, row.standing.as_str()),
                Grouping::Kind => (row.id.kind as usize, row.id.kind.as_str()),
            }
        };
        order::sort_by(&mut shown, |a, b| key(a).cmp(&key(b)));
        let mut lines = Vec::new();
        for group in shown.chunk_by(|a, b| key(a) == key(b)) {
            let value = group.first().map_or("", |at| key(at).1);
            lines.push(Line::Group(value.to_owned(), group.len()));
            lines.extend(group.iter().copied().map(Line::Row));
        }
        lines
    }
}

fn named(value: &str) -> (usize, &str) {
    (usize::from(value.is_empty()), value)
}

/// The values of the facets, numbered as they are met.
#[derive(Default)]
struct Values {
    names: [Vec<String>; FACETS],
    numbers: [FxHashMap<String, usize>; FACETS],
}

impl Values {
    fn number(&mut self, facet: Facet, value: &str) -> (Facet, usize) {
        let (Some(names), Some(numbers)) = (self.names.get_mut(facet as usize), self.numbers.get_mut(facet as usize))
        else {
            return (facet, 0);
        };
        if let Some(number) = numbers.get(value) {
            return (facet, *number);
        }
        let number = names.len();
        numbers.insert(value.to_owned(), number);
        names.push(value.to_owned());
        (facet, number)
    }
}

/// Fills in what the evidence says.
pub(super) fn observed(context: Context<'_>, row: &mut Row) {
    let health = health(context, &row.id);
    row.standing = health.standing;
    row.latest = health.latest().map(|observation| observation.event.time);
    row.age = Age::of(row.latest, context.now);
    for (cell, answer) in row.cells.iter_mut().zip(answers(context, &row.id)) {
        *cell = CellState::of(&answer);
    }
    let open = row.cells.iter().filter(|cell| **cell != CellState::Answered).count();
    row.gaps = context.index.gaps_of(&row.id).count() + open;
}

fn row(context: Context<'_>, id: &EntityRef, values: &mut Values) -> Row {
    let index = context.index;
    let mut text = [index.title(id), "\n", &id.name].concat();
    for relation in index.relations_from(id) {
        for part in ["\n", &relation.to.name, "\n", index.title(&relation.to)] {
            text.push_str(part);
        }
    }
    let environment = index.environment_of(id).map(|environment| environment.name).unwrap_or_default();
    let mut row = Row {
        id: id.clone(),
        standing: Standing::Unproven,
        latest: None,
        gaps: 0,
        cells: [CellState::Gap; 7],
        age: Age::None,
        name: index.title(id).to_lowercase().into(),
        text: text.to_lowercase().into(),
        values: Vec::new(),
    };
    observed(context, &mut row);
    let mut of = vec![
        values.number(Facet::Environment, &environment),
        values.number(Facet::Standing, row.standing.as_str()),
        values.number(Facet::Age, row.age.as_str()),
    ];
    let mut once = |facet, value: &str| {
        let number = values.number(facet, value);
        if !of.contains(&number) {
            of.push(number);
        }
    };
    let mut owners = index.targets(id, RelationKind::OwnedBy).peekable();
    if owners.peek().is_none() {
        once(Facet::Owner, "");
    }
    owners.for_each(|relation| once(Facet::Owner, &relation.to.name));
    index.gaps_of(id).flat_map(|gap| &gap.kinds).for_each(|kind| once(Facet::Gap, kind.as_str()));
    row.values = of;
    row
}
