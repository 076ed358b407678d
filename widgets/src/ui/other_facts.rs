//! What the inventory says of an entity beyond the facts that its widget shows in its own way.

use leptos::prelude::*;
use ops_model::EntityRef;

use super::{Facts, Statements, Subsection};
use crate::{hub::use_hub, texts::use_texts};

/// Every other fact of an entity, and the sentences about it.
#[component]
pub fn OtherFacts(
    entity: EntityRef,
    /// The keys of the facts that the widget shows elsewhere.
    shown: &'static [&'static str],
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let facts = {
        let entity = entity.clone();
        hub.catalog_memo(move |catalog| {
            let mut facts = catalog.entity(&entity).map(|entity| entity.facts.clone()).unwrap_or_default();
            facts.retain(|fact| !shown.contains(&fact.key.as_str()));
            facts
        })
    };
    let said = hub.catalog_memo(move |catalog| {
        let all = catalog.inventory().context.iter();
        all.filter(|statement| statement.about.as_ref() == Some(&entity)).cloned().collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !facts.read().is_empty()>
            <Subsection title=texts.inventory.facts>
                <Facts facts />
            </Subsection>
        </Show>
        <Show when=move || !said.read().is_empty()>
            <Subsection title=texts.inventory.said>
                <Statements statements=said />
            </Subsection>
        </Show>
    }
}
