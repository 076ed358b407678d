//! What the kinds of widget share: badges, links, times, lists of facts, gaps and evidence.

mod announcements;
mod controls;
mod evidence;
mod facts;
mod feed;
mod gaps;
mod graph;
pub mod grid_keys;
mod inventory;
mod marks;
mod members;
mod unread;

pub use announcements::{announcements, is_under_maintenance};
pub use controls::{Content, Press, action, check, choose, folds, menu, toggle};
pub use evidence::{own_checks, strip, timeline};
pub use facts::{fact_list, row, source_line};
pub use feed::{all_events, feed, recent_events};
pub use gaps::gap_list;
pub(crate) use graph::{Look, Tag, Views};
pub use graph::{flow_picture, measured, neighbourhood, topology, width_of};
pub use inventory::{inventory, other_facts};
pub use marks::{badge, copyable, coverage_bar, dot, entity_anchor, entity_link, glyph, scene_time, time};
pub use members::{members, subsection};
