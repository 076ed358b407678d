//! `evidence-feed`: every event of the hub, newest first.

use crate::view::{html::div, prelude::*};

use crate::{frame::Body, parts::feed, scope::Scene};

/// Renders the feed.
pub(super) fn body(scene: &Scene) -> Body {
    let log = &scene.data.log;
    let placed = log.all().map(|observation| observation.event.time);
    Body {
        standing: None,
        word: None,
        latest: placed.chain(log.unplaced().iter().map(|event| event.time)).max(),
        view: div().child(feed(scene, None)).draw(),
    }
}
