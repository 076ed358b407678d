//! `entity`: anything of the catalog, with its facts, relations, gaps and evidence.

use crate::view::{
    html::{div, li, span, ul},
    prelude::*,
};
use ops_model::health::health;

use crate::{
    frame::Body,
    parts::{entity_link, feed, gap_list, other_facts, subsection},
    scope::Scene,
};

/// Renders any entity.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let whole = health(scene.context(), id);
    let onward = scene.index().relations_from(id).map(|relation| {
        let words = texts.relation(relation.kind);
        li().child((span().class("quiet").child([words, " "].concat()), entity_link(scene, &relation.to))).draw()
    });
    let inward = scene.index().relations_to(id).map(|relation| {
        let words = texts.relation(relation.kind);
        li().child((entity_link(scene, &relation.from), span().class("quiet").child([" ", words].concat()))).draw()
    });
    let relations: Vec<View> = onward.chain(inward).collect();

    Body {
        standing: Some(whole.standing),
        word: None,
        latest: whole.latest().map(|observation| observation.event.time),
        view: div()
            .child((
                span().class("tag").child(texts.entity_kind(id.kind)),
                other_facts(scene, id, &[]),
                (!relations.is_empty())
                    .then(|| subsection(texts.relations, ul().class("relations").child(relations).draw())),
                gap_list(scene, std::slice::from_ref(id)),
                subsection(texts.evidence, feed(scene, Some(vec![id.clone()]))),
            ))
            .draw(),
    }
}
