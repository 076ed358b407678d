//! Pictures of widgets, and whether one looks like another.
//!
//! Pictures are taken at less than half size and compared block by block: what differs between two machines,
//! the edges of glyphs, averages out in a block; a line more, another colour, a missing part does
//! not. [`compare`] has the rule, [`sheet`] keeps the references as files.

mod compare;
mod palette;
mod sheet;

pub use compare::{Difference, compare, largest, marked};
pub use sheet::{Sheet, Shot};
