//! `host`: its address, what runs on it, whether it is reached, and what stops with it.

use crate::view::{
    html::{div, dl, li, p, span, ul},
    prelude::*,
};
use ops_model::{EntityRef, RelationKind, entity::keys, health::own, impact::impact};

use crate::{
    frame::Body,
    parts::{
        copyable, entity_link, fact_list, gap_list, members, other_facts, own_checks, recent_events, row, strip,
        subsection,
    },
    scope::Scene,
    texts::fill,
};

/// Renders a host.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let health = own(scene.context(), id);
    let address = scene.index().value(id, keys::ADDRESS).map(|address| row(texts.address, copyable(address, texts)));
    let place =
        scene.index().environment_of(id).map(|environment| row(texts.environment, entity_link(scene, &environment)));
    let runs: Vec<EntityRef> = scene.index().origins(id, RelationKind::RunsOn).map(|relation| relation.from).collect();
    let checks = own_checks(scene, id);

    let mut about = vec![id.clone()];
    about.extend(impact(scene.index(), id).into_iter().map(|affected| affected.entity));

    Body {
        standing: Some(health.standing),
        word: None,
        latest: health.by.as_ref().map(|observation| observation.event.time),
        view: div()
            .child((
                dl().class("facts").child((address, place)),
                fact_list(scene, id, &[(keys::ROLE, texts.role)]),
                subsection(texts.reachability, strip(scene, &checks)),
                members(scene, texts.runs_here, &runs, |_, _| ().draw()),
                gap_list(scene, std::slice::from_ref(id)),
                subsection(texts.impact, impact_view(scene, id)),
                recent_events(scene, &about),
                other_facts(scene, id, &[keys::ADDRESS, keys::ROLE]),
            ))
            .draw(),
    }
}

fn impact_view(scene: &Scene, id: &EntityRef) -> View {
    let texts = scene.texts;
    let affected = impact(scene.index(), id);
    if affected.is_empty() {
        return p().class("quiet").child(texts.impact_none).draw();
    }
    let items: Vec<View> = affected
        .iter()
        .map(|one| {
            let steps = match one.steps {
                1 => texts.one_step.to_owned(),
                steps => fill(texts.steps, &[&steps.to_string()]),
            };
            li().class(["step-", &one.steps.min(4).to_string()].concat())
                .child((entity_link(scene, &one.entity), " ", span().class("quiet").child(steps)))
                .draw()
        })
        .collect::<Vec<_>>();
    ul().class("impact").child(items).draw()
}
