//! One way to sort for all pictures: each further type that is sorted would cost its own code in the
//! browser's bundle.

use std::collections::BinaryHeap;

/// Numbers with a key each, by key and then by number.
pub(super) fn ordered(keyed: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    BinaryHeap::from(keyed).into_sorted_vec()
}
