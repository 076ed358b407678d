//! One way to sort for everything: each type that is sorted on its own would cost its own code in the
//! browser's bundle, 4 to 5 kB of it.

use crate::gather::Gather;
use core::cmp::Ordering;

/// Sorts by a comparison; what is equal keeps its order.
///
/// ```
/// let mut words = vec!["pear", "fig", "plum"];
/// ops_model::order::sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["fig", "pear", "plum"]);
/// ```
pub fn sort_by<T>(items: &mut Vec<T>, mut by: impl FnMut(&T, &T) -> Ordering) {
    let order = places(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => by(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).gathered();
    items.extend(order.into_iter().filter_map(|at| taken.get_mut(at).and_then(Option::take)));
}

/// Sorts by a key; what is equal keeps its order.
///
/// ```
/// let mut numbers = vec![3, -5, 1];
/// ops_model::order::sort_by_key(&mut numbers, |number: &i32| number.abs());
/// assert_eq!(numbers, [1, 3, -5]);
/// ```
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places of `count` items in their order; what is equal keeps its own.
pub(crate) fn places(count: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).gathered();
    places.sort_by(|a, b| by(*a, *b));
    places
}
