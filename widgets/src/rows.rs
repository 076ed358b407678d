//! Rows by their keys: how a list in a memo is drawn so that a change touches its own row alone.

use std::{collections::HashMap, hash::Hash};

use leptos::prelude::*;

/// Rows in their order, each found by its key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows<K: Eq + Hash, T> {
    order: Vec<K>,
    rows: HashMap<K, T>,
}

impl<K: Eq + Hash, T> Default for Rows<K, T> {
    fn default() -> Self {
        Self { order: Vec::new(), rows: HashMap::new() }
    }
}

impl<K: Eq + Hash, T> Rows<K, T> {
    /// The keys in their order.
    pub(crate) fn order(&self) -> &[K] {
        &self.order
    }

    /// The row with this key.
    pub(crate) fn get(&self, key: &K) -> Option<&T> {
        self.rows.get(key)
    }
}

impl<K: Clone + Eq + Hash, T> FromIterator<(K, T)> for Rows<K, T> {
    /// Of two rows with one key the first is kept.
    fn from_iter<I: IntoIterator<Item = (K, T)>>(pairs: I) -> Self {
        let mut rows = Self::default();
        for (key, row) in pairs {
            if !rows.rows.contains_key(&key) {
                rows.order.push(key.clone());
                rows.rows.insert(key, row);
            }
        }
        rows
    }
}

/// The keys of rows in their order, for a `<For>`. They change only when a row comes, goes or moves.
pub(crate) fn keys<D, K, T>(data: Memo<D>, rows: fn(&D) -> &Rows<K, T>) -> Memo<Vec<K>>
where
    D: Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    T: 'static,
{
    Memo::new(move |_| data.with(|data| rows(data).order.clone()))
}

/// What one row shows. A row that is gone keeps what it showed last, until it is taken from the page.
pub(crate) fn row<D, K, T>(data: Memo<D>, rows: fn(&D) -> &Rows<K, T>, key: K) -> Memo<T>
where
    D: Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&T>| data.with(|data| rows(data).get(&key).or(before).cloned()).unwrap_or_default())
}
