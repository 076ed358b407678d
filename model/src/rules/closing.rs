//! Whether evidence has closed a gap that the inventory names. The inventory stays as it was written;
//! the evidence moves on.
use std::sync::Arc;

use super::{context::Context, coverage, readiness::readiness};
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
    if gap.subject.kind == EntityKind::Service
        && let Some(gate) = readiness(context, &gap.subject).gates.into_iter().find(|gate| gate.gate.title == gap.text)
    {
        return gate.state;
    }
    let parts = gap.kinds.iter().flat_map(|kind| part(context, &gap.subject, *kind));
    weakest(parts).unwrap_or_default()
}

fn part(context: Context<'_>, subject: &EntityRef, kind: GapKind) -> Vec<ClaimState> {
    let own = |claim| vec![context.log.state(subject, claim, context.now)];
    match kind {
        GapKind::Backup => coverage::covered(context, subject).into_iter().map(|one| one.backup).collect::<Vec<_>>(),
        GapKind::Restore => coverage::covered(context, subject).into_iter().map(|one| one.restore).collect::<Vec<_>>(),
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
