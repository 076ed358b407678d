//! A wave as a board: a column for each stage, a card for each thing that moves.

use leptos::{
    html::{div, h3, li, p, section, span, ul},
    prelude::*,
};
use ops_model::migration::{Move, Need, Stage, Wave};

use super::blockers::{about, shown_by};
use crate::{
    parts::{dot, entity_link, time},
    scope::Scene,
};

/// The board; a column without cards is narrow, and there all the same.
pub(super) fn board(scene: &Scene, wave: &Wave) -> AnyView {
    let mut lanes = Vec::new();
    for stage in Stage::ALL {
        let mut cards = Vec::new();
        for one in &wave.moves {
            if one.stage() == *stage {
                cards.push(card(scene, one));
            }
        }
        lanes.push(lane(scene, *stage, cards));
    }
    div().class("board").child(lanes).into_any()
}

fn lane(scene: &Scene, stage: Stage, cards: Vec<AnyView>) -> AnyView {
    let texts = &scene.texts.migration;
    let class = if cards.is_empty() { "lane is-empty is-" } else { "lane is-" };
    let count = span().class("lane-count").child(cards.len().to_string()).into_any();
    let inside = if cards.is_empty() {
        p().class("quiet").child(texts.lane_empty).into_any()
    } else {
        ul().class("lane-cards").child(cards).into_any()
    };
    let head = h3().child(vec![texts.stage(stage).into_any(), " ".into_any(), count]).into_any();
    section()
        .class([class, stage.as_str()].concat())
        .attr("data-stage", stage.as_str())
        .attr("aria-label", texts.stage(stage))
        .child(vec![head, inside])
        .into_any()
}

fn card(scene: &Scene, one: &Move) -> AnyView {
    let texts = scene.texts;
    let names = &texts.migration;
    let (class, word) = match &one.disposition {
        Some(word) => ("tag", names.disposition(word).to_owned()),
        None => ("tag gap-tag", texts.undecided.to_owned()),
    };
    let mut needs = Vec::new();
    for need in &one.needs {
        let name = match need.need {
            Need::Decision => continue,
            Need::Backup => texts.backup,
            Need::Restore => texts.restore,
            Need::Target => texts.target,
        };
        needs.push(span().class("need").child(vec![dot(need.standing, texts), name.into_any()]).into_any());
    }
    let head = vec![
        entity_link(scene, &one.entity),
        span().class("quiet").child(texts.entity_kind(one.entity.kind)).into_any(),
        span().class(class).child(word).into_any(),
    ];
    let mut views = vec![div().class("move-head").child(head).into_any(), div().class("needs").child(needs).into_any()];
    // What would meet the first need that is not met.
    let open = one.needs.iter().find(|need| !need.is_met()).filter(|_| !one.is_done());
    if let Some((open, clearing)) = open.and_then(|open| Some((open, open.clearing.first()?))) {
        let words = div().child(about(scene, names.todo(open.need), &clearing.subject)).into_any();
        let cure = p().class("quiet").child(shown_by(scene, clearing)).into_any();
        views.push(div().class("move-next").child(vec![words, cure]).into_any());
    }
    if let Some((by, step)) = one.by.as_ref().zip(one.step.as_deref()) {
        let mut words =
            vec![names.step(step).to_owned().into_any(), " · ".into_any(), time(by.event.time, scene.now, texts)];
        if !one.reason().is_empty() {
            words.push([" · ", one.reason()].concat().into_any());
        }
        views.push(p().class("quiet").child(words).into_any());
    }
    li().class("move").attr("data-move", one.entity.to_string()).child(views).into_any()
}
