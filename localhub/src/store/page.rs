//! Parts of a listing, by the key of the row where the part before ended: what is inserted
//! meanwhile shifts nothing.

/// What is wanted of a listing.
#[derive(Clone, Debug)]
pub(crate) struct Page<K> {
    /// At most so many rows.
    pub(crate) limit: i64,
    /// Only what comes after the row with this key.
    pub(crate) after: Option<K>,
}

impl<K> Page<K> {
    /// The first rows, as many as a page may have.
    pub(crate) const fn first() -> Self {
        Self { limit: 1000, after: None }
    }

    /// How many rows to read: one more than wanted, which tells whether there are more.
    pub(super) const fn rows(&self) -> i64 {
        self.limit.saturating_add(1)
    }

    /// The part that was wanted, of rows with their keys.
    pub(super) fn cut<T>(&self, mut rows: Vec<(K, T)>) -> Part<K, T> {
        let limit = usize::try_from(self.limit).unwrap_or_default();
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let (mut keys, items): (Vec<K>, Vec<T>) = rows.into_iter().unzip();
        Part { items, next: keys.pop().filter(|_| has_more) }
    }
}

/// A part of a listing.
#[derive(Debug)]
pub(crate) struct Part<K, T> {
    /// Its rows.
    pub(crate) items: Vec<T>,
    /// The key after which the next part begins, if there is one.
    pub(crate) next: Option<K>,
}
