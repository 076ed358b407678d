//! What is needed of one entity to find, count, sort and group it.

use super::{Age, CellState, follow::mark};
use crate::{
    entity::{EntityKind, RelationKind, keys},
    gap::GapKind,
    health::{Context, health},
    index::{CatalogIndex, NONE, Placed},
    questions::{Question, answers, is_asked_about},
    standing::Standing,
    timestamp::Timestamp,
};

/// One entity that the questions are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the index.
    pub(super) number: u32,
    /// Its environment and its first owner among the values of these facets.
    pub(super) environment: u32,
    pub(super) owner: u32,
    /// The kinds of its gaps, a bit each.
    pub(super) kinds: u16,
    /// How many gaps are recorded for it, and questions open.
    pub gaps: u16,
    /// How far each question is answered, two bits each, the first lowest.
    cells: u16,
    /// Its standing.
    pub standing: Standing,
    /// How old its youngest evidence is.
    pub(super) age: Age,
}

impl Row {
    /// How far a question is answered.
    #[must_use]
    pub fn cell(&self, question: Question) -> CellState {
        let state = usize::from(self.cells >> (2 * question as u16) & 3);
        CellState::ALL.get(state).copied().unwrap_or(CellState::Gap)
    }

    /// Whether a question is answered so far.
    pub(super) const fn is_in(&self, question: Question, state: CellState) -> bool {
        self.cells >> (2 * question as u16) & 3 == state as u16
    }

    /// Says it of a question of which nothing is said yet.
    const fn put(&mut self, question: Question, state: CellState) {
        self.cells |= (state as u16) << (2 * question as u16);
    }
}

/// What the rows of one catalog are made by.
pub(super) struct Maker<'a> {
    context: Context<'a>,
    /// The numbers that evidence has something to say about, in order.
    touched: Vec<u32>,
    /// The numbers of the environments that a wave leaves.
    left: Vec<u32>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(context: Context<'a>) -> Self {
        let index = context.index;
        let mut left = Vec::new();
        index.each_of(EntityKind::MigrationWave, &mut |wave| {
            let from = wave.fact(keys::MOVES_FROM).and_then(|(from, _)| from.parse().ok());
            left.extend(from.and_then(|id| index.number(&id)));
        });
        Self { context, touched: touched(context), left }
    }

    /// For rows that evidence is at hand about, by their numbers in order, and for no others.
    pub(super) const fn about(context: Context<'a>, touched: Vec<u32>) -> Self {
        Self { context, touched, left: Vec::new() }
    }

    /// The numbers of the entities whose rows evidence may change.
    pub(super) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// The row of an entity, its values of facets still to be numbered, and when its youngest evidence was
    /// recorded.
    pub(super) fn row(&self, placed: Placed<'_>) -> (Row, Option<Timestamp>) {
        let number = placed.number();
        let mut row = Row {
            number,
            environment: NONE,
            owner: NONE,
            kinds: 0,
            gaps: 0,
            cells: 0,
            standing: Standing::Unproven,
            age: Age::None,
        };
        let mut latest = None;
        if self.touched.binary_search(&number).is_ok() {
            latest = self.observed(&mut row);
        } else {
            self.recorded(placed, &mut row);
        }
        for question in Question::ALL {
            row.gaps += u16::from(!row.is_in(*question, CellState::Answered));
        }
        self.context.index.each_gap(number, &mut |segment, gap| {
            row.gaps = row.gaps.saturating_add(1);
            row.kinds |= segment.kinds_of(gap).fold(0, |bits, kind| bits | bit(kind));
        });
        (row, latest)
    }

    /// By the rules themselves.
    fn observed(&self, row: &mut Row) -> Option<Timestamp> {
        let id = self.context.index.id(row.number);
        let health = health(self.context, &id);
        row.standing = health.standing;
        let latest = health.latest().map(|observation| observation.event.time);
        row.age = Age::of(latest, self.context.now);
        for (question, answer) in Question::ALL.iter().zip(answers(self.context, &id)) {
            row.put(*question, CellState::of(&answer));
        }
        latest
    }

    /// What the same rules give where there is no evidence: nothing is proven, and how far a question is
    /// answered depends on what is recorded alone. Most of a large catalog is like that.
    fn recorded(&self, placed: Placed<'_>, row: &mut Row) {
        let index = self.context.index;
        let mut has = [false; RelationKind::ALL.len()];
        index.each_from(row.number, &mut |link| {
            if let Some(has) = has.get_mut(link.kind as usize) {
                *has = true;
            }
        });
        let has = |kind: RelationKind| has.get(kind as usize).copied().unwrap_or(false);
        let said = |key| placed.fact(key).is_some();
        let number = row.number;
        let leaves = || index.environment(number).is_some_and(|environment| self.left.contains(&environment));
        let serves = || {
            let mut serves = false;
            index.each_to(number, &mut |link| serves |= link.kind == RelationKind::StoredIn);
            serves
        };
        let is = |yes: bool, otherwise| if yes { CellState::Answered } else { otherwise };
        let partly = |yes: bool| if yes { CellState::Partly } else { CellState::Gap };
        for question in Question::ALL {
            let state = match question {
                Question::RunsWhere => is(has(RelationKind::RunsOn), partly(said(keys::ENVIRONMENT_TEXT))),
                Question::OwnedBy => is(has(RelationKind::OwnedBy), CellState::Gap),
                Question::ExposedBy => is(has(RelationKind::ExposedBy) || serves(), CellState::Gap),
                Question::StoredIn => is(has(RelationKind::StoredIn), CellState::Gap),
                Question::CoveredBy => CellState::Gap,
                Question::MovesTo => is(has(RelationKind::MovesTo), partly(leaves())),
                Question::ProvenBy => partly(said(keys::EVIDENCE)),
            };
            row.put(*question, state);
        }
    }
}

/// The bit of a kind of gap.
pub(super) const fn bit(kind: GapKind) -> u16 {
    1 << kind as u16
}

/// The numbers of the services and data stores that evidence has something to say about: of themselves,
/// of their parts, of what exposes or stores them. In order, each once.
fn touched(context: Context<'_>) -> Vec<u32> {
    let index = context.index;
    let mut marks = vec![false; index.numbers()];
    let mut last = None;
    for observation in context.log.all() {
        // They come entity after entity.
        if last == Some(&observation.subject) {
            continue;
        }
        last = Some(&observation.subject);
        let Some(subject) = index.number(&observation.subject) else { continue };
        concerned_by(index, subject, &mut |number| mark(&mut marks, number));
    }
    in_order(index, &marks)
}

/// The entities whose rows say something of an entity: itself, what it exposes, what it backs, what it is
/// a part of.
pub(super) fn concerned_by(index: &CatalogIndex, subject: u32, mark: &mut dyn FnMut(u32)) {
    mark(subject);
    index.each_to(subject, &mut |link| {
        if matches!(link.kind, RelationKind::ExposedBy | RelationKind::StoredIn) {
            mark(link.from);
        }
    });
    index.each_from(subject, &mut |link| {
        if link.kind == RelationKind::PartOf {
            mark(link.to);
        }
    });
}

/// The marked numbers of those that the questions are asked about.
pub(super) fn in_order(index: &CatalogIndex, marks: &[bool]) -> Vec<u32> {
    let marked = (0..).zip(marks).filter(|(_, mark)| **mark).map(|(number, _)| number);
    marked.filter(|number| is_asked_about(index.named(*number).0)).collect::<Vec<_>>()
}
