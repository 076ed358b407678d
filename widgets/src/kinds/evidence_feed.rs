//! `evidence-feed`: every event of the hub, newest first.

use leptos::prelude::*;

use super::Headline;
use crate::{hub::use_hub, ui::Feed};

/// When the newest event was recorded; a feed states nothing as a whole.
pub(super) fn headline() -> Memo<Headline> {
    use_hub().memo(|context| {
        let placed = context.log.by_entity().filter_map(|(_, all)| all.last()).map(|latest| latest.event.time);
        let unplaced = context.log.unplaced().iter().map(|event| event.time);
        Headline { latest: placed.chain(unplaced).max(), ..Headline::default() }
    })
}

/// The feed of the whole hub.
#[component]
pub fn EvidenceFeed() -> impl IntoView {
    view! { <div><Feed /></div> }
}
