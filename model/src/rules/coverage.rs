//! Which backups and restore tests cover something.
use super::{context::Context, once::once, standing::worst};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind},
    event::Claim,
    evidence::{ClaimState, Standing},
};

/// Backup and restore of one data store, or of a service that has none.
#[derive(Clone, Debug)]
pub struct Covered {
    /// What has to be covered.
    pub subject: EntityRef,
    /// Its backup.
    pub backup: ClaimState,
    /// Its tested restore.
    pub restore: ClaimState,
}

/// The cover of an entity: of each of its data stores where it has some, otherwise of itself.
///
/// Evidence recorded on the service itself counts for a service without data stores only: a backup
/// of "Gitea" does not say whether the database or the volume is in it.
#[must_use]
pub fn covered(context: Context<'_>, id: &EntityRef) -> Vec<Covered> {
    let stored_in = context.index.targets(id, RelationKind::StoredIn).map(|relation| &relation.to);
    let mut subjects = once(stored_in.filter(|to| to.kind == EntityKind::DataStore));
    if subjects.is_empty() {
        subjects.push(id);
    }
    let state = |subject, claim| context.log.state(subject, claim, context.now);
    subjects
        .into_iter()
        .map(|subject| Covered {
            backup: state(subject, Claim::Backup),
            restore: state(subject, Claim::Restore),
            subject: subject.clone(),
        })
        .collect()
}

/// The worst standing of the backups and of the restores.
#[must_use]
pub fn standings(cover: &[Covered]) -> (Standing, Standing) {
    (
        worst(cover.iter().map(|covered| covered.backup.standing)),
        worst(cover.iter().map(|covered| covered.restore.standing)),
    )
}
