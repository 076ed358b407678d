//! What a view shows of the rows: filtered, counted, ordered, grouped.

use std::sync::Arc;

use super::{Age, CatalogView, CellState, FACETS, Facet, Grouping, Row, Rows, row::bit, search::Found};
use crate::{entity::EntityKind, gap::GapKind, index::counted, questions::Question, standing::Standing};

/// A line of an arranged catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The start of a group: its value and its number of rows.
    Group(&'a str, usize),
    /// A row, by its place in [`Rows::all`].
    Row(usize),
}

/// The catalog as a view shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The places of the rows in their order.
    places: Vec<u32>,
    /// The groups: the first of its rows among these places, and its value.
    groups: Vec<(usize, String)>,
    /// How many rows are shown.
    pub shown: usize,
    /// How many of the shown rows answer each of the seven questions in full, in their order.
    pub answered: [usize; 7],
    /// The values of each facet, in the facets' order, each with how many rows it would show beside the
    /// other facets' choice.
    pub counts: [Vec<(String, usize)>; FACETS],
}

/// How many rows there are of each value of the facets.
struct Counts {
    environments: Vec<usize>,
    owners: Vec<usize>,
    standings: [usize; Standing::ALL.len()],
    ages: [usize; Age::ALL.len()],
    kinds: [usize; GapKind::ALL.len()],
}

/// The chosen values of the facets; `None` where nothing is chosen.
struct Chosen {
    environments: Option<Vec<bool>>,
    owners: Option<Vec<bool>>,
    standings: Option<u16>,
    ages: Option<u16>,
    kinds: Option<u16>,
}

impl Chosen {
    fn of(rows: &Rows, view: &CatalogView) -> Self {
        let named = |facet: Facet| {
            let values = rows.named(facet).filter(|_| !view.chosen(facet).is_empty())?;
            Some((0..).take(values.len()).map(|one| view.is_chosen(facet, values.name(one))).collect::<Vec<_>>())
        };
        let fixed = |facet: Facet, all: &mut dyn Iterator<Item = &'static str>| {
            let bits = || (0..).zip(all).filter(|(_, name)| view.is_chosen(facet, name)).map(|(nth, _)| 1_u16 << nth);
            (!view.chosen(facet).is_empty()).then(|| bits_of(bits()))
        };
        Self {
            environments: named(Facet::Environment),
            owners: named(Facet::Owner),
            standings: fixed(Facet::Standing, &mut Standing::ALL.iter().map(|one| one.as_str())),
            ages: fixed(Facet::Age, &mut Age::ALL.iter().map(|one| one.as_str())),
            kinds: fixed(Facet::Gap, &mut GapKind::ALL.iter().map(|one| one.as_str())),
        }
    }

    /// Which facets leave a row out, a bit each.
    fn missed(&self, rows: &Rows, at: u32, row: &Row) -> u8 {
        let has = |chosen: &[bool], number: u32| chosen.get(number as usize).copied().unwrap_or(false);
        let misses = [
            self.environments.as_ref().is_some_and(|chosen| !has(chosen, row.environment)),
            self.owners.as_ref().is_some_and(|chosen| !rows.owners_of(at, row).any(|owner| has(chosen, owner))),
            self.standings.is_some_and(|chosen| chosen & 1 << row.standing as u16 == 0),
            self.ages.is_some_and(|chosen| chosen & 1 << row.age as u16 == 0),
            self.kinds.is_some_and(|chosen| chosen & row.kinds == 0),
        ];
        (0..).zip(misses).fold(0, |bits, (nth, misses)| bits | u8::from(misses) << nth)
    }
}

fn bits_of(bits: impl Iterator<Item = u16>) -> u16 {
    bits.fold(0, |sum, bit| sum | bit)
}

impl Counts {
    fn of(rows: &Rows) -> Self {
        Self {
            environments: vec![0; rows.environments.len()],
            owners: vec![0; rows.owners.len()],
            standings: [0; Standing::ALL.len()],
            ages: [0; Age::ALL.len()],
            kinds: [0; GapKind::ALL.len()],
        }
    }

    /// Counts a row in all facets, or in the one that alone leaves it out.
    fn count(&mut self, rows: &Rows, at: u32, row: &Row, missed: u8) {
        let counts = |facet: Facet| missed == 0 || missed == 1 << facet as u8;
        if counts(Facet::Environment) {
            one_more(&mut self.environments, row.environment as usize);
        }
        if counts(Facet::Owner) {
            rows.owners_of(at, row).for_each(|owner| one_more(&mut self.owners, owner as usize));
        }
        if counts(Facet::Standing) {
            one_more(&mut self.standings, row.standing as usize);
        }
        if counts(Facet::Age) {
            one_more(&mut self.ages, row.age as usize);
        }
        if counts(Facet::Gap) && row.kinds != 0 {
            for (nth, kind) in GapKind::ALL.iter().enumerate().filter(|(_, kind)| row.kinds & bit(**kind) != 0) {
                debug_assert_eq!(nth, *kind as usize, "kinds are numbered in their order");
                one_more(&mut self.kinds, nth);
            }
        }
    }

    /// The values of a facet with their counts.
    fn values(&self, rows: &Rows, facet: Facet, view: &CatalogView) -> Vec<(String, usize)> {
        let at = |counts: &[usize], at: usize| counts.get(at).copied().unwrap_or(0);
        let named = |counts: &[usize]| {
            let values = rows.named(facet).into_iter().flat_map(|values| values.sorted());
            values.map(|(number, name)| (name.to_owned(), at(counts, number as usize))).collect::<Vec<_>>()
        };
        let mut of: Vec<(String, usize)> = match facet {
            Facet::Environment => named(&self.environments),
            Facet::Owner => named(&self.owners),
            Facet::Standing => {
                let worst = Standing::ALL.iter().rev();
                worst.map(|one| (one.as_str().to_owned(), at(&self.standings, *one as usize))).collect::<Vec<_>>()
            }
            Facet::Age => {
                Age::ALL.iter().map(|one| (one.as_str().to_owned(), at(&self.ages, *one as usize))).collect::<Vec<_>>()
            }
            Facet::Gap => GapKind::ALL
                .iter()
                .map(|one| (one.as_str().to_owned(), at(&self.kinds, *one as usize)))
                .collect::<Vec<_>>(),
        };
        // What an address chose and the catalog lacks stays visible, so that it can be taken back.
        if let Some(values) = rows.named(facet) {
            let missing: Vec<_> = view.chosen(facet).iter().filter(|one| !values.has(one)).collect();
            for one in missing {
                let place = of.partition_point(|(name, _)| (name.is_empty(), name) < (one.is_empty(), one));
                of.insert(place, (one.clone(), 0));
            }
        }
        of
    }
}

fn one_more(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// What is counted of the rows that a view shows.
#[derive(Debug)]
pub(super) struct Seen {
    shown: usize,
    answered: [usize; 7],
    counts: [Vec<(String, usize)>; FACETS],
}

impl Rows {
    /// Filters, counts, sorts and groups.
    #[must_use]
    pub fn arrange(&self, view: &CatalogView) -> Arranged {
        let found = self.found(&view.query.trim().to_lowercase());
        let mut places = self.ordered(view);
        let is_whole = found.is_none() && Facet::ALL.iter().all(|facet| view.chosen(*facet).is_empty());
        let seen = if is_whole {
            self.whole(|| self.see(view, None, &mut []))
        } else {
            let mut is_shown = vec![false; self.all().len()];
            let seen = self.see(view, found.as_deref(), &mut is_shown);
            places.retain(|at| is_shown.get(*at as usize).copied().unwrap_or(false));
            Arc::new(seen)
        };
        let (places, groups) = self.grouped(places, view.group);
        Arranged { places, groups, shown: seen.shown, answered: seen.answered, counts: seen.counts.clone() }
    }

    /// Looks at the rows in which the text was found, or at all of them, and marks those that are shown.
    fn see(&self, view: &CatalogView, found: Option<&Found>, is_shown: &mut [bool]) -> Seen {
        let (chosen, mut counts) = (Chosen::of(self, view), Counts::of(self));
        let (mut shown, mut answered) = (0, [0; 7]);
        let mut see = |at: u32| {
            let Some(row) = self.all().get(at as usize) else { return };
            let missed = chosen.missed(self, at, row);
            // Beside the choice of the other facets: a row that one facet alone leaves out counts there.
            if missed.count_ones() < 2 {
                counts.count(self, at, row, missed);
            }
            if missed != 0 {
                return;
            }
            shown += 1;
            if let Some(mark) = is_shown.get_mut(at as usize) {
                *mark = true;
            }
            for (sum, question) in answered.iter_mut().zip(Question::ALL) {
                *sum += usize::from(row.is_in(*question, CellState::Answered));
            }
        };
        match found {
            Some(found) => found.rows.iter().copied().for_each(&mut see),
            None => (0..).take(self.all().len()).for_each(&mut see),
        }
        let counts = core::array::from_fn(|nth| {
            Facet::ALL.get(nth).map_or_else(Vec::new, |facet| counts.values(self, *facet, view))
        });
        Seen { shown, answered, counts }
    }

    /// The places of all rows in the view's order.
    fn ordered(&self, view: &CatalogView) -> Vec<u32> {
        if let Some(sorted) = self.sorted(view.sort) {
            return sorted.places(view.reversed);
        }
        let mut all = Vec::with_capacity(self.all().len());
        all.extend((0_u32..).take(self.all().len()));
        if view.reversed {
            all.reverse();
        }
        all
    }

    fn grouped(&self, places: Vec<u32>, grouping: Grouping) -> (Vec<u32>, Vec<(usize, String)>) {
        if grouping == Grouping::None {
            return (places, Vec::new());
        }
        let key = |at: u32| {
            let Some(row) = self.all().get(at as usize) else { return 0 };
            match grouping {
                Grouping::None => 0,
                Grouping::Environment => self.environments.rank(row.environment),
                Grouping::Owner => self.owners.rank(row.owner),
                Grouping::Standing => Standing::Failing as usize - row.standing as usize,
                Grouping::Kind => self.kind(row) as usize,
            }
        };
        let keys = [EntityKind::ALL.len(), self.environments.len(), self.owners.len()].into_iter().max().unwrap_or(0);
        let order = counted(places.len(), keys, &|nth| places.get(nth).map_or(0, |at| key(*at)));
        let grouped: Vec<u32> = order.iter().filter_map(|nth| places.get(*nth as usize).copied()).collect();
        let (mut groups, mut start) = (Vec::new(), 0);
        for group in grouped.chunk_by(|a, b| key(*a) == key(*b)) {
            let first = group.first().and_then(|at| self.all().get(*at as usize));
            let value = first.map_or("", |row| match grouping {
                Grouping::None => "",
                Grouping::Environment => self.environments.name(row.environment),
                Grouping::Owner => self.owners.name(row.owner),
                Grouping::Standing => row.standing.as_str(),
                Grouping::Kind => self.kind(row).as_str(),
            });
            groups.push((start, value.to_owned()));
            start += group.len();
        }
        (grouped, groups)
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
        // Before a group stand its rows' forerunners and as many lines as groups are before it.
        let (mut low, mut high) = (0, self.groups.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.groups.get(middle).is_some_and(|(start, _)| start + middle <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if let Some((start, value)) = low.checked_sub(1).and_then(|nth| self.groups.get(nth))
            && start + low - 1 == at
        {
            let end = self.groups.get(low).map_or(self.places.len(), |(next, _)| *next);
            return Some(Line::Group(value, end - start));
        }
        self.places.get(at - low).map(|place| Line::Row(*place as usize))
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
        Some(at + self.groups.partition_point(|(start, _)| *start <= at))
    }
}
