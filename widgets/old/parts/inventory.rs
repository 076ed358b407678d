//! The inventory in its own words: what it says of an entity beyond its facts, and the document as a whole.

use crate::view::{
    html::{code, details, div, dl, li, p, pre, span, summary, ul},
    prelude::*,
};
use ops_model::{EntityRef, Fact, Statement};

use crate::{
    parts::{entity_link, row, source_line, subsection},
    scope::Scene,
};

/// Every fact of an entity but those with these keys, which the widget shows in its own way.
#[must_use]
pub fn other_facts(scene: &Scene, id: &EntityRef, shown: &[&str]) -> Option<View> {
    let entity = scene.index().entity(id)?;
    let rest: Vec<&Fact> = entity.facts.iter().filter(|fact| !shown.contains(&fact.key.as_str())).collect();
    let facts = (!rest.is_empty()).then(|| subsection(scene.texts.inventory.facts, facts_view(scene, rest)));
    let said: Vec<&Statement> = scene
        .index()
        .inventory()
        .context
        .iter()
        .filter(|statement| statement.about.as_ref() == Some(id))
        .collect::<Vec<_>>();
    let said = (!said.is_empty()).then(|| subsection(scene.texts.inventory.said, statements(scene, &said)));
    Some((facts, said).draw())
}

/// The document that the catalog was made from, section by section, folded.
#[must_use]
pub fn inventory(scene: &Scene) -> View {
    let texts = &scene.texts.inventory;
    let catalog = scene.index().inventory();
    let source = &catalog.source;
    let mut sections: Vec<&str> = catalog.context.iter().map(|statement| statement.section.as_str()).collect();
    sections.dedup();
    let prose: Vec<View> = sections
        .into_iter()
        .map(|section| {
            let said: Vec<&Statement> =
                catalog.context.iter().filter(|statement| statement.section == section).collect::<Vec<_>>();
            div().class("said").child((p().class("quiet").child(section.to_owned()), statements(scene, &said))).draw()
        })
        .collect::<Vec<_>>();
    let asked = catalog.questions.iter().map(|asked| line(scene, asked.text.clone().draw(), asked.source));
    let wanted =
        catalog.widgets.iter().map(|wanted| line(scene, code().child(wanted.name.clone()).draw(), wanted.source));
    let events = catalog.first_events.iter().map(|event| {
        let body = ops_model::json::pretty(&event.body);
        line(scene, pre().class("json").attr("tabindex", "0").child(body).draw(), event.source)
    });
    let list = |items: Vec<View>| ul().class("statements").child(items).draw();
    let name = [source.title.as_str(), ", ", &source.date].concat();
    details()
        .class("notes inventory")
        .child((
            summary().child(texts.whole),
            div().class("inventory-body").child((
                p().child((name, " ", span().class("quiet").child(source.file.clone()))),
                subsection(texts.placement, facts_view(scene, catalog.placement.iter().collect::<Vec<_>>())),
                subsection(texts.said, div().class("statements").child(prose).draw()),
                subsection(texts.questions, list(asked.collect::<Vec<_>>())),
                subsection(texts.widgets, list(wanted.collect::<Vec<_>>())),
                subsection(texts.first_events, list(events.collect::<Vec<_>>())),
            )),
        ))
        .draw()
}

fn facts_view(scene: &Scene, facts: Vec<&Fact>) -> View {
    let rows: Vec<View> = facts
        .into_iter()
        .map(|fact| {
            let named = fact.value.parse::<EntityRef>().ok().filter(|id| scene.index().has(id));
            let value = named.map_or_else(|| fact.value.clone().draw(), |id| entity_link(scene, &id));
            let value = (value, " ", source_line(scene, fact.source)).draw();
            row(scene.texts.inventory.fact(&fact.key), value)
        })
        .collect::<Vec<_>>();
    dl().class("facts").child(rows).draw()
}

fn statements(scene: &Scene, said: &[&Statement]) -> View {
    let items: Vec<View> = said
        .iter()
        .map(|statement| {
            let is_own = scene.instance.subject.is_some() && scene.instance.subject == statement.about;
            let about = statement.about.as_ref().filter(|_| !is_own).map(|id| (entity_link(scene, id), ": "));
            line(scene, (about, statement.text.clone()).draw(), statement.source)
        })
        .collect::<Vec<_>>();
    ul().class("statements").child(items).draw()
}

fn line(scene: &Scene, what: View, source: ops_model::Source) -> View {
    li().child((what, " ", source_line(scene, source))).draw()
}
