//! What narrows the catalog: a menu for each facet, and what is chosen as marks that take it back.

use std::collections::HashSet;

use leptos::prelude::*;
use ops_model::{
    CatalogIndex, EntityKind, EntityRef, GapKind, Standing,
    table::{Age, Facet},
};

use super::{query::Query, rows::Arrangement};
use crate::{
    hub::use_hub,
    session::persisted,
    texts::{Texts, fill, use_texts},
    ui::{Checkbox, Menu, sign},
};

/// How many values of a facet are offered: those with most rows, and all that are chosen.
const OFFERED: usize = 30;

/// The menus and the marks.
#[component]
pub(super) fn Facets(arrangement: Memo<Arrangement>, query: Query) -> impl IntoView {
    let texts = &use_texts().catalog;
    let chosen = query.part(|view| {
        let values =
            Facet::ALL.iter().flat_map(|facet| view.chosen(*facet).iter().map(|value| (*facet, value.clone())));
        values.collect::<Vec<_>>()
    });
    let is_narrowed = query.part(|view| view.is_narrowed());
    let clear = move |_| {
        query.change(|view| {
            view.chosen = Default::default();
            view.query.clear();
        });
    };
    let menus = Facet::ALL.iter().map(|facet| view! { <FacetMenu facet=*facet arrangement query /> });
    view! {
        <div class="facets">
            <div class="facet-menus" role="group" aria-label=texts.narrow>{menus.collect_view()}</div>
            <div class="chips">
                <For each=move || chosen.get() key=|chosen| (chosen.0.as_str(), chosen.1.clone()) let((facet, value))>
                    <Chip facet value query />
                </For>
                {move || {
                    is_narrowed.get().then(|| {
                        view! { <button type="button" class="link-button" on:click=clear>{texts.clear}</button> }
                    })
                }}
            </div>
        </div>
    }
}

/// A chosen value; a press takes it back.
#[component]
fn Chip(facet: Facet, value: String, query: Query) -> impl IntoView {
    let texts = use_texts();
    let words = use_value_words(facet, value.clone());
    let name = move || fill(texts.catalog.take_back, &[&words.read()]);
    let take_back = move |_| query.change(|view| view.toggle(facet, &value));
    view! {
        <button type="button" class="chip" aria-label=name on:click=take_back>
            {words}
            <span class="chip-x" aria-hidden="true">{"×"}</span>
        </button>
    }
}

#[component]
fn FacetMenu(facet: Facet, arrangement: Memo<Arrangement>, query: Query) -> impl IntoView {
    let texts = use_texts();
    let chosen_count = query.part(move |view| view.chosen(facet).len());
    let mark = move || {
        let count = chosen_count.get();
        (count > 0).then(|| view! { <span class="count-mark on">{count}</span> })
    };
    let name = move || (texts.catalog.facet(facet), mark);
    view! {
        <Menu class="facet" name is_open=persisted(facet.as_str())>
            <FacetValues facet arrangement query />
        </Menu>
    }
}

/// The values that a menu offers, each with how many rows it would leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Offered {
    /// In the facet's order, so that no box moves when another one is chosen.
    values: Vec<(String, usize)>,
    /// How many values there is no room for.
    left: usize,
}

impl Offered {
    fn of(counts: &[(String, usize)], chosen: &[String]) -> Self {
        let chosen: HashSet<&str> = chosen.iter().map(String::as_str).collect();
        let is_chosen = |value: &str| chosen.contains(value);
        let mut found: Vec<(usize, &(String, usize))> =
            counts.iter().enumerate().filter(|(_, (value, count))| *count > 0 || is_chosen(value)).collect();
        let left = found.len().saturating_sub(OFFERED.max(chosen.len()));
        if left > 0 {
            found.sort_by_key(|(_, (value, count))| (!is_chosen(value), std::cmp::Reverse(*count)));
            found.truncate(OFFERED.max(chosen.len()));
            found.sort_by_key(|(nth, _)| *nth);
        }
        Self { values: found.into_iter().map(|(_, counted)| counted.clone()).collect(), left }
    }

    fn count(&self, value: &str) -> usize {
        self.values.iter().find(|(own, _)| own == value).map_or(0, |(_, count)| *count)
    }
}

/// The content of a facet's menu. It exists while the menu is open.
#[component]
fn FacetValues(facet: Facet, arrangement: Memo<Arrangement>, query: Query) -> impl IntoView {
    let texts = use_texts();
    let chosen = query.part(move |view| view.chosen(facet).to_vec());
    let offered = Memo::new(move |_| {
        let arrangement = arrangement.read();
        let counts = arrangement.arranged.counts.get(facet as usize);
        Offered::of(counts.map_or(&[], Vec::as_slice), &chosen.read())
    });
    let values = move || offered.read().values.iter().map(|(value, _)| value.clone()).collect::<Vec<_>>();
    let left = Memo::new(move |_| offered.read().left);
    let more = move || {
        let left = left.get();
        (left > 0).then(|| {
            view! { <span class="quiet">{fill(texts.catalog.search_for_more, &[&left.to_string()])}</span> }
        })
    };
    view! {
        <For each=values key=String::clone let(value)>
            {
                let words = use_value_words(facet, value.clone());
                let (counted, own) = (value.clone(), value.clone());
                let count = Memo::new(move |_| offered.read().count(&counted));
                let is_on = Memo::new(move |_| chosen.read().contains(&own));
                let toggle = move || query.change(|view| view.toggle(facet, &value));
                view! { <Checkbox words count=count is_on on_change=toggle /> }
            }
        </For>
        {more}
    }
}

/// A value of a facet in words. Names of entities follow the catalog.
fn use_value_words(facet: Facet, value: String) -> Memo<String> {
    let texts = use_texts();
    use_hub().catalog_memo(move |catalog| value_words(catalog, texts, facet, &value))
}

/// A value of a facet in words.
pub(super) fn value_words(catalog: &CatalogIndex, texts: &'static Texts, facet: Facet, value: &str) -> String {
    let entity = |kind: EntityKind| catalog.title(&EntityRef::new(kind, value)).to_owned();
    match facet {
        Facet::Environment | Facet::Owner if value.is_empty() => texts.catalog.none(facet).to_owned(),
        Facet::Environment => entity(EntityKind::Environment),
        Facet::Owner => entity(EntityKind::Repository),
        Facet::Standing => Standing::parse(value).map_or_else(|| value.to_owned(), |own| standing_words(texts, own)),
        Facet::Age => Age::parse(value).map_or(value, |age| texts.catalog.age(age)).to_owned(),
        Facet::Gap => GapKind::parse(value).map_or(value, |kind| texts.gap_kind(kind)).to_owned(),
    }
}

/// A standing as its sign and its word.
pub(super) fn standing_words(texts: &'static Texts, standing: Standing) -> String {
    format!("{} {}", sign(standing), texts.standing(standing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_common_values_and_all_chosen_ones_are_offered_in_their_own_order() {
        let counts: Vec<_> = (0..100).map(|nth| (format!("v{nth:02}"), nth % 50)).collect();
        let offered = Offered::of(&counts, &["v00".to_owned()]);
        let names: Vec<_> = offered.values.iter().map(|(value, _)| value.as_str()).collect();
        assert_eq!((names.len(), offered.left), (OFFERED, 99 - OFFERED));
        assert!(names.is_sorted() && names[0] == "v00" && names.contains(&"v49") && names.contains(&"v99"));
        assert_eq!((offered.count("v49"), offered.count("v01")), (49, 0));
    }
}
