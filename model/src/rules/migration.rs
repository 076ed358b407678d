//! A migration wave: what has to move, what is decided, and what stands in the way.
use std::sync::Arc;

use serde_json::Value;

use super::{
    context::Context,
    coverage::{self, Covered},
    health::{Health, health},
};
use crate::{
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys, wire_enum},
    event::{Claim, Outcome},
    evidence::{ClaimState, Observation, Standing},
};

wire_enum! {
    /// What has to be shown before something may move, in the order in which it is asked for.
    Need {
        /// It is decided what becomes of it.
        Decision = "decision",
        /// A backup of it is proven.
        Backup = "backup",
        /// A restore of it was tested.
        Restore = "restore",
        /// What it moves to is proven healthy. What retires moves to nothing.
        Target = "target",
    }
}

wire_enum! {
    /// How far something has come, from the left of a board to its right.
    Stage {
        /// Nothing is decided: the first gap.
        Undecided = "undecided",
        /// Decided, but a need is not met or a step says blocked.
        Blocked = "blocked",
        /// Every need is met, and it has not started.
        Ready = "ready",
        /// Started.
        Moving = "moving",
        /// Done.
        Moved = "moved",
    }
}

/// One need of a move.
#[derive(Clone, Debug)]
pub struct Prerequisite {
    /// What is needed.
    pub need: Need,
    /// Whether it is proven. A decision is taken or not; it does not go stale.
    pub standing: Standing,
    /// What would meet it; empty where it is met.
    pub clearing: Vec<Clearing>,
}

impl Prerequisite {
    /// Whether it is met now.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.standing == Standing::Proven
    }
}

/// Evidence that would meet a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearing {
    /// What the evidence has to be about.
    pub subject: EntityRef,
    /// What the evidence says now.
    pub standing: Standing,
    /// The event types that would show it; empty where nothing of the kind can be recorded.
    pub events: Vec<String>,
}

/// One service or data store of a wave.
#[derive(Clone, Debug)]
pub struct Move {
    /// What moves.
    pub entity: EntityRef,
    /// `move`, `replace` or `retire`; `None` is undecided, which is a gap.
    pub disposition: Option<String>,
    /// `planned`, `started`, `done` or `blocked`, from the latest step event.
    pub step: Option<String>,
    /// The latest step event.
    pub by: Option<Arc<Observation>>,
    /// What has to be shown first, in the order of [`Need`].
    pub needs: Vec<Prerequisite>,
}

impl Move {
    /// Done, and not told otherwise since.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.step.as_deref() == Some("done")
    }

    /// Whether a need is not met or a step says blocked.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        !self.is_done() && (self.is_held() || self.needs.iter().any(|need| !need.is_met()))
    }

    /// Whether the latest step says blocked.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.step.as_deref() == Some("blocked")
    }

    /// How far it has come. What has started is moving, even where a need is not met (any more).
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self.step.as_deref() {
            Some("done") => Stage::Moved,
            Some("started") => Stage::Moving,
            _ if self.disposition.is_none() => Stage::Undecided,
            _ if self.is_blocked() => Stage::Blocked,
            _ => Stage::Ready,
        }
    }

    /// How many of its needs are met in a row, from the first.
    #[must_use]
    pub fn reach(&self) -> usize {
        self.needs.iter().take_while(|need| need.is_met()).count()
    }

    /// Why it is blocked, in the words of the latest step; empty where it says nothing.
    #[must_use]
    pub fn reason(&self) -> &str {
        let by = self.by.as_ref().and_then(|by| by.event.metadata.get("reason"));
        by.and_then(Value::as_str).unwrap_or_default()
    }
}

/// A wave with its moves.
#[derive(Clone, Debug)]
pub struct Wave {
    /// The environment that is left.
    pub from: Option<EntityRef>,
    /// The environment that is entered.
    pub to: Option<EntityRef>,
    /// Every service and data store that runs in the environment that is left, but those that a step
    /// assigns to another wave.
    pub moves: Vec<Move>,
}

/// Something that holds up moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker<'a> {
    /// A step of this move says blocked.
    Held(&'a EntityRef, &'a str),
    /// A need is not met; one piece of evidence may be missing for several moves.
    Open {
        /// What is needed.
        need: Need,
        /// What would meet it.
        clearing: &'a Clearing,
        /// How many moves wait for it.
        holds: usize,
    },
}

impl Wave {
    /// How many moves are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.moves.iter().filter(|one| one.is_done()).count()
    }

    /// What stands in the way, in the order in which to take it up: what somebody reports as blocked,
    /// then decisions, backups, restores, the target; what holds up more before what holds up less.
    #[must_use]
    pub fn blockers(&self) -> Vec<Blocker<'_>> {
        let mut blockers = Vec::new();
        for one in self.moves.iter().filter(|one| one.is_held()) {
            blockers.push(Blocker::Held(&one.entity, one.reason()));
        }
        for need in Need::ALL {
            let mut found: Vec<(&Clearing, usize)> = Vec::new();
            for one in self.moves.iter().filter(|one| !one.is_done()) {
                let Some(prerequisite) = one.needs.iter().find(|other| other.need == *need) else { continue };
                for clearing in &prerequisite.clearing {
                    match found.iter_mut().find(|(other, _)| other.subject == clearing.subject) {
                        Some((_, holds)) => *holds += 1,
                        None => found.push((clearing, 1)),
                    }
                }
            }
            for count in (1..=self.moves.len()).rev() {
                for (clearing, holds) in &found {
                    if *holds == count {
                        blockers.push(Blocker::Open { need: *need, clearing, holds: count });
                    }
                }
            }
        }
        blockers
    }

    /// The first move that could start now.
    #[must_use]
    pub fn next(&self) -> Option<&Move> {
        self.moves.iter().find(|one| one.stage() == Stage::Ready)
    }
}

/// Evaluates a wave.
#[must_use]
pub fn wave(context: Context<'_>, id: &EntityRef) -> Wave {
    let from = left_by(context, id);
    let to = context.index.targets(id, RelationKind::MovesTo).map(|relation| relation.to.clone()).next();
    let target = target(context, to.as_ref());
    let mut moves = Vec::new();
    if let Some(from) = &from {
        for kind in [EntityKind::Service, EntityKind::DataStore] {
            for member in context.index.in_environment(from, kind) {
                if assigned(context, member).is_none_or(|wave| wave == *id) {
                    moves.push(one_move(context, member, &target));
                }
            }
        }
    }
    Wave { from, to, moves }
}

/// The environment that a wave leaves.
fn left_by(context: Context<'_>, id: &EntityRef) -> Option<EntityRef> {
    context.index.value(id, keys::MOVES_FROM).and_then(|text| text.parse().ok())
}

/// What the latest step events of an entity say, newest first.
fn said<'a>(context: Context<'a>, id: &EntityRef, key: &str) -> Option<&'a str> {
    let steps = context.log.of(id).iter().rev().filter(|observation| observation.claim == Claim::Migration);
    steps.filter_map(|observation| observation.event.metadata.get(key)).find_map(Value::as_str)
}

/// The wave that a step event assigns something to, where the catalog has it.
fn assigned(context: Context<'_>, id: &EntityRef) -> Option<EntityRef> {
    let wave: EntityRef = said(context, id, "wave")?.parse().ok()?;
    Some(wave).filter(|wave| context.index.has(wave))
}

fn one_move(context: Context<'_>, id: &EntityRef, target: &Prerequisite) -> Move {
    let disposition =
        said(context, id, "disposition").or_else(|| context.index.value(id, keys::DISPOSITION)).map(str::to_owned);
    let cover = coverage::covered(context, id);
    let mut needs = vec![
        decision(context, id, disposition.is_some()),
        cover_need(context, &cover, Need::Backup, Claim::Backup, |covered| &covered.backup),
        cover_need(context, &cover, Need::Restore, Claim::Restore, |covered| &covered.restore),
    ];
    if disposition.as_deref() != Some("retire") {
        needs.push(target.clone());
    }
    let steps = context.log.of(id).iter().rev().find(|observation| observation.claim == Claim::Migration);
    Move {
        step: said(context, id, "step").map(str::to_owned),
        by: steps.cloned(),
        entity: id.clone(),
        disposition,
        needs,
    }
}

fn decision(context: Context<'_>, id: &EntityRef, taken: bool) -> Prerequisite {
    let standing = if taken { Standing::Proven } else { Standing::Unproven };
    let mut open = Vec::new();
    if !taken {
        open.push(clearing(context, id, standing, Claim::Migration));
    }
    Prerequisite { need: Need::Decision, standing, clearing: open }
}

fn cover_need(
    context: Context<'_>,
    cover: &[Covered],
    need: Need,
    claim: Claim,
    state: fn(&Covered) -> &ClaimState,
) -> Prerequisite {
    let mut open = Vec::new();
    let mut standing = Standing::Proven;
    for covered in cover {
        let own = state(covered).standing;
        standing = standing.max(own);
        if own != Standing::Proven {
            open.push(clearing(context, &covered.subject, own, claim));
        }
    }
    Prerequisite { need, standing, clearing: open }
}

/// Whether the environment that is entered is proven healthy, and which of its parts is not.
fn target(context: Context<'_>, to: Option<&EntityRef>) -> Prerequisite {
    let whole = to.map_or_else(Health::default, |to| health(context, to));
    let mut open = Vec::new();
    for part in &whole.parts {
        if part.standing != Standing::Proven {
            open.push(clearing(context, &part.subject, part.standing, Claim::Health));
        }
    }
    Prerequisite { need: Need::Target, standing: whole.standing, clearing: open }
}

fn clearing(context: Context<'_>, subject: &EntityRef, standing: Standing, claim: Claim) -> Clearing {
    let mut events = Vec::new();
    for name in context.log.event_types(claim, subject.kind) {
        events.push(name.to_owned());
    }
    Clearing { subject: subject.clone(), standing, events }
}

/// The waves that leave the environment in which an entity runs.
#[must_use]
pub fn waves_for(context: Context<'_>, id: &EntityRef) -> Vec<EntityRef> {
    let Some(environment) = context.index.environment_of(id) else { return Vec::new() };
    let environment = environment.to_string();
    let waves = context.index.of_kind(EntityKind::MigrationWave);
    let leaves = |wave: &Entity| wave.fact(keys::MOVES_FROM).is_some_and(|fact| fact.value == environment);
    waves.filter(|wave| leaves(wave)).map(|wave| wave.id.clone()).collect()
}

/// Whether a step event reports trouble.
#[must_use]
pub fn is_trouble(observation: &Observation) -> bool {
    matches!(observation.outcome, Outcome::NotMet { .. })
}
