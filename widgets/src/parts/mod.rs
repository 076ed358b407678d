//! What the kinds of widget share: badges, links, times, lists of facts, gaps and evidence.

mod evidence;
mod facts;
mod gaps;
mod inventory;
mod marks;
mod members;

pub use evidence::{strip, timeline};
pub use facts::{fact_list, row, source_line};
pub use gaps::gap_list;
pub use inventory::{inventory, other_facts};
pub use marks::{badge, copyable, coverage_bar, dot, entity_link, glyph, time};
pub use members::{members, subsection};
