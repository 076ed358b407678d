//! Readiness gates: what has to be shown before a service counts as ready, and how far that is.
use crate::{
    coverage,
    entity::{Entity, EntityKind, EntityRef, RelationKind, keys},
    event::Claim,
    evidence::ClaimState,
    gap::GapKind,
    health::Context,
    standing::Standing,
    whole::whole,
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
    let mut gates: Vec<&Entity> = context
        .index
        .origins(service, RelationKind::PartOf)
        .filter(|relation| relation.from.kind == EntityKind::Gate)
        .filter_map(|relation| context.index.entity(&relation.from))
        .collect::<Vec<_>>();
    gates.sort_by_key(|gate| gate.fact(keys::ORDER).and_then(|fact| whole(&fact.value)).unwrap_or(u32::MAX));
    Readiness { gates: gates.into_iter().map(|gate| gate_state(context, service, gate.clone())).collect::<Vec<_>>() }
}

fn gate_state(context: Context<'_>, service: &EntityRef, gate: Entity) -> GateState {
    let gap = context.index.gaps_of(service).find(|gap| gap.text == gate.title);
    let kinds = gap.map_or_else(|| vec![GapKind::Other], |gap| gap.kinds.clone());
    let mut state = context.log.state(&gate.id, Claim::Readiness, context.now);
    if state.standing == Standing::Unproven {
        state = cover_state(context, service, &kinds).unwrap_or(state);
    }
    let first = kinds.first().copied().unwrap_or(GapKind::Other);
    let closed_by = match first {
        GapKind::Backup | GapKind::Restore => first.closed_by(),
        _ => "ops-readiness-gate-assessed",
    };
    GateState { gate, kinds, state, closed_by }
}

/// The worst backup or restore evidence, for gates that demand those.
fn cover_state(context: Context<'_>, service: &EntityRef, kinds: &[GapKind]) -> Option<ClaimState> {
    let cover = coverage::covered(context, service);
    let mut states = Vec::new();
    for covered in cover {
        if kinds.contains(&GapKind::Backup) {
            states.push(covered.backup);
        }
        if kinds.contains(&GapKind::Restore) {
            states.push(covered.restore);
        }
    }
    states.into_iter().max_by_key(|state| state.standing)
}
