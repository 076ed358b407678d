//! `environment`: what is in it, how far that is proven, what is missing.

use crate::view::{html::div, prelude::*};
use ops_model::{
    EntityKind, EntityRef, Standing,
    entity::keys,
    health::{health, own},
    lower::lower,
};

use crate::{
    frame::Body,
    parts::{copyable, coverage_bar, fact_list, gap_list, members, other_facts, recent_events, subsection},
    scope::Scene,
};

/// Renders an environment.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let inside = |kind| -> Vec<EntityRef> { scene.index().in_environment(id, kind) };
    let hosts = inside(EntityKind::Host);
    let clusters = inside(EntityKind::Cluster);
    let services = inside(EntityKind::Service);
    let stores = inside(EntityKind::DataStore);
    let endpoints = inside(EntityKind::Endpoint);

    let mut about = vec![id.clone()];
    about.extend([&hosts, &clusters, &services, &stores, &endpoints].into_iter().flatten().cloned());
    let claims = [&hosts, &services, &stores, &endpoints];
    let standings: Vec<Standing> =
        claims.into_iter().flatten().map(|one| health(scene.context(), one).standing).collect::<Vec<_>>();
    let whole = health(scene.context(), id);
    let planned = is_planned(scene, id);
    let with_gaps: Vec<EntityRef> = [&hosts, &services, &stores].into_iter().flatten().cloned().collect();
    let bar = (!standings.is_empty()).then(|| subsection(texts.coverage, coverage_bar(&standings, texts)));

    Body {
        standing: Some(whole.standing),
        word: planned.then_some(texts.planned),
        latest: whole.latest().map(|observation| observation.event.time),
        view: div()
            .child((
                fact_list(
                    scene,
                    id,
                    &[(keys::ROLE, texts.role), (keys::STATE, texts.state), (keys::NOTES, texts.notes)],
                ),
                bar,
                members(scene, texts.hosts, &hosts, host_detail),
                members(scene, texts.clusters, &clusters, |scene, id| value(scene, id, keys::ROLE)),
                members(scene, texts.services, &services, release_detail),
                members(scene, texts.data_stores, &stores, |_, _| ().draw()),
                members(scene, texts.endpoints, &endpoints, |scene, id| value(scene, id, keys::STATE)),
                gap_list(scene, &with_gaps),
                recent_events(scene, &about),
                other_facts(scene, id, &[keys::ROLE, keys::STATE, keys::NOTES]),
            ))
            .draw(),
    }
}

/// Planned and without evidence: it is not there yet, which is not a fault.
fn is_planned(scene: &Scene, id: &EntityRef) -> bool {
    let said = lower(scene.index().value(id, keys::STATE).unwrap_or_default());
    said.starts_with("planned") && own(scene.context(), id).standing == Standing::Unproven
}

fn host_detail(scene: &Scene, id: &EntityRef) -> View {
    scene.index().value(id, keys::ADDRESS).map_or_else(|| ().draw(), |address| copyable(address, scene.texts))
}

fn release_detail(scene: &Scene, id: &EntityRef) -> View {
    value(scene, id, keys::APP_VERSION)
}

fn value(scene: &Scene, id: &EntityRef, key: &str) -> View {
    scene.index().value(id, key).unwrap_or_default().to_owned().draw()
}
