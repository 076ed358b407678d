//! The events themselves, by day.

use leptos::prelude::*;

use super::select::{Filter, Item, Scope, Selection};
use crate::{
    hub::use_hub,
    intl,
    session::persisted,
    texts::{fill, use_texts},
    ui::{Entry, RelativeTime},
};

/// How many events are shown at first, and how many more at each press.
const STEP: usize = 20;

/// The newest events that fit, and how many there are besides.
#[component]
pub(super) fn FeedList(scope: Scope, kind: RwSignal<String>, entity: RwSignal<String>) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let steps = persisted::<usize>("feed-steps");
    let most = move || STEP * (1 + steps.get());
    let (evidence, catalog) = (hub.evidence, hub.catalog);
    let selection = Memo::new(move |_| {
        // A new catalog may place the same events differently.
        catalog.track();
        let filter = Filter { kind: kind.get(), entity: entity.get() };
        scope.select(&evidence.read(), &filter, most())
    });
    let days = Memo::new(move |_| by_day(&selection.read(), texts.tag));
    let labels = move || days.read().iter().map(|(day, _)| day.clone()).collect::<Vec<_>>();
    let numbers = Memo::new(move |_| {
        let selection = selection.read();
        (selection.fitting, selection.total, selection.left_out)
    });
    let count = move || fill(texts.feed.shown, &[&numbers.get().0.to_string(), &numbers.get().1.to_string()]);
    let older = move || Some(numbers.get().2).filter(|count| *count > 0);
    view! {
        <For each=labels key=String::clone let(day)>
            <Day day days />
        </For>
        {move || (numbers.get().0 == 0).then(|| view! { <p class="quiet">{texts.feed.none_fits}</p> })}
        <Show when=move || { numbers.get().0 > most() }>
            <button type="button" class="button" on:click=move |_| steps.update(|steps| *steps += 1)>
                {texts.feed.earlier}
            </button>
        </Show>
        <p class="quiet feed-count" role="status">{count}</p>
        {move || {
            let words = fill(texts.feed.older, &[&older()?.to_string()]);
            Some(view! { <p class="quiet feed-older">{words}</p> })
        }}
    }
}

type Days = Vec<(String, Vec<Item>)>;

/// The events in groups of one day, in the reader's zone.
fn by_day(selection: &Selection, lang: &'static str) -> Days {
    let mut days: Days = Vec::new();
    for item in &selection.items {
        let day = intl::day(item.event().time, lang);
        match days.last_mut() {
            Some((last, items)) if *last == day => items.push(item.clone()),
            _ => days.push((day, vec![item.clone()])),
        }
    }
    days
}

#[component]
fn Day(day: String, days: Memo<Days>) -> impl IntoView {
    let own = day.clone();
    let items = Memo::new(move |_| {
        let days = days.read();
        days.iter().find(|(day, _)| *day == own).map(|(_, items)| items.clone()).unwrap_or_default()
    });
    view! {
        <section class="feed-day">
            <h3>{day}</h3>
            <ol class="timeline">
                <For each=move || items.get() key=key let(item)>
                    {match item {
                        Item::Placed(observation) => view! { <Entry observation with_subject=true /> }.into_any(),
                        Item::Unplaced(event) => {
                            view! { <Unplaced kind=event.event_type.clone() at=event.time /> }.into_any()
                        }
                    }}
                </For>
            </ol>
        </section>
    }
}

/// What makes an item another one: another event, another subject, or another judgement.
fn key(item: &Item) -> (String, String) {
    let judged = match item {
        Item::Placed(observation) => format!("{} {:?}", observation.subject, observation.outcome),
        Item::Unplaced(_) => String::new(),
    };
    (item.event().id.clone(), judged)
}

/// An event that the catalog has no place for.
#[component]
fn Unplaced(kind: String, at: ops_model::Timestamp) -> impl IntoView {
    let texts = use_texts();
    view! {
        <li class="entry">
            <span class={"dot is-unproven"} aria-hidden="true">{"?"}</span>
            <div class="entry-text">
                <code>{kind}</code>
                " "
                <span class="quiet"><RelativeTime at />" · "{texts.feed.unplaced}</span>
            </div>
        </li>
    }
}
