//! What a migration shows: plain data that is compared row by row.

use ops_model::{
    Context, EntityRef, Standing, Timestamp,
    migration::{Blocker, Clearing, Move, Need, Stage, wave},
};

use crate::rows::Rows;

/// A wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MigrationSummary {
    /// The environment that is left.
    pub(super) from: Option<EntityRef>,
    /// The environment that is entered.
    pub(super) to: Option<EntityRef>,
    /// How far it has come.
    pub(super) count: Count,
    /// How many moves are blocked.
    pub(super) blocked: usize,
    /// The first thing to do where nothing is in the way.
    pub(super) next: Option<Next>,
    /// Everything that moves.
    pub(super) moves: Rows<EntityRef, MoveSummary>,
    /// What moves, by how far it has come: in the order of [`Stage::ALL`].
    pub(super) lanes: Vec<Vec<EntityRef>>,
    /// What is in the way, first things first.
    pub(super) blockers: Rows<BlockerKey, BlockerSummary>,
    /// The first of them.
    pub(super) first: Option<BlockerKey>,
}

/// How many of how many moves are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) done: usize,
    pub(super) all: usize,
}

/// What to do where nothing is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Start to move this.
    Start(EntityRef),
    /// Finish to move this.
    Finish(EntityRef),
}

/// One thing that moves.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MoveSummary {
    /// What becomes of it; `None` is undecided.
    pub(super) disposition: Option<String>,
    /// What has to be shown first.
    pub(super) needs: Vec<(Need, Standing)>,
    /// What would meet the first need that is not met.
    pub(super) next: Option<(Need, Clearing)>,
    /// The latest step: its name, when, and why.
    pub(super) step: Option<(String, Timestamp, String)>,
}

/// What is in the way: one line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum BlockerKey {
    /// A step of this move says blocked.
    Held(EntityRef),
    /// This need is not met, and evidence about this entity would meet it.
    Open(Need, EntityRef),
}

/// What is said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockerSummary {
    pub(super) standing: Standing,
    /// Why a move is blocked, in the words of its step.
    pub(super) reason: String,
    /// What would clear it.
    pub(super) cure: Option<Cure>,
}

impl Default for BlockerSummary {
    fn default() -> Self {
        Self { standing: Standing::Unproven, reason: String::new(), cure: None }
    }
}

/// What would clear a need that is not met.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cure {
    /// The event types that would show it; empty where nothing of the kind can be recorded.
    pub(super) events: Vec<String>,
    /// How many of how many moves wait for it.
    pub(super) holds: (usize, usize),
}

impl MigrationSummary {
    /// What is known of a wave.
    pub(super) fn of(context: Context<'_>, id: &EntityRef) -> Self {
        let wave = wave(context, id);
        let all = wave.moves.len();
        let blockers = wave.blockers();
        let moving = || wave.moves.iter().find(|one| one.stage() == Stage::Moving);
        let start = wave.next().map(|one| Next::Start(one.entity.clone()));
        let lane = |stage: &Stage| {
            let own = wave.moves.iter().filter(|one| one.stage() == *stage);
            own.map(|one| one.entity.clone()).collect()
        };
        Self {
            count: Count { done: wave.done(), all },
            blocked: wave.moves.iter().filter(|one| one.is_blocked()).count(),
            next: start.or_else(|| moving().map(|one| Next::Finish(one.entity.clone()))),
            lanes: Stage::ALL.iter().map(lane).collect(),
            moves: wave.moves.iter().map(|one| (one.entity.clone(), MoveSummary::of(one))).collect(),
            first: blockers.first().map(BlockerKey::of),
            blockers: blockers.iter().map(|one| (BlockerKey::of(one), BlockerSummary::of(one, all))).collect(),
            from: wave.from,
            to: wave.to,
        }
    }

    /// Everything that moves.
    pub(super) fn entities(&self) -> Vec<EntityRef> {
        self.moves.order().to_vec()
    }
}

impl MoveSummary {
    fn of(one: &Move) -> Self {
        let open = one.needs.iter().find(|need| !need.is_met()).filter(|_| !one.is_done());
        let step = one.by.as_ref().zip(one.step.as_ref());
        Self {
            disposition: one.disposition.clone(),
            needs: one.needs.iter().map(|need| (need.need, need.standing)).collect(),
            next: open.and_then(|need| Some((need.need, need.clearing.first()?.clone()))),
            step: step.map(|(by, step)| (step.clone(), by.event.time, one.reason().to_owned())),
        }
    }
}

impl BlockerKey {
    fn of(blocker: &Blocker<'_>) -> Self {
        match blocker {
            Blocker::Held(id, _) => Self::Held((*id).clone()),
            Blocker::Open { need, clearing, .. } => Self::Open(*need, clearing.subject.clone()),
        }
    }

    /// The entity that it is about.
    pub(super) const fn entity(&self) -> &EntityRef {
        match self {
            Self::Held(entity) | Self::Open(_, entity) => entity,
        }
    }
}

impl BlockerSummary {
    fn of(blocker: &Blocker<'_>, all: usize) -> Self {
        match blocker {
            Blocker::Held(_, reason) => Self { standing: Standing::Failing, reason: (*reason).to_owned(), cure: None },
            Blocker::Open { clearing, holds, .. } => Self {
                standing: clearing.standing,
                reason: String::new(),
                cure: Some(Cure { events: clearing.events.clone(), holds: (*holds, all) }),
            },
        }
    }
}
