//! Whether evidence has closed a gap that the inventory names. The inventory stays as it was written;
//! the evidence moves on.

use std::{collections::HashMap, sync::Arc};

use super::{
    context::Context,
    coverage,
    readiness::{GateState, readiness},
};
use crate::{
    entity::{EntityKind, EntityRef},
    event::Claim,
    evidence::{ClaimState, EvidenceLog, Observation, Standing},
    gap::{Gap, GapKind},
};

/// How far evidence closes a gap.
///
/// The gate that was made from the gap decides where there is one. Otherwise each of the gap's
/// kinds has to be proven by evidence of its own claim: backups and restores of every data store
/// concerned, a disposition for a migration, a comparison for drift, an answer of the host for
/// reachability. A kind that only an assessment can close ([`Claim::Readiness`]) is looked for on
/// the subject itself. One part that fails, is stale or lacks evidence keeps the gap open.
#[must_use]
pub fn closing(context: Context<'_>, gap: &Gap) -> ClaimState {
    let gate = gates(context, &gap.subject).find(|gate| gate.gate.title == gap.text);
    gate.map_or_else(|| by_kinds(context, gap, &mut HashMap::new()), |gate| gate.state)
}

/// The gaps of an entity, and how far evidence closes each; see [`closing`]. What several gaps rest on is
/// looked up once.
#[must_use]
pub fn closings(context: Context<'_>, subject: &EntityRef) -> Vec<(Gap, ClaimState)> {
    let mut by_title = HashMap::new();
    for gate in gates(context, subject) {
        by_title.entry(gate.gate.title).or_insert(gate.state);
    }
    let mut of_kinds = HashMap::new();
    let close = |gap: &Gap| {
        let state = by_title.get(&gap.text).cloned().unwrap_or_else(|| by_kinds(context, gap, &mut of_kinds));
        (gap.clone(), state)
    };
    context.index.gaps_of(subject).map(close).collect()
}

/// The gates of a service; nothing else has some.
fn gates(context: Context<'_>, subject: &EntityRef) -> impl Iterator<Item = GateState> {
    let is_service = subject.kind == EntityKind::Service;
    is_service.then(|| readiness(context, subject).gates).into_iter().flatten()
}

/// How far evidence closes the kinds of a gap. `of_kinds` keeps what was found for each kind.
fn by_kinds(context: Context<'_>, gap: &Gap, of_kinds: &mut HashMap<GapKind, Option<ClaimState>>) -> ClaimState {
    let mut of_kind = |kind: &GapKind| {
        of_kinds.entry(*kind).or_insert_with(|| weakest(part(context, &gap.subject, *kind).into_iter())).clone()
    };
    weakest(gap.kinds.iter().filter_map(&mut of_kind)).unwrap_or_default()
}

fn part(context: Context<'_>, subject: &EntityRef, kind: GapKind) -> Vec<ClaimState> {
    let own = |claim| vec![context.log.state(subject, claim, context.now)];
    match kind {
        GapKind::Backup => coverage::covered(context, subject).into_iter().map(|one| one.backup).collect(),
        GapKind::Restore => coverage::covered(context, subject).into_iter().map(|one| one.restore).collect(),
        GapKind::Drift => own(Claim::Drift),
        GapKind::Reachability if subject.kind == EntityKind::Host => own(Claim::Health),
        GapKind::Migration => vec![decided(context.log, subject, context)],
        _ => own(Claim::Readiness),
    }
}

/// A disposition is what closes a migration gap; a step alone says nothing of what is planned.
fn decided(log: &EvidenceLog, subject: &EntityRef, context: Context<'_>) -> ClaimState {
    let says = |observation: &&Arc<Observation>| {
        observation.claim == Claim::Migration && observation.event.metadata.contains_key("disposition")
    };
    let by = log.of(subject).iter().rev().find(says).cloned();
    by.map_or_else(ClaimState::default, |by| ClaimState::of(by, context.now))
}

/// The part that keeps a gap open the most: a failure, then nothing at all, then what is overdue, first
/// after a failure. Of proven parts the one that was proven first, since it is the first to go stale.
fn weakest(parts: impl Iterator<Item = ClaimState>) -> Option<ClaimState> {
    let rank = |state: &ClaimState| match state.standing {
        Standing::Failing => 0,
        Standing::Unproven => 1,
        Standing::Stale => 2,
        Standing::Proven => 3,
    };
    parts.min_by_key(|state| (rank(state), !state.failed_last(), state.observed_at()))
}
