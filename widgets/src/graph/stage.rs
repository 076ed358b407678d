//! The room of a picture: its size, and what a reader can reach in it.

use ops_model::{
    EntityRef,
    graph::{Direction, Rect, step},
};

/// What panning, zooming and keys have to know of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stage {
    /// The size of the picture, in its own px.
    pub(super) size: (i32, i32),
    /// Where each stop is: what the arrow keys lead to.
    pub(super) places: Vec<Rect>,
    /// The entity of each stop; `None` for the head of what is no entity, which is no stop.
    pub(super) entities: Vec<Option<EntityRef>>,
    /// The relations between stops, by their numbers.
    pub(super) links: Vec<(usize, usize)>,
}

impl Stage {
    /// The stop that an arrow key leads to.
    pub(super) fn step(&self, from: usize, direction: Direction) -> Option<usize> {
        step(&self.places, &self.links, from, direction)
    }

    /// The one stop that the Tab key leads to: the wanted one where the picture has it, the first otherwise.
    pub(super) fn tab_stop(&self, wanted: Option<&EntityRef>) -> Option<EntityRef> {
        let mut stops = self.entities.iter().flatten();
        let first = stops.next()?;
        let is_there = |wanted: &&EntityRef| *wanted == first || stops.any(|stop| stop == *wanted);
        Some(wanted.filter(is_there).unwrap_or(first).clone())
    }
}
