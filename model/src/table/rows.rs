//! All rows of a catalog, and how they follow the evidence.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Age, Row, SortKey,
    facets::{Counted, Names},
    row::{Known, left_environments, owners},
    search::{Found, Texts},
};
use crate::{
    catalog::{CatalogIndex, EntityId},
    entity::{EntityKind, EntityRef, RelationKind},
    health::Context,
    questions::is_asked_about,
    timestamp::Timestamp,
};

/// One row for each service and data store of a catalog, in the inventory's order.
#[derive(Debug, Default)]
pub struct Rows {
    pub(super) index: CatalogIndex,
    rows: Vec<Row>,
    pub(super) environments: Arc<Names>,
    pub(super) owners: Arc<Names>,
    prepared: Mutex<Prepared>,
}

/// What is worked out when it is first asked for.
#[derive(Debug, Default)]
struct Prepared {
    texts: Option<Arc<Texts>>,
    found: Option<Arc<Found>>,
    /// The places of all rows in the order of a key, and in the reversed one.
    sorted: HashMap<(SortKey, bool), Arc<Vec<u32>>>,
    /// What is counted of all rows.
    counted: Option<Arc<Counted>>,
}

impl Rows {
    /// Computes the rows of a catalog.
    #[must_use]
    pub fn new(context: Context<'_>) -> Self {
        let index = context.index;
        let is_row = |id: &EntityId| is_asked_about(index.reference(*id).kind);
        let ids: Vec<EntityId> = index.order().iter().copied().filter(is_row).collect();
        let environments = Names::new(index, ids.iter().map(|id| index.environment_at(*id)));
        let owners = Names::new(index, ids.iter().flat_map(|id| owners(index, *id)));
        let known = Known { index, environments: &environments, owners: &owners, left: left_environments(index) };
        let observed = observed(context);
        let row = |id: EntityId| {
            let entity = index.entity_at(id)?;
            let mut row = Row::recorded(&known, id, entity);
            if observed[id.at()] {
                row.observe(context, &entity.id);
            }
            Some(row)
        };
        let rows = ids.into_iter().filter_map(row).collect();
        let (environments, owners) = (Arc::new(environments), Arc::new(owners));
        Self { index: index.clone(), rows, environments, owners, prepared: Mutex::default() }
    }

    /// The same rows after evidence about these entities came, went stale or opened a window; equal to
    /// rows computed anew from the same catalog. What does not depend on evidence is kept, and everything
    /// where no row says anything else: time passes more often than something happens.
    #[must_use]
    pub fn follow(self: &Arc<Self>, context: Context<'_>, moved: &[EntityRef]) -> Arc<Self> {
        let index = &self.index;
        let mut concerned = vec![false; index.references()];
        for subject in moved.iter().filter_map(|id| index.id(id)) {
            mark_concerned(index, subject, &mut concerned);
        }
        let is_concerned = |row: &Row| concerned.get(row.entity.at()).copied().unwrap_or(false);
        let age = |row: &Row| Age::of(row.latest, context.now);
        if !self.rows.iter().any(|row| is_concerned(row) || row.age != age(row)) {
            return self.clone();
        }
        let mut rows = self.rows.clone();
        for row in &mut rows {
            if is_concerned(row) {
                row.observe(context, index.reference(row.entity));
            } else {
                row.age = age(row);
            }
        }
        let prepared = Mutex::new(self.prepared().without_evidence());
        let (environments, owners) = (self.environments.clone(), self.owners.clone());
        Arc::new(Self { index: index.clone(), rows, environments, owners, prepared })
    }

    /// Every row.
    #[must_use]
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// When the youngest evidence of the row at a place was recorded.
    #[must_use]
    pub fn latest(&self, at: usize) -> Option<Timestamp> {
        self.rows.get(at)?.latest
    }

    /// When the youngest evidence of all was recorded.
    #[must_use]
    pub fn youngest(&self) -> Option<Timestamp> {
        self.rows.iter().filter_map(|row| row.latest).max()
    }

    /// The place of an entity's row.
    #[must_use]
    pub fn place(&self, id: &EntityRef) -> Option<usize> {
        let entity = self.index.id(id)?;
        self.rows.iter().position(|row| row.entity == entity)
    }

    /// The entity of a row.
    #[must_use]
    pub fn id(&self, row: &Row) -> &EntityRef {
        self.index.reference(row.entity)
    }

    /// The kind of a row's entity.
    #[must_use]
    pub fn kind(&self, row: &Row) -> EntityKind {
        self.id(row).kind
    }

    /// The environment of a row; empty for none.
    #[must_use]
    pub fn environment(&self, row: &Row) -> &str {
        self.environments.get(row.environment)
    }

    /// The rows in which a text is found, which is in lower case; `None` for all.
    pub(super) fn found(&self, query: &str) -> Option<Arc<Found>> {
        if query.is_empty() {
            return None;
        }
        let texts = self.texts();
        let mut prepared = self.prepared();
        let before = prepared.found.take();
        let found = match before {
            Some(found) if found.query == query => found,
            before => Arc::new(Found::new(self, &texts, query, before.as_deref())),
        };
        prepared.found = Some(found.clone());
        Some(found)
    }

    /// The texts that are searched and sorted by.
    pub(super) fn texts(&self) -> Arc<Texts> {
        self.prepared().texts.get_or_insert_with(|| Arc::new(Texts::new(&self.index))).clone()
    }

    /// The places of all rows in an order, which `sort` gives where nobody has asked for it yet.
    pub(super) fn sorted(&self, key: (SortKey, bool), sort: impl FnOnce() -> Vec<u32>) -> Arc<Vec<u32>> {
        if let Some(sorted) = self.prepared().sorted.get(&key) {
            return sorted.clone();
        }
        let sorted = Arc::new(sort());
        self.prepared().sorted.insert(key, sorted.clone());
        sorted
    }

    /// What is counted of all rows, by `count` where nobody has asked for it yet.
    pub(super) fn counted(&self, count: impl FnOnce() -> Counted) -> Arc<Counted> {
        self.prepared().counted.get_or_insert_with(|| Arc::new(count())).clone()
    }

    fn prepared(&self) -> std::sync::MutexGuard<'_, Prepared> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Prepared {
    /// What stays true when evidence changes.
    fn without_evidence(&self) -> Self {
        let lasts = |key: SortKey| matches!(key, SortKey::Name | SortKey::Kind | SortKey::Environment);
        let lasting = self.sorted.iter().filter(|((key, _), _)| lasts(*key));
        Self {
            texts: self.texts.clone(),
            found: self.found.clone(),
            sorted: lasting.map(|(key, sorted)| (*key, sorted.clone())).collect(),
            counted: None,
        }
    }
}

/// Marks, by number, the entities whose rows evidence says something about.
fn observed(context: Context<'_>) -> Vec<bool> {
    let index = context.index;
    let mut marks = vec![false; index.references()];
    for subject in context.log.by_entity().filter_map(|(subject, _)| index.id(subject)) {
        mark_concerned(index, subject, &mut marks);
    }
    marks
}

/// Marks the entities whose rows say something about a subject: itself, what it exposes, what it backs, what
/// it is a part of.
fn mark_concerned(index: &CatalogIndex, subject: EntityId, marks: &mut [bool]) {
    let rests = |kind| matches!(kind, RelationKind::ExposedBy | RelationKind::StoredIn);
    let users = index.edges_to(subject).filter(|(kind, _)| rests(*kind));
    let wholes = index.edges_from(subject).filter(|(kind, _)| *kind == RelationKind::PartOf);
    for id in users.chain(wholes).map(|(_, id)| id).chain([subject]) {
        if let Some(mark) = marks.get_mut(id.at()) {
            *mark = true;
        }
    }
}
