//! Readiness gates: what has to be shown before a service counts as ready, and how far that is.

use std::{cell::LazyCell, collections::HashMap};

use super::{
    context::Context,
    coverage::{self, Covered},
    once::once,
};
use crate::{
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    event::Claim,
    evidence::{ClaimState, Standing},
    gap::GapKind,
};

/// One gate and its evidence.
#[derive(Clone, Debug)]
pub struct GateState {
    /// The gate.
    pub gate: Entity,
    /// What kind of thing it demands.
    pub kinds: Vec<GapKind>,
    /// Passed (proven), failing, stale or unproven, with the deciding observation.
    pub state: ClaimState,
    /// The event type that passes it.
    pub closed_by: &'static str,
}

/// The gates of a service in their order.
#[derive(Clone, Debug)]
pub struct Readiness {
    /// Every gate.
    pub gates: Vec<GateState>,
}

impl Readiness {
    /// How many gates are passed now.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.gates.iter().filter(|gate| gate.state.standing == Standing::Proven).count()
    }

    /// The first gate that is not passed.
    #[must_use]
    pub fn first_blocking(&self) -> Option<&GateState> {
        self.gates.iter().find(|gate| gate.state.standing != Standing::Proven)
    }

    /// Ready means at least one gate, and all passed.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.gates.is_empty() && self.first_blocking().is_none()
    }
}

/// Evaluates the gates of a service.
///
/// A gate passes by its own assessment. A gate that demands backups or restores passes also by such
/// evidence on all data stores. Either falls back when its evidence goes stale.
#[must_use]
pub fn readiness(context: Context<'_>, service: &EntityRef) -> Readiness {
    let kinds = kinds_by_text(context, service);
    let cover = LazyCell::new(|| coverage::covered(context, service));
    let mut gates = gates_of(context, service);
    gates.sort_by_key(|gate| gate.fact(keys::ORDER).and_then(|fact| fact.value.parse().ok()).unwrap_or(u32::MAX));
    let state = |gate: &Entity| gate_state(context, gate, kinds.get(&*gate.title).copied(), || cover.as_slice());
    Readiness { gates: gates.into_iter().map(state).collect() }
}

/// The gates of a service, each once, as the inventory names them.
fn gates_of<'a>(context: Context<'a>, service: &EntityRef) -> Vec<&'a Entity> {
    let parts = context.index.origins(service, RelationKind::PartOf).map(|relation| &relation.from);
    let gates = once(parts.filter(|part| part.kind == EntityKind::Gate));
    gates.into_iter().filter_map(|gate| context.index.entity(gate)).collect()
}

/// What kind of thing each gap of a service misses, by its words: a gate that was made from a gap bears
/// them as its title. Of equal gaps the first counts.
fn kinds_by_text<'a>(context: Context<'a>, service: &EntityRef) -> HashMap<&'a str, &'a [GapKind]> {
    let mut kinds = HashMap::new();
    for gap in context.index.gaps_of(service) {
        kinds.entry(&*gap.text).or_insert(&*gap.kinds);
    }
    kinds
}

/// One gate. `kinds` are those of the gap that it was made from; `cover` is asked for where it can pass
/// the gate.
fn gate_state<'c>(
    context: Context<'_>,
    gate: &Entity,
    kinds: Option<&[GapKind]>,
    cover: impl FnOnce() -> &'c [Covered],
) -> GateState {
    let kinds = kinds.unwrap_or(&[GapKind::Other]);
    let mut state = context.log.state(&gate.id, Claim::Readiness, context.now);
    let demands_cover = kinds.iter().any(|kind| matches!(kind, GapKind::Backup | GapKind::Restore));
    if state.standing == Standing::Unproven && demands_cover {
        state = cover_state(cover(), kinds).unwrap_or(state);
    }
    let first = kinds.first().copied().unwrap_or(GapKind::Other);
    let closed_by = match first {
        GapKind::Backup | GapKind::Restore => first.closed_by(),
        _ => "ops-readiness-gate-assessed",
    };
    GateState { gate: gate.clone(), kinds: kinds.to_vec(), state, closed_by }
}

/// The worst backup or restore evidence, for gates that demand those.
fn cover_state(cover: &[Covered], kinds: &[GapKind]) -> Option<ClaimState> {
    let states = cover.iter().flat_map(|one| [(GapKind::Backup, &one.backup), (GapKind::Restore, &one.restore)]);
    let demanded = states.filter(|(kind, _)| kinds.contains(kind)).map(|(_, state)| state);
    demanded.max_by_key(|state| (state.standing, state.failed_last())).cloned()
}
