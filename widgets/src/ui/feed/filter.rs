//! The two lists from which a reader chooses a type of event and an entity.

use leptos::prelude::*;

use super::select::Scope;
use crate::{
    hub::use_hub,
    texts::use_texts,
    ui::{Choice, ChoiceOption},
};

/// How many entities are offered. A longer list is of no help; the others have the fewest events.
const MOST_ENTITIES: usize = 200;

/// The filter of a feed, each value with its count.
#[component]
pub(super) fn FeedFilter(scope: Scope, kind: RwSignal<String>, entity: RwSignal<String>) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let counts = hub.memo(move |context| scope.counts(context.log));
    let kinds = Memo::new(move |_| {
        let counts = counts.read();
        let all = ChoiceOption::new("", texts.feed.all_types);
        let counted = counts.kinds.iter().map(|(kind, count)| ChoiceOption::new(kind, format!("{kind} ({count})")));
        std::iter::once(all).chain(counted).collect::<Vec<_>>()
    });
    let entities = Memo::new(move |_| {
        let (counts, catalog) = (counts.read(), hub.catalog.read());
        let chosen = entity.read();
        let (offered, others) = counts.entities.split_at(counts.entities.len().min(MOST_ENTITIES));
        let chosen = others.iter().find(|(id, _)| id.to_string() == *chosen);
        let mut options: Vec<ChoiceOption> = offered
            .iter()
            .chain(chosen)
            .map(|(id, count)| ChoiceOption::new(id.to_string(), format!("{} ({count})", catalog.title(id))))
            .collect();
        options.sort_by(|one, other| one.value.cmp(&other.value));
        options.insert(0, ChoiceOption::new("", texts.feed.all_entities));
        if !others.is_empty() {
            options.push(ChoiceOption::note(format!("… +{}", others.len())));
        }
        options
    });
    view! {
        <div class="feed-choices">
            <Choice
                class="feed-choice"
                name=texts.feed.by_type
                options=kinds
                value=kind
                on_choose=move |value| kind.set(value)
            />
            <Choice
                class="feed-choice"
                name=texts.feed.by_entity
                options=entities
                value=entity
                on_choose=move |value| entity.set(value)
            />
        </div>
    }
}
