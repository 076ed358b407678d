//! One entity where it stands in the index.

use super::{CatalogIndex, Link, NONE, Segment};
use crate::{catalog::Source, entity::keys};

/// An entity by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub(super) index: &'a CatalogIndex,
    pub(super) segment: &'a Segment,
    pub(super) at: usize,
}

impl<'a> Placed<'a> {
    /// Its number.
    pub(crate) fn number(self) -> u32 {
        self.segment.number(self.at).unwrap_or(NONE)
    }

    /// Its name for people, in three parts: the one in the middle is its name, or empty.
    pub(crate) fn title(self) -> [&'a str; 3] {
        self.segment.title(self.at, self.index.named(self.number()).1)
    }

    /// What its title is made of: its own segment, and the number of the title there, 0 where it is the name.
    pub(crate) fn titled(self) -> (&'a Segment, u32) {
        (self.segment, self.segment.title_number(self.at))
    }

    /// The value of its first fact with this key, and where it stands.
    pub(crate) fn fact(self, key: &str) -> Option<(&'a str, Source)> {
        self.segment.fact(self.at, key)
    }

    /// Visits its relations, but for those that other segments hold.
    pub(crate) fn each_link(self, visit: &mut dyn FnMut(&Link)) {
        self.segment.each_link(self.at, visit);
    }

    /// Its address, where it has one.
    pub(super) fn address(self) -> Option<&'a str> {
        self.fact(keys::ADDRESS).map(|(value, _)| value)
    }
}
