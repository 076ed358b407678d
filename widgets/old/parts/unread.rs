//! Events that could not be read: each is named where events are, with what is wrong with it.

use crate::view::{
    html::{code, details, div, li, summary, ul},
    prelude::*,
};

use crate::scope::Scene;

/// What came as an event and is none, newest first, folded away; `None` where all could be read.
pub(super) fn unread(scene: &Scene) -> Option<View> {
    let notes = scene.data.log.unread();
    if notes.is_empty() {
        return None;
    }
    let items: Vec<View> = notes
        .iter()
        .rev()
        .map(|note| {
            let reason = div().class("quiet").child(note.reason.clone());
            li().child((div().child(code().child(note.text.clone())), reason)).draw()
        })
        .collect::<Vec<_>>();
    let name = [scene.texts.feed.unread, " (", &notes.len().to_string(), ")"].concat();
    Some(details().class("notes").child((summary().child(name), ul().child(items))).draw())
}
