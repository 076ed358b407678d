//! A migration wave: what has to move, what is decided, and what stands in the way.

use serde_json::Value;

use crate::{
    coverage,
    entity::{EntityKind, EntityRef, RelationKind, keys},
    event::{Claim, Outcome},
    evidence::Observation,
    health::{Context, health},
    standing::Standing,
};

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
    pub by: Option<Observation>,
    /// Whether its backups are proven.
    pub backup: Standing,
    /// Whether a restore is tested.
    pub restore: Standing,
    /// Whether the target is proven healthy.
    pub target: Standing,
}

impl Move {
    /// Done, and not told otherwise since.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.step.as_deref() == Some("done")
    }

    /// Whether a prerequisite is not proven, or nothing is decided, or a step says blocked.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        let all = [self.backup, self.restore, self.target];
        !self.is_done()
            && (self.disposition.is_none()
                || self.step.as_deref() == Some("blocked")
                || all.iter().any(|standing| *standing != Standing::Proven))
    }
}

/// A wave with its moves.
#[derive(Clone, Debug)]
pub struct Wave {
    /// The environment that is left.
    pub from: Option<EntityRef>,
    /// The environment that is entered.
    pub to: Option<EntityRef>,
    /// Every service and data store that runs in the environment that is left.
    pub moves: Vec<Move>,
}

impl Wave {
    /// How many moves are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.moves.iter().filter(|one| one.is_done()).count()
    }
}

/// Evaluates a wave.
#[must_use]
pub fn wave(context: Context<'_>, id: &EntityRef) -> Wave {
    let from = context.index.value(id, keys::MOVES_FROM).and_then(|text| text.parse::<EntityRef>().ok());
    let to = context.index.targets(id, RelationKind::MovesTo).map(|relation| relation.to.clone()).next();
    let target = to.as_ref().map_or(Standing::Unproven, |to| health(context, to).standing);
    let mut moves = Vec::new();
    if let Some(from) = &from {
        for kind in [EntityKind::Service, EntityKind::DataStore] {
            let members = context.index.in_environment(from, kind);
            moves.extend(members.into_iter().map(|entity| one_move(context, &entity.id, target)));
        }
    }
    Wave { from, to, moves }
}

fn one_move(context: Context<'_>, id: &EntityRef, target: Standing) -> Move {
    let steps = || context.log.of(id).iter().rev().filter(|observation| observation.claim == Claim::Migration);
    let said = |key: &str| {
        steps().find_map(|observation| observation.event.metadata.get(key).and_then(Value::as_str)).map(str::to_owned)
    };
    let (backup, restore) = coverage::standings(&coverage::covered(context, id));
    Move {
        disposition: said("disposition").or_else(|| context.index.value(id, keys::DISPOSITION).map(str::to_owned)),
        step: said("step"),
        by: steps().next().cloned(),
        entity: id.clone(),
        backup,
        restore,
        target,
    }
}

/// The waves that leave the environment in which an entity runs.
#[must_use]
pub fn waves_for(context: Context<'_>, id: &EntityRef) -> Vec<EntityRef> {
    let Some(environment) = context.index.environment_of(id) else { return Vec::new() };
    let environment = environment.to_string();
    let leaves = |wave: &&crate::Entity| wave.fact(keys::MOVES_FROM).is_some_and(|fact| fact.value == environment);
    context.index.of_kind(EntityKind::MigrationWave).filter(leaves).map(|wave| wave.id.clone()).collect()
}

/// Whether a step event reports trouble.
#[must_use]
pub fn is_trouble(observation: &Observation) -> bool {
    matches!(observation.outcome, Outcome::NotMet { .. })
}
