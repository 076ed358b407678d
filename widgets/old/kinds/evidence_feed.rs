//! `evidence-feed`: every event of the hub, newest first.

use crate::view::{html::div, prelude::*};

use crate::{frame::Body, parts::feed, scope::Scene};

/// Renders the feed.
pub(super) fn body(scene: &Scene) -> Body {
    let log = &scene.data.log;
    let placed = log.by_entity().filter_map(|(_, all)| all.last()).map(|latest| latest.event.time);
    Body {
        standing: None,
        word: None,
        latest: placed.chain(log.unplaced().iter().map(|event| event.time)).max(),
        view: div().child(feed(scene, None)).draw(),
    }
}
