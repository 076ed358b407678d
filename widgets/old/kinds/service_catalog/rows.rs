//! Rows of the grid: an entity, the start of a group, an opened row's details.

use crate::view::{
    ev,
    html::{button, div, span, td, th, tr},
    prelude::*,
};
use ops_model::{
    EntityRef, Standing,
    questions::answer,
    view::{CatalogView, Facet, Grouping},
};

use super::{cells::cell, details::details, facets::value_words, grid::Look};
use crate::{
    parts::{dot, entity_link, glyph},
    texts::fill,
};

/// A row: what it is about, and a cell a question. `at` is its `aria-rowindex`.
pub(super) fn entity_row(look: &Look, id: &EntityRef, standing: Standing, at: usize, is_open: bool) -> Element {
    let scene = &look.inside;
    let texts = scene.texts;
    let cells: Vec<View> = look
        .questions
        .iter()
        .enumerate()
        .map(|(nth, question)| cell(scene, &answer(scene.context(), *question, id), nth + 2, look.is_dense))
        .collect::<Vec<_>>();
    let (open, mark) = (scene.memory.text("open"), id.to_string());
    let own = mark.clone();
    let press = move || open.update(|open| *open = if *open == own { String::new() } else { own.clone() });
    let title = scene.index().title(id);
    let name = fill(if is_open { texts.catalog.close_row } else { texts.catalog.open_row }, &[&title]);
    // The state is the button's: a row of a grid, unlike one of a tree grid, cannot be expanded.
    let toggle = button()
        .r#type("button")
        .class(if is_open { "icon-button row-toggle on" } else { "icon-button row-toggle" })
        .attr("aria-label", name)
        .attr("aria-expanded", if is_open { "true" } else { "false" })
        .on(ev::click, move |_| press())
        .child(span().attr("aria-hidden", "true").child("▸"));
    tr().class(if is_open { "row is-open" } else { "row" })
        .attr("role", "row")
        .attr("aria-rowindex", at.to_string())
        .attr("data-row", mark)
        .child((
            th().attr("role", "rowheader")
                .attr("data-cell", "")
                .attr("tabindex", "-1")
                .attr("aria-colindex", "1")
                .child(
                    div().class("row-name").child((
                        toggle,
                        dot(standing, texts),
                        span()
                            .class("row-title")
                            .child((entity_link(scene, id), span().class("quiet").child(texts.entity_kind(id.kind)))),
                    )),
                ),
            cells,
        ))
}

/// An opened row's details, in a row of their own behind it.
pub(super) fn details_row(look: &Look, id: &EntityRef) -> Element {
    tr().class("details-row")
        .attr("role", "row")
        .child(td().attr("role", "gridcell").colspan(look.columns().to_string()).child(details(&look.scene, id)))
}

/// The start of a group: its value in words, and how many rows it has.
pub(super) fn group_row(look: &Look, view: &CatalogView, value: &str, count: usize, at: usize) -> Element {
    let scene = &look.scene;
    let words = match view.group {
        Grouping::Environment => value_words(scene, Facet::Environment, value),
        Grouping::Owner => value_words(scene, Facet::Owner, value),
        Grouping::Standing => Standing::parse(value).map_or_else(
            || value.to_owned(),
            |standing| [glyph(standing), " ", scene.texts.standing(standing)].concat(),
        ),
        Grouping::Kind => {
            ops_model::EntityKind::parse(value).map_or(value, |kind| scene.texts.entity_kind(kind)).to_owned()
        }
        Grouping::None => value.to_owned(),
    };
    tr().class("group-row").attr("role", "row").attr("aria-rowindex", at.to_string()).child(
        th().attr("role", "rowheader")
            .attr("data-cell", "")
            .attr("tabindex", "-1")
            .attr("aria-colindex", "1")
            .colspan(look.columns().to_string())
            .child((words, " ", span().class("count-mark").child(count.to_string()))),
    )
}
