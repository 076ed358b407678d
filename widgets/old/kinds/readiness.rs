//! `readiness`: the gates in order, their evidence, the verdict, and what to do next.

use crate::view::{
    html::{div, li, ol, p, progress, span, strong},
    prelude::*,
};
use ops_model::{
    Outcome, RelationKind, Standing,
    event::plain,
    readiness::{GateState, Readiness, readiness},
    standing::worst,
};

use crate::{
    frame::Body,
    parts::{dot, entity_link, recent_events, source_line, time},
    scope::Scene,
    texts::fill,
};

/// Renders the gates of a service.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let readiness = readiness(scene.context(), id);
    let latest = readiness.gates.iter().filter_map(|gate| gate.state.by.as_ref()).map(|by| by.event.time).max();
    let standing = worst(readiness.gates.iter().map(|gate| gate.state.standing));
    let word = if readiness.is_ready() { texts.ready } else { texts.not_ready };
    let gates: Vec<View> = readiness.gates.iter().map(|gate| gate_view(scene, gate)).collect();

    let mut about = vec![id.clone()];
    about.extend(readiness.gates.iter().map(|gate| gate.gate.id.clone()));
    about.extend(scene.index().targets(id, RelationKind::StoredIn).map(|relation| relation.to));

    Body {
        standing: Some(standing),
        word: Some(word),
        latest,
        view: div()
            .child((
                p().class("subject").child(entity_link(scene, id)),
                progress_view(scene, &readiness),
                next_view(scene, &readiness),
                ol().class("gates").attr("aria-label", texts.gates).child(gates),
                recent_events(scene, &about),
            ))
            .draw(),
    }
}

fn progress_view(scene: &Scene, readiness: &Readiness) -> View {
    let passed = readiness.passed().to_string();
    let all = readiness.gates.len().to_string();
    let words = fill(scene.texts.gates_passed, &[&passed, &all]);
    div()
        .class("progress")
        .child((
            progress().max(all).value(passed).attr("aria-label", words.clone()),
            span().class("progress-words").child(words),
        ))
        .draw()
}

fn next_view(scene: &Scene, readiness: &Readiness) -> Option<View> {
    let texts = scene.texts;
    let gate = readiness.first_blocking()?;
    Some(
        p().class("next")
            .child((
                strong().child(fill(texts.next_action, &[&gate.gate.title])),
                " ",
                span().class("quiet").child(fill(texts.record, &[gate.closed_by])),
            ))
            .draw(),
    )
}

fn gate_view(scene: &Scene, gate: &GateState) -> View {
    let texts = scene.texts;
    let detail: View = match &gate.state.by {
        None => span().child(texts.no_evidence).draw(),
        Some(by) => {
            let assessor = by.event.metadata.get("assessor").map(plain).or_else(|| by.event.actor.clone());
            let reason = match &by.outcome {
                Outcome::Met => None,
                Outcome::NotMet { field, expected, observed } => {
                    Some(fill(texts.field_differs, &[field, expected, observed]))
                }
            };
            let word = if gate.state.standing == Standing::Proven {
                texts.passed
            } else {
                texts.standing(gate.state.standing)
            };
            let who = assessor.map(|who| [" · ", &fill(texts.assessor, &[&who])].concat());
            (word, " ", time(by.event.time, scene.now, texts), who, reason.map(|reason| [" · ", &reason].concat()))
                .draw()
        }
    };
    li().class(["gate is-", gate.state.standing.as_str()].concat())
        .attr("data-gate", gate.gate.id.name.clone())
        .child((
            dot(gate.state.standing, texts),
            div().class("gate-text").child((
                div().class("gate-name").child((
                    entity_link(scene, &gate.gate.id),
                    " ",
                    source_line(scene, gate.gate.source),
                )),
                div().class("quiet").child(detail),
            )),
        ))
        .draw()
}
