//! Facts as a list of name and value, each with the line of the inventory that it stands in.

use crate::view::{
    html::{dd, div, dl, dt, span},
    prelude::*,
};
use ops_model::{EntityRef, Source};

use crate::{scope::Scene, texts::fill};

/// One name with its value.
#[must_use]
pub fn row(name: impl Draw, value: View) -> View {
    div().class("fact").child((dt().child(name), dd().child(value))).draw()
}

/// The inventory's line, as a quiet mark behind a fact.
#[must_use]
pub fn source_line(scene: &Scene, source: Source) -> View {
    let texts = scene.texts;
    let words = fill(texts.line, &[&source.line.to_string()]);
    span()
        .class("source")
        .title([&words, " · ", texts.recorded_help].concat())
        .attr("aria-label", words)
        .child(["L", &source.line.to_string()].concat())
        .draw()
}

/// The facts of an entity with these keys, in this order; an absent one is left out.
#[must_use]
pub fn fact_list(scene: &Scene, id: &EntityRef, names: &[(&'static str, &'static str)]) -> View {
    let Some(entity) = scene.index().entity(id) else { return ().draw() };
    let rows: Vec<View> = names
        .iter()
        .filter_map(|(key, name)| {
            let fact = entity.fact(key)?;
            Some(row(*name, (fact.value.clone(), " ", source_line(scene, fact.source)).draw()))
        })
        .collect::<Vec<_>>();
    dl().class("facts").child(rows).draw()
}
