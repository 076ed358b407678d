//! What is announced for an entity, and what was remarked on it: shown above its facts.

use leptos::prelude::*;
use ops_model::{
    Context, EntityRef, Observation, Timestamp,
    event::plain,
    maintenance::{Window, notes, windows},
};

use super::{EntityLink, Keyed, RelativeTime};
use crate::{
    hub::use_hub,
    intl,
    texts::{Texts, fill, use_texts},
};

/// How many notes stand above the facts; all of them are in the feed.
const NOTES: usize = 3;

/// Planned work.
#[derive(Clone, Debug, PartialEq)]
struct Work {
    event: String,
    from: Timestamp,
    until: Timestamp,
    is_open: bool,
    /// What the work is announced for, where that is not the entity itself.
    through: Option<EntityRef>,
    reason: String,
}

impl Work {
    fn of(window: &Window<'_>, id: &EntityRef, now: Timestamp) -> Self {
        Self {
            event: window.by.event.id.clone(),
            from: window.from,
            until: window.until,
            is_open: window.is_open(now),
            through: (window.by.subject != *id).then(|| window.by.subject.clone()),
            reason: window.reason.clone(),
        }
    }

    fn words(&self, texts: &Texts) -> String {
        let (from, until) = (intl::absolute(self.from, texts.tag), intl::absolute(self.until, texts.tag));
        match self.is_open {
            true => fill(texts.feed.under_maintenance, &[&until]),
            false => fill(texts.feed.maintenance_ahead, &[&from, &until]),
        }
    }
}

/// A remark.
#[derive(Clone, Debug, PartialEq)]
struct Note {
    event: String,
    text: String,
    at: Timestamp,
    by: Option<String>,
}

impl Note {
    fn of(note: &Observation) -> Self {
        let event = &note.event;
        let text = event.metadata.get("text").map(plain).unwrap_or_default();
        Self { event: event.id.clone(), text, at: event.time, by: event.actor.clone() }
    }
}

/// Whether announced work goes on now for an entity: its failures are expected.
#[must_use]
pub fn is_under_maintenance(context: Context<'_>, id: &EntityRef) -> bool {
    windows(context, id).iter().any(|window| window.is_open(context.now))
}

/// Open and coming maintenance, then the latest notes; nothing where there is neither.
#[component]
pub fn Announcements(entity: EntityRef) -> impl IntoView {
    let hub = use_hub();
    let work = {
        let entity = entity.clone();
        hub.memo(move |context| {
            let all = windows(context, &entity);
            all.iter().map(|window| Work::of(window, &entity, context.now)).collect::<Vec<_>>()
        })
    };
    let remarks =
        hub.memo(move |context| notes(context, &entity).take(NOTES).map(|note| Note::of(note)).collect::<Vec<_>>());
    view! {
        <Show when=move || !work.read().is_empty() || !remarks.read().is_empty()>
            <div class="announcements">
                <Keyed items=work key=|work| work.event.clone() let(work)>
                    <WorkLine work />
                </Keyed>
                <Keyed items=remarks key=|note| note.event.clone() let(note)>
                    <NoteLine note=note.get_untracked() />
                </Keyed>
            </div>
        </Show>
    }
}

#[component]
fn WorkLine(work: Memo<Work>) -> impl IntoView {
    let texts = use_texts();
    let Work { through, reason, .. } = work.get_untracked();
    let class = move || if work.read().is_open { "announcement is-open" } else { "announcement" };
    view! {
        <p class=class role="note">
            <Sign sign="⚑ " />
            {move || work.read().words(texts)}
            {through.map(|entity| view! { " · " <EntityLink entity /> })}
            ": "
            {reason}
        </p>
    }
}

#[component]
fn NoteLine(note: Note) -> impl IntoView {
    view! {
        <p class="announcement" role="note">
            <Sign sign="✎ " />
            {note.text}
            " "
            <span class="quiet"><RelativeTime at=note.at />{note.by.map(|by| format!(" · {by}"))}</span>
        </p>
    }
}

/// A sign that the words beside it explain.
#[component]
fn Sign(sign: &'static str) -> impl IntoView {
    view! { <span class="glyph" aria-hidden="true">{sign}</span> }
}
