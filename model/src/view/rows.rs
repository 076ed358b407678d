//! The catalog boiled down to rows.
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Facet, Row, SortKey, arrange::Seen, follow::mark, order::Sorted, row::Maker, search::Found, values::Values,
};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    health::Context,
    index::{CatalogIndex, NONE, Placed},
    questions::is_asked_about,
    timestamp::Timestamp,
};

/// One row an entity that the questions are asked about, in the inventory's order.
#[derive(Debug, Default)]
pub struct Rows {
    pub(super) index: CatalogIndex,
    pub(super) rows: Vec<Row>,
    /// When the youngest evidence of a row was recorded, by the row's place: few rows have any.
    pub(super) latest: Vec<(u32, Timestamp)>,
    /// The owners of a row beyond its first, by the row's place.
    owners_beyond: Vec<(u32, u32)>,
    pub(super) environments: Values,
    pub(super) owners: Values,
    /// The numbers of the entities whose rows follow evidence.
    pub(super) touched: Vec<u32>,
    prepared: Mutex<Prepared>,
}

/// What is worked out when it is first asked for.
#[derive(Debug, Default)]
struct Prepared {
    found: Option<Arc<Found>>,
    sorted: Vec<(SortKey, Arc<Sorted>)>,
    /// What is counted of all rows.
    whole: Option<Arc<Seen>>,
}

impl Rows {
    /// Boils the catalog down.
    #[must_use]
    pub fn new(context: Context<'_>) -> Self {
        Self::after(context, None)
    }

    /// Boils the catalog down, with what an earlier time did of it: the rows of pages that were there
    /// already, and about which no evidence is or was at hand, are taken over.
    #[must_use]
    pub fn after(context: Context<'_>, before: Option<&Self>) -> Self {
        let (maker, index) = (Maker::new(context), context.index);
        let waves = |index: &CatalogIndex| index.count(EntityKind::MigrationWave);
        let before = before
            .filter(|before| !index.is_mixed && index.continues(&before.index) && waves(index) == waves(&before.index));
        let known = before.map_or(0, |before| before.index.len());
        let mut rows = Self { index: index.clone(), touched: maker.touched().to_vec(), ..Self::default() };
        let asked = EntityKind::ALL.iter().filter(|kind| is_asked_about(**kind));
        rows.rows.reserve_exact(asked.map(|kind| index.count(*kind)).sum());
        if let Some(before) = before {
            rows.rows.extend_from_slice(&before.rows);
            rows.latest.clone_from(&before.latest);
            rows.owners_beyond.clone_from(&before.owners_beyond);
            (rows.environments, rows.owners) = (before.environments.clone(), before.owners.clone());
            // What a new page stores in what an old one has.
            let mut again = [before.touched.as_slice(), &rows.touched].concat();
            index.each(known, &mut |placed| {
                placed.each_link(&mut |link| {
                    if link.kind == RelationKind::StoredIn {
                        again.push(link.to);
                    }
                });
            });
            rows.renew(&maker, &again);
        }
        index.each(known, &mut |placed| {
            if is_asked_about(index.named(placed.number()).0) {
                let (mut row, latest) = maker.row(placed);
                rows.values(&mut row);
                let place = u32::try_from(rows.rows.len()).unwrap_or(NONE);
                if let Some(latest) = latest {
                    rows.latest.push((place, latest));
                }
                rows.rows.push(row);
            }
        });
        rows.environments.settle();
        rows.owners.settle();
        rows
    }

    /// The same rows, with other ones that follow evidence.
    pub(super) fn twin(&self, touched: Vec<u32>) -> Self {
        let prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        let lasting = prepared
            .sorted
            .iter()
            .filter(|(key, _)| matches!(key, SortKey::Name | SortKey::Kind | SortKey::Environment));
        let prepared =
            Prepared { found: prepared.found.clone(), sorted: lasting.cloned().collect::<Vec<_>>(), whole: None };
        Self {
            index: self.index.clone(),
            rows: self.rows.clone(),
            latest: self.latest.clone(),
            owners_beyond: self.owners_beyond.clone(),
            environments: self.environments.clone(),
            owners: self.owners.clone(),
            touched,
            prepared: Mutex::new(prepared),
        }
    }

    /// Makes the rows of these entities anew, of those that have one.
    pub(super) fn renew(&mut self, maker: &Maker<'_>, numbers: &[u32]) {
        let mut marks = vec![false; if numbers.is_empty() { 0 } else { self.index.numbers() }];
        numbers.iter().for_each(|number| mark(&mut marks, *number));
        let (before, mut next) = (std::mem::take(&mut self.latest), 0);
        for (at, row) in (0..).zip(&mut self.rows) {
            let mut latest = before.get(next).filter(|(of, _)| *of == at).map(|(_, latest)| *latest);
            next += usize::from(latest.is_some());
            if marks.get(row.number as usize).copied().unwrap_or(false)
                && let Some(placed) = self.index.placed(row.number)
            {
                let (environment, owner) = (row.environment, row.owner);
                (*row, latest) = maker.row(placed);
                (row.environment, row.owner) = (environment, owner);
            }
            if let Some(latest) = latest {
                self.latest.push((at, latest));
            }
        }
    }

    /// Numbers the values of a new row's facets.
    fn values(&mut self, row: &mut Row) {
        let Self { index, environments, owners, owners_beyond, rows, .. } = self;
        let place = u32::try_from(rows.len()).unwrap_or(NONE);
        row.environment = environments.number(index, index.environment(row.number).unwrap_or(NONE));
        let first = owners_beyond.len();
        index.each_from(row.number, &mut |link| {
            if link.kind != RelationKind::OwnedBy {
                return;
            }
            let owner = owners.number(index, link.to);
            let beyond = owners_beyond.get(first..).unwrap_or_default();
            if row.owner == NONE {
                row.owner = owner;
            } else if row.owner != owner && !beyond.iter().any(|(_, one)| *one == owner) {
                owners_beyond.push((place, owner));
            }
        });
        if row.owner == NONE {
            row.owner = owners.number(index, NONE);
        }
    }

    /// Every row.
    #[must_use]
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// When the youngest evidence of the row at a place was recorded.
    #[must_use]
    pub fn latest(&self, at: usize) -> Option<Timestamp> {
        let place = self.latest.partition_point(|(of, _)| (*of as usize) < at);
        self.latest.get(place).filter(|(of, _)| *of as usize == at).map(|(_, latest)| *latest)
    }

    /// When the youngest evidence of all was recorded.
    #[must_use]
    pub fn youngest(&self) -> Option<Timestamp> {
        self.latest.iter().map(|(_, latest)| *latest).max()
    }

    /// The place of an entity's row.
    #[must_use]
    pub fn place(&self, id: &EntityRef) -> Option<usize> {
        let number = self.index.number(id)?;
        self.rows.iter().position(|row| row.number == number)
    }

    /// The entity of a row.
    #[must_use]
    pub fn id(&self, row: &Row) -> EntityRef {
        self.index.id(row.number)
    }

    /// The kind of a row's entity.
    #[must_use]
    pub fn kind(&self, row: &Row) -> EntityKind {
        self.index.named(row.number).0
    }

    /// The title of a row's entity.
    pub(super) fn title(&self, row: &Row) -> Cow<'_, str> {
        match self.index.placed(row.number).map(Placed::title) {
            None => "".into(),
            Some(["", name, ""]) => name.into(),
            Some(parts) => parts.concat().into(),
        }
    }

    /// The environment of a row; empty for none.
    #[must_use]
    pub fn environment(&self, row: &Row) -> &str {
        self.environments.name(row.environment)
    }

    /// The owners of a row at its place, by their numbers.
    pub(super) fn owners_of(&self, at: u32, row: &Row) -> impl Iterator<Item = u32> {
        let start = self.owners_beyond.partition_point(|(of, _)| *of < at);
        let beyond = self.owners_beyond.get(start..).unwrap_or_default().iter();
        core::iter::once(row.owner).chain(beyond.take_while(move |(of, _)| *of == at).map(|(_, owner)| *owner))
    }

    /// The values of a facet that are names of entities.
    pub(super) const fn named(&self, facet: Facet) -> Option<&Values> {
        match facet {
            Facet::Environment => Some(&self.environments),
            Facet::Owner => Some(&self.owners),
            _ => None,
        }
    }

    /// The rows in which a text was found; `None` for all.
    pub(super) fn found(&self, query: &str) -> Option<Arc<Found>> {
        if query.is_empty() {
            return None;
        }
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if !prepared.found.as_ref().is_some_and(|found| found.is_of(query)) {
            let found = Found::new(&self.index, &self.rows, query, prepared.found.as_ref());
            prepared.found = Some(Arc::new(found));
        }
        prepared.found.clone()
    }

    /// What is counted of all rows, by `count` where nobody has asked yet.
    pub(super) fn whole(&self, count: impl FnOnce() -> Seen) -> Arc<Seen> {
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        prepared.whole.get_or_insert_with(|| Arc::new(count())).clone()
    }

    /// All rows in the order of a key; `None` for the inventory's.
    pub(super) fn sorted(&self, key: SortKey) -> Option<Arc<Sorted>> {
        if key == SortKey::Inventory {
            return None;
        }
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sorted)) = prepared.sorted.iter().find(|(of, _)| *of == key) {
            return Some(sorted.clone());
        }
        let sorted = Arc::new(Sorted::new(self, key));
        prepared.sorted.push((key, sorted.clone()));
        Some(sorted)
    }
}
