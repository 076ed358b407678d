//! The places of items in an order.

use core::cmp::Ordering;

/// The places of `count` items in their order; what is equal keeps its own.
pub(crate) fn places(count: usize, by: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| by(*a, *b));
    places
}
