//! A feed of events, newest first and by day, narrowed to a type and to an entity.

mod filter;
mod list;
mod select;
mod unread;

use leptos::prelude::*;
use ops_model::EntityRef;

use self::{filter::FeedFilter, list::FeedList, select::Scope, unread::Unread};
use super::Folded;
use crate::{
    hub::use_hub,
    record::{Sending, use_recording},
    session::persisted,
    texts::use_texts,
};

/// The events about these entities, or all events of the hub.
#[component]
pub fn Feed(
    /// Which entities; all events where absent.
    #[prop(optional, into)]
    about: Option<Signal<Vec<EntityRef>>>,
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let scope = Scope(about);
    let is_empty = hub.memo(move |context| scope.is_empty(context.log));
    let kind = persisted::<String>("feed-type");
    let entity = persisted::<String>("feed-entity");
    let content = move || match is_empty.get() {
        true => view! { <p class="quiet">{texts.feed.nothing}</p> }.into_any(),
        false => view! {
            <div class="feed">
                <FeedFilter scope kind entity />
                <OnItsWay />
                <FeedList scope kind entity />
                {about.is_none().then(|| view! { <Unread /> })}
            </div>
        }
        .into_any(),
    };
    view! {
        <Show when=move || is_empty.get()><OnItsWay /></Show>
        {content}
        <Show when=move || is_empty.get() && about.is_none()><Unread /></Show>
    }
}

/// The same, folded away below a line with their count.
#[component]
pub fn FoldedFeed(
    /// Which entities; all events where absent.
    #[prop(optional, into)]
    about: Option<Signal<Vec<EntityRef>>>,
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let count = hub.memo(move |context| Scope(about).count(context.log));
    let is_open = persisted::<bool>("feed-open");
    let summary = move || view! { {texts.feed.recent}" ("{count}")" };
    view! {
        <Folded class="more feed-folded" summary is_open>
            {match about {
                Some(about) => view! { <Feed about /> }.into_any(),
                None => view! { <Feed /> }.into_any(),
            }}
        </Folded>
        // Folded away, an event that was just sent is shown all the same.
        <Show when=move || !is_open.get()><OnItsWay /></Show>
    }
}

/// The event that the reader has just sent: shown at once, and gone again where the hub refuses it.
#[component]
fn OnItsWay() -> impl IntoView {
    let texts = use_texts();
    let sending = use_recording().map(|recording| recording.sending);
    move || {
        let Some(Sending::Sent(event)) = sending.as_ref().map(|sending| sending.get()) else { return None };
        Some(view! {
            <ol class="timeline">
                <li class="entry on-its-way">
                    <span class={"dot is-unproven"} aria-hidden="true">{"…"}</span>
                    <div class="entry-text">
                        <code>{event.event_type}</code>
                        " "
                        <span class="quiet">{texts.feed.on_its_way}</span>
                    </div>
                </li>
            </ol>
        })
    }
}
