//! What the kinds of widget share: badges, links, times, lists of facts, gaps and evidence.

mod announcements;
mod evidence;
mod facts;
mod feed;
mod gaps;
mod graph;
mod inventory;
mod marks;
mod members;

pub use announcements::{announcements, is_under_maintenance};
pub use evidence::{strip, timeline};
pub use facts::{fact_list, row, source_line};
pub use feed::{feed, recent_events};
pub use gaps::gap_list;
pub(crate) use graph::{Look, Tag, Views};
pub use graph::{flow_picture, measured, neighbourhood, topology, width_of};
pub use inventory::{inventory, other_facts};
pub use marks::{badge, copyable, coverage_bar, dot, entity_link, glyph, time};
pub use members::{members, subsection};
