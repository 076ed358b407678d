//! What the importer could not place: nothing of the inventory is dropped in silence.

use crate::view::{
    html::{details, div, li, p, summary, ul},
    prelude::*,
};

use crate::{
    parts::{entity_link, source_line},
    scope::Scene,
};

/// The import notes, each with its line and the reason.
pub(super) fn notes(scene: &Scene) -> View {
    let texts = scene.texts;
    let notes = &scene.index().inventory().notes;
    if notes.is_empty() {
        return p().class("quiet").child(texts.import_notes_none).draw();
    }
    let items: Vec<View> = notes
        .iter()
        .map(|note| {
            let about = note.about.as_ref().map(|id| (entity_link(scene, id), ": "));
            li().child((
                div().child((about, "“", note.text.clone(), "” ", source_line(scene, note.source))),
                div().class("quiet").child(note.reason.clone()),
            ))
            .draw()
        })
        .collect::<Vec<_>>();
    details()
        .class("notes")
        .child((summary().child([texts.import_notes, " (", &notes.len().to_string(), ")"].concat()), ul().child(items)))
        .draw()
}
