//! Finds the history of an entity, and shares all others between two logs.
use std::sync::Arc;

use super::{history::History, reads};
use crate::entity::EntityRef;

/// How many parts the histories are in. A change copies the list of one part.
const SHARDS: u64 = 512;

/// Histories whose entities' hashes fall together, in the order of their entities.
#[derive(Clone, Debug, Default)]
struct Shard {
    histories: Vec<Arc<History>>,
    /// The latest generation of any.
    changed: u64,
}

impl Shard {
    fn place(&self, id: &EntityRef) -> Result<usize, usize> {
        self.histories.binary_search_by(|history| history.subject.cmp(id))
    }
}

/// All histories. A clone shares them; what is changed then is copied first.
#[derive(Clone, Debug)]
pub(super) struct Shards(Arc<Vec<Arc<Shard>>>);

impl Default for Shards {
    fn default() -> Self {
        let empty: Arc<Shard> = Arc::default();
        Self(Arc::new((0..SHARDS).map(|_| empty.clone()).collect::<Vec<_>>()))
    }
}

fn number(id: &EntityRef) -> usize {
    (reads::hash(id) % SHARDS) as usize
}

impl Shards {
    /// The history of an entity, where something is known of it.
    pub(super) fn of(&self, id: &EntityRef) -> Option<&History> {
        let shard = self.0.get(number(id))?;
        shard.histories.get(shard.place(id).ok()?).map(Arc::as_ref)
    }

    /// Changes the history of an entity, which is begun where there is none. `None` never comes: there
    /// is a shard for each number.
    pub(super) fn change<T>(
        &mut self,
        id: &EntityRef,
        generation: u64,
        how: impl FnOnce(&mut History) -> T,
    ) -> Option<T> {
        let shard = Arc::make_mut(Arc::make_mut(&mut self.0).get_mut(number(id))?);
        let place = shard.place(id).unwrap_or_else(|place| {
            shard.histories.insert(place, Arc::new(History::new(id.clone())));
            place
        });
        shard.changed = generation;
        let history = Arc::make_mut(shard.histories.get_mut(place)?);
        history.changed = generation;
        Some(how(history))
    }

    /// Every history, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &History> {
        self.0.iter().flat_map(|shard| &shard.histories).map(Arc::as_ref)
    }

    /// The histories that changed after a generation.
    pub(super) fn changed(&self, generation: u64) -> impl Iterator<Item = &History> {
        let shards = self.0.iter().filter(move |shard| shard.changed > generation);
        let histories = shards.flat_map(|shard| &shard.histories).map(Arc::as_ref);
        histories.filter(move |history| history.changed > generation)
    }
}
