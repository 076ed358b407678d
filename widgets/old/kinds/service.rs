//! `service`: the seven answers, its release, its neighbourhood, its evidence, its gaps.

use crate::view::{
    html::{div, dl, li, span, ul},
    prelude::*,
};
use ops_model::{Answer, RelationKind, entity::keys, health::health, questions::answers};

use crate::{
    frame::Body,
    kinds::service_catalog::answer_view,
    parts::{fact_list, feed, gap_list, neighbourhood, other_facts, row, subsection},
    scope::Scene,
    texts::fill,
};

/// Renders a service.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let whole = health(scene.context(), id);
    let seven = answers(scene.context(), id);
    let answered = seven.iter().filter(|answer| answer.gap.is_none()).count();

    let mut about = vec![id.clone()];
    about.extend(scene.index().targets(id, RelationKind::StoredIn).map(|relation| relation.to));
    about.extend(scene.index().targets(id, RelationKind::ExposedBy).map(|relation| relation.to));
    let release = [
        (keys::HELM_RELEASE, texts.helm_release),
        (keys::NAMESPACE, texts.namespace),
        (keys::APP_VERSION, texts.app_version),
        (keys::NODE_PORT, texts.node_port),
    ];
    // Evidence and place in words stand among the answers.
    let mut shown = vec![keys::EVIDENCE, keys::ENVIRONMENT_TEXT];
    shown.extend(release.iter().map(|(key, _)| *key));
    let events = about.clone();
    let released = scene.index().value(id, keys::HELM_RELEASE).is_some();
    let gaps: Vec<_> =
        about.into_iter().filter(|one| one == id || scene.index().gaps_of(one).next().is_some()).collect::<Vec<_>>();

    Body {
        standing: Some(whole.standing),
        word: None,
        latest: whole.latest().map(|observation| observation.event.time),
        view: div()
            .child((
                released.then(|| {
                    subsection(texts.release, div().class("tiles").child(fact_list(scene, id, &release)).draw())
                }),
                subsection(texts.questions, seven_answers(scene, &seven, answered)),
                subsection(texts.graph.neighbourhood, neighbourhood(scene, id)),
                subsection(texts.evidence, feed(scene, Some(events))),
                gap_list(scene, &gaps),
                other_facts(scene, id, &shown),
            ))
            .draw(),
    }
}

fn seven_answers(scene: &Scene, seven: &[Answer], answered: usize) -> View {
    let texts = scene.texts;
    let pips: Vec<View> = seven
        .iter()
        .map(|answer| {
            let class = if answer.gap.is_none() { "pip full" } else { "pip" };
            li().class(class).title(texts.question(answer.question)).child("").draw()
        })
        .collect::<Vec<_>>();
    let rows: Vec<View> =
        seven.iter().map(|answer| row(texts.question(answer.question), answer_view(scene, answer))).collect::<Vec<_>>();
    div()
        .child((
            div().class("pips-line").child((
                ul().class("pips").attr("aria-hidden", "true").child(pips),
                span().class("quiet").child(fill(texts.answers, &[&answered.to_string()])),
            )),
            dl().class("facts answers").child(rows),
        ))
        .draw()
}
