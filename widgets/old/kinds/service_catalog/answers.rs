//! An answer in words.

use crate::view::{
    html::{div, span},
    prelude::*,
};
use ops_model::{Answer, AnswerFact, Origin};

use crate::{
    parts::{dot, entity_link, scene_time, source_line},
    scope::Scene,
};

/// An answer: its facts with where they come from, and the gap that is left.
pub(in crate::kinds) fn answer_view(scene: &Scene, answer: &Answer) -> View {
    let facts: Vec<View> = answer.facts.iter().map(|fact| fact_view(scene, fact)).collect();
    let gap = answer.gap.map(|reason| {
        span().class("tag gap-tag").attr("data-gap", reason.as_str()).child(scene.texts.gap_reason(reason))
    });
    div().class("answer").child((facts, gap)).draw()
}

fn fact_view(scene: &Scene, fact: &AnswerFact) -> View {
    let mark = fact.standing.map(|standing| dot(standing, scene.texts));
    let link = fact.entity.as_ref().map(|id| entity_link(scene, id));
    let space = (fact.entity.is_some() && !fact.text.is_empty()).then_some(" ");
    let origin = match &fact.origin {
        Origin::Inventory(source) => source_line(scene, *source),
        Origin::Evidence(by) => span().class("quiet").child(scene_time(scene, by.event.time)).draw(),
    };
    div().class("answer-fact").child((mark, span().child((link, space, fact.text.clone(), " ", origin)))).draw()
}
