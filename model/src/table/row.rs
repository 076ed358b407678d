//! One row of the table: what is needed of an entity to find, count, sort and group it.

use std::{collections::HashSet, sync::Arc};

use super::{Age, CellState, Facet, facets::Names};
use crate::{
    catalog::{CatalogIndex, EntityId},
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    gap::GapKind,
    health::{Context, health},
    questions::{Question, answers},
    standing::Standing,
    timestamp::Timestamp,
};

/// One service or data store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The entity.
    pub(super) entity: EntityId,
    /// Its environment and its owners, or none, by their places among the names of these facets.
    pub(super) environment: usize,
    pub(super) owners: Arc<[usize]>,
    /// Whether a gap of each kind is recorded for it, in the order of [`GapKind::ALL`].
    gap_kinds: [bool; GapKind::ALL.len()],
    recorded_gaps: u16,
    /// How far each question is answered.
    cells: [CellState; Question::ALL.len()],
    /// How many gaps are recorded for it, and questions open.
    pub gaps: u16,
    /// Its standing.
    pub standing: Standing,
    /// When its youngest evidence was recorded.
    pub latest: Option<Timestamp>,
    /// How old that evidence is.
    pub age: Age,
}

impl Row {
    /// How far a question is answered.
    #[must_use]
    pub fn cell(&self, question: Question) -> CellState {
        self.cells.get(question as usize).copied().unwrap_or(CellState::Gap)
    }

    /// Its values of a facet, by their places among the values of the facet.
    pub(super) fn values(&self, facet: Facet) -> impl Iterator<Item = usize> {
        let one = match facet {
            Facet::Environment => Some(self.environment),
            Facet::Standing => Some(self.standing as usize),
            Facet::Age => Some(self.age as usize),
            Facet::Owner | Facet::Gap => None,
        };
        let owners = if facet == Facet::Owner { &*self.owners } else { &[] };
        let kinds = if facet == Facet::Gap { &self.gap_kinds[..] } else { &[] };
        let kinds = kinds.iter().enumerate().filter(|(_, has)| **has).map(|(kind, _)| kind);
        one.into_iter().chain(owners.iter().copied()).chain(kinds)
    }

    /// The row of an entity about which no evidence is at hand: nothing is proven, and how far a question is
    /// answered depends on the catalog alone. Most rows of a large catalog are like that, so this does not ask
    /// the rules, which collect facts for each answer. A test compares both.
    pub(super) fn recorded(known: &Known<'_>, id: EntityId, entity: &Entity) -> Self {
        let index = known.index;
        let has = |kind: RelationKind| index.edges_from(id).any(|(of, _)| of == kind);
        let serves = || index.edges_to(id).any(|(of, _)| of == RelationKind::StoredIn);
        let says = |key: &str| entity.fact(key).is_some();
        let environment = index.environment_at(id);
        let leaves = || environment.is_some_and(|environment| known.left.contains(&environment));
        let answered_if = |yes: bool| if yes { CellState::Answered } else { CellState::Gap };
        let partly_if = |yes: bool| if yes { CellState::Partly } else { CellState::Gap };
        let cell = |question| match question {
            Question::RunsWhere if has(RelationKind::RunsOn) => CellState::Answered,
            Question::RunsWhere => partly_if(says(keys::ENVIRONMENT_TEXT)),
            Question::OwnedBy => answered_if(has(RelationKind::OwnedBy)),
            Question::ExposedBy => answered_if(has(RelationKind::ExposedBy) || serves()),
            Question::StoredIn => answered_if(has(RelationKind::StoredIn)),
            Question::CoveredBy => CellState::Gap,
            Question::MovesTo if has(RelationKind::MovesTo) => CellState::Answered,
            Question::MovesTo => partly_if(leaves()),
            Question::ProvenBy => partly_if(says(keys::EVIDENCE)),
        };
        let mut row = Self {
            entity: id,
            environment: known.environments.place(environment),
            owners: owners(index, id).map(|owner| known.owners.place(owner)).collect(),
            gap_kinds: [false; GapKind::ALL.len()],
            recorded_gaps: 0,
            cells: [CellState::Gap; Question::ALL.len()],
            gaps: 0,
            standing: Standing::Unproven,
            latest: None,
            age: Age::None,
        };
        for gap in index.gaps_at(id) {
            row.recorded_gaps = row.recorded_gaps.saturating_add(1);
            for kind in &gap.kinds {
                row.gap_kinds[*kind as usize] = true;
            }
        }
        row.answer(Question::ALL.iter().map(|question| cell(*question)));
        row
    }

    /// Asks the rules about its entity.
    pub(super) fn observe(&mut self, context: Context<'_>, id: &EntityRef) {
        let health = health(context, id);
        self.standing = health.standing;
        self.latest = health.latest().map(|observation| observation.event.time);
        self.age = Age::of(self.latest, context.now);
        self.answer(answers(context, id).iter().map(CellState::of));
    }

    /// Takes in how far the questions are answered, in their order.
    fn answer(&mut self, cells: impl Iterator<Item = CellState>) {
        self.gaps = self.recorded_gaps;
        for (slot, cell) in self.cells.iter_mut().zip(cells) {
            *slot = cell;
            self.gaps = self.gaps.saturating_add(u16::from(cell != CellState::Answered));
        }
    }
}

/// What rows are computed from.
pub(super) struct Known<'a> {
    pub(super) index: &'a CatalogIndex,
    pub(super) environments: &'a Names,
    pub(super) owners: &'a Names,
    /// The environments that migration waves leave.
    pub(super) left: HashSet<EntityId>,
}

/// What owns an entity, of several with one name the first; `None` once where nothing does.
pub(super) fn owners(index: &CatalogIndex, id: EntityId) -> impl Iterator<Item = Option<EntityId>> {
    let name = |id: EntityId| &index.reference(id).name;
    let mut owners: Vec<EntityId> = Vec::new();
    for (kind, owner) in index.edges_from(id) {
        if kind == RelationKind::OwnedBy && !owners.iter().any(|other| name(*other) == name(owner)) {
            owners.push(owner);
        }
    }
    let none = owners.is_empty().then_some(None);
    owners.into_iter().map(Some).chain(none)
}

/// The environments that migration waves leave.
pub(super) fn left_environments(index: &CatalogIndex) -> HashSet<EntityId> {
    let waves = index.of_kind(EntityKind::MigrationWave);
    let from = waves.filter_map(|wave| wave.fact(keys::MOVES_FROM)?.value.parse().ok());
    from.filter_map(|from: EntityRef| index.id(&from)).collect()
}
