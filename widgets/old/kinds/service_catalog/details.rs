//! One row opened in place: every answer with its source, the gaps, the latest evidence.

use crate::view::{
    html::{div, dl},
    prelude::*,
};
use ops_model::{EntityRef, Observation, questions::answers};

use super::answer_view;
use crate::{
    parts::{gap_list, row, subsection, timeline},
    scope::Scene,
};

/// How many events are shown.
const EVENTS: usize = 5;

/// Everything about a service or data store.
pub(super) fn details(scene: &Scene, id: &EntityRef) -> View {
    let texts = scene.texts;
    let seven: Vec<View> = answers(scene.context(), id)
        .iter()
        .map(|answer| row(texts.question(answer.question), answer_view(scene, answer)))
        .collect::<Vec<_>>();
    let observations: Vec<&Observation> = scene.data.log.of(id).iter().map(AsRef::as_ref).collect();
    div()
        .class("row-details")
        .child((
            subsection(texts.questions, dl().class("facts answers").child(seven).draw()),
            gap_list(scene, std::slice::from_ref(id)),
            subsection(texts.evidence, timeline(scene, &observations, EVENTS)),
        ))
        .draw()
}
