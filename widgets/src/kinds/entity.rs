//! `entity`: anything of the catalog, with its facts, relations, gaps and evidence.

use leptos::{
    html::{div, dl, li, span, ul},
    prelude::*,
};
use ops_model::{Observation, health::health};

use crate::{
    frame::Body,
    parts::{entity_link, gap_list, source_line, subsection, timeline},
    scope::Scene,
};

/// Renders any entity.
pub(super) fn body(scene: &Scene) -> Body {
    let Some((id, entity)) = scene.instance.subject.as_ref().and_then(|id| Some((id, scene.index().entity(id)?)))
    else {
        return Body::empty();
    };
    let texts = scene.texts;
    let whole = health(scene.context(), id);
    let facts: Vec<AnyView> = entity
        .facts
        .iter()
        .map(|fact| {
            div()
                .class("fact")
                .child((
                    leptos::html::dt().child(fact.key.replace('-', " ")),
                    leptos::html::dd().child((fact.value.clone(), " ", source_line(scene, fact.source))),
                ))
                .into_any()
        })
        .collect();
    let onward = scene.index().relations_from(id).map(|relation| {
        let words = texts.relation(relation.kind);
        li().child((span().class("quiet").child([words, " "].concat()), entity_link(scene, &relation.to))).into_any()
    });
    let inward = scene.index().relations_to(id).map(|relation| {
        let words = texts.relation(relation.kind);
        li().child((entity_link(scene, &relation.from), span().class("quiet").child([" ", words].concat()))).into_any()
    });
    let relations: Vec<AnyView> = onward.chain(inward).collect();
    let observations: Vec<&Observation> = scene.data.log.of(id).iter().collect();

    Body {
        standing: Some(whole.standing),
        word: None,
        latest: whole.latest().map(|observation| observation.event.time),
        view: div()
            .child((
                span().class("tag").child(texts.entity_kind(id.kind)),
                dl().class("facts").child(facts),
                (!relations.is_empty())
                    .then(|| subsection(texts.relations, ul().class("relations").child(relations).into_any())),
                gap_list(scene, std::slice::from_ref(id)),
                subsection(texts.evidence, timeline(scene, &observations, 20)),
            ))
            .into_any(),
    }
}
