//! Facts as a list of name and value, each with the line of the inventory that it stands in.

use leptos::prelude::*;
use ops_model::{EntityRef, Source};

use super::{Fact, Keyed, SourceLine};
use crate::{hub::use_hub, texts::use_texts};

/// A fact with its name for readers.
#[derive(Clone, Debug, PartialEq)]
struct NamedFact {
    name: &'static str,
    value: String,
    source: Source,
}

/// Some facts of an entity, in the order of `names`. A fact that the inventory does not state is left out.
#[component]
pub fn FactList(
    entity: EntityRef,
    /// The keys of the facts, each with its name for readers.
    names: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let facts = use_hub().catalog_memo(move |catalog| {
        let fact = |(key, name): &(&str, &'static str)| {
            let fact = catalog.fact(&entity, key)?;
            Some(NamedFact { name, value: fact.value.clone(), source: fact.source })
        };
        names.iter().filter_map(fact).collect::<Vec<_>>()
    });
    view! {
        <dl class="facts">
            <Keyed items=facts key=|fact| fact.name let(fact)>
                <Fact name=fact.read_untracked().name>
                    {move || fact.read().value.clone()} " " {move || view! { <SourceLine source=fact.read().source /> }}
                </Fact>
            </Keyed>
        </dl>
    }
}

/// Facts of any key. A value that names an entity of the catalog is a link to it.
#[component]
pub fn Facts(#[prop(into)] facts: Signal<Vec<ops_model::Fact>>) -> impl IntoView {
    view! {
        <dl class="facts">
            <Keyed items=facts key=|fact| fact.key.clone() let(fact)>
                <AnyFact fact />
            </Keyed>
        </dl>
    }
}

#[component]
fn AnyFact(fact: Memo<ops_model::Fact>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <Fact name=texts.inventory.fact(&fact.read_untracked().key)>
            <FactValue value=Signal::derive(move || fact.read().value.clone()) />
            " "
            {move || view! { <SourceLine source=fact.read().source /> }}
        </Fact>
    }
}

#[component]
fn FactValue(value: Signal<String>) -> impl IntoView {
    let catalog = use_hub().catalog;
    let value = Memo::new(move |_| value.get());
    let entity = Memo::new(move |_| value.read().parse::<EntityRef>().ok().filter(|id| catalog.read().has(id)));
    move || match entity.get() {
        Some(entity) => view! { <super::EntityLink entity /> }.into_any(),
        None => value.into_any(),
    }
}
