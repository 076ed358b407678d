//! The components that kinds share, one a file.

mod announcements;
mod badge;
mod choice;
mod copyable;
mod entity_link;
mod entry;
mod fact;
mod feed;
mod folded;
mod inventory;
mod menu;
mod on_demand;
mod relative_time;
mod source_line;
mod standing_dot;
mod subsection;
mod toggle;

pub use announcements::{Announcements, is_under_maintenance};
pub use badge::Badge;
pub use choice::{Choice, ChoiceOption};
pub use copyable::Copyable;
pub use entity_link::{EntityLink, GridCell, LinkBase};
pub use entry::Entry;
pub use fact::Fact;
pub use feed::{Feed, FoldedFeed};
pub use folded::Folded;
pub use inventory::Inventory;
pub use menu::Menu;
pub use on_demand::{LoadError, OnDemand};
pub use relative_time::RelativeTime;
pub use source_line::SourceLine;
pub use standing_dot::{StandingDot, sign};
pub use subsection::Subsection;
pub use toggle::{Checkbox, Toggle};
