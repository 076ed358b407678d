//! What the importer could not place: nothing of the inventory is dropped in silence.

use leptos::prelude::*;
use ops_model::{EntityRef, Source};

use crate::{
    hub::use_hub,
    session::persisted,
    texts::use_texts,
    ui::{EntityLink, Folded, SourceLine},
};

/// One import note, as what is drawn of it.
#[derive(Clone, Debug, PartialEq)]
struct Note {
    about: Option<EntityRef>,
    text: String,
    reason: String,
    source: Source,
}

/// The import notes, each with its line and the reason.
#[component]
pub(super) fn Notes() -> impl IntoView {
    let texts = use_texts();
    let notes = use_hub().catalog_memo(|catalog| {
        let notes = catalog.inventory().notes.iter();
        let note = notes.map(|note| Note {
            about: note.about.clone(),
            text: note.text.clone(),
            reason: note.reason.clone(),
            source: note.source,
        });
        note.collect::<Vec<_>>()
    });
    let has_notes = Memo::new(move |_| !notes.read().is_empty());
    let summary = move || format!("{} ({})", texts.import_notes, notes.read().len());
    let items = move || notes.get().into_iter().map(|note| view! { <NoteItem note /> }).collect_view();
    let is_open = persisted("notes");
    move || match has_notes.get() {
        false => view! { <p class="quiet">{texts.import_notes_none}</p> }.into_any(),
        true => view! {
            <Folded class="notes" summary=move || summary is_open is_eager=true>
                <ul>{items}</ul>
            </Folded>
        }
        .into_any(),
    }
}

#[component]
fn NoteItem(note: Note) -> impl IntoView {
    view! {
        <li>
            <div>
                {note.about.map(|entity| view! { <EntityLink entity />": " })} "“" {note.text} "” "
                <SourceLine source=note.source />
            </div>
            <div class="quiet">{note.reason}</div>
        </li>
    }
}
