//! What narrows the catalog: a menu a facet, each value with the rows that it would leave.

use crate::view::{
    html::{div, span},
    prelude::*,
};
use std::sync::Arc;

use ops_model::{
    EntityKind, EntityRef, GapKind, Standing,
    view::{Age, Arranged, CatalogView, Facet},
};

use super::Chosen;
use crate::{
    parts::{action, check, glyph, menu},
    scope::Scene,
    texts::fill,
};

/// How many values of a facet are offered: those with most rows, and what is chosen.
const OFFERED: usize = 30;

/// The menus, and what is chosen as marks that take it back.
pub(super) fn facets(scene: &Scene, arranged: &Arc<Arranged>, view: &CatalogView, chosen: &Chosen) -> View {
    let texts = &scene.texts.catalog;
    let shown = Arc::new((scene.clone(), arranged.clone(), view.clone(), chosen.clone()));
    let menus: Vec<View> = Facet::ALL.iter().map(|facet| one(*facet, scene, view, shown.clone())).collect();
    let mut marks: Vec<View> = Vec::new();
    for facet in Facet::ALL {
        for value in view.chosen(*facet) {
            let words = value_words(scene, *facet, value);
            let (facet, value, chosen) = (*facet, value.clone(), chosen.clone());
            marks.push(action(
                "chip",
                (words.clone(), span().class("chip-x").attr("aria-hidden", "true").child("×")).draw(),
                Some(fill(texts.take_back, &[&words])),
                Box::new(move || chosen.change(&|view| view.toggle(facet, &value))),
            ));
        }
    }
    if view.is_narrowed() {
        let chosen = chosen.clone();
        let clear = move || {
            chosen.change(&|view| {
                view.chosen = Default::default();
                view.query.clear();
            });
        };
        marks.push(action("link-button", texts.clear.draw(), None, Box::new(clear)));
    }
    div()
        .class("facets")
        .child((
            div().class("facet-menus").attr("role", "group").attr("aria-label", texts.narrow).child(menus),
            div().class("chips").child(marks),
        ))
        .draw()
}

/// What is shown: the values of a menu follow from it.
type Shown = (Scene, Arc<Arranged>, CatalogView, Chosen);

fn one(facet: Facet, scene: &Scene, view: &CatalogView, shown: Arc<Shown>) -> View {
    let on = view.chosen(facet).len();
    let mark = (on > 0).then(|| span().class("count-mark on").child(on.to_string()));
    let open = scene.memory.text(facet.as_str());
    menu("facet", (scene.texts.catalog.facet(facet), mark).draw(), open, Box::new(move || values(facet, &shown)))
}

fn values(facet: Facet, (scene, arranged, view, chosen): &Shown) -> View {
    let all = arranged.counts.get(facet as usize).map_or(&[][..], Vec::as_slice);
    let mut offered: Vec<&(String, usize)> =
        all.iter().filter(|(value, count)| *count > 0 || view.is_chosen(facet, value)).collect::<Vec<_>>();
    let left = offered.len().saturating_sub(OFFERED);
    if left > 0 {
        offered.sort_by_key(|(value, count)| (!view.is_chosen(facet, value), std::cmp::Reverse(*count)));
        offered.truncate(OFFERED);
    }
    let boxes: Vec<View> = offered
        .into_iter()
        .map(|(value, count)| {
            let (chosen, value) = (chosen.clone(), value.clone());
            let is_on = view.is_chosen(facet, &value);
            let words = value_words(scene, facet, &value);
            check(words, Some(*count), is_on, Box::new(move || chosen.change(&|view| view.toggle(facet, &value))))
        })
        .collect::<Vec<_>>();
    let more = (left > 0)
        .then(|| span().class("quiet").child(fill(scene.texts.catalog.search_for_more, &[&left.to_string()])));
    (boxes, more).draw()
}

/// A value of a facet in words.
pub(super) fn value_words(scene: &Scene, facet: Facet, value: &str) -> String {
    let texts = scene.texts;
    let entity = |kind: EntityKind| scene.index().title(&EntityRef::new(kind, value));
    match facet {
        Facet::Environment | Facet::Owner if value.is_empty() => texts.catalog.none(facet).to_owned(),
        Facet::Environment => entity(EntityKind::Environment),
        Facet::Owner => entity(EntityKind::Repository),
        Facet::Standing => Standing::parse(value)
            .map_or_else(|| value.to_owned(), |standing| [glyph(standing), " ", texts.standing(standing)].concat()),
        Facet::Age => Age::parse(value).map_or(value, |age| texts.catalog.age(age)).to_owned(),
        Facet::Gap => GapKind::parse(value).map_or(value, |kind| texts.gap_kind(kind)).to_owned(),
    }
}
